"""Trains the page type model: `python -m commons_graph.extract.training.page_type EXPORT GOLD_FOLDER [OUT]`.

What belongs here: the order of the steps, and the figures that are printed. What does not: features, fits, reading.
The same input gives the same file. Dev pages are only measured.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from commons_graph.extract.page_features import hash_group, page_features
from commons_graph.extract.page_source import canonical_title, read_page
from commons_graph.extract.page_type import MODEL, PageTypes, title_hash
from commons_graph.extract.training import page_corpus, page_links, page_words, softmax
from commons_graph.extract.training.page_corpus import ReadPage
from commons_graph.extract.training.page_matrix import counts, matrix

FOLDS = 5
DECAY = 0.03
LINK_WEIGHT = 1.0
LABELS = Path(__file__).parent / "labels" / "pages.jsonl"


@dataclass(frozen=True, slots=True)
class Corpus:
    """All pages of the export as features: own words by group, and what links to them say."""

    index: dict[str, int]
    words: dict[str, int]
    own: list[list[list[int]]]
    linked: dict[str, set[int]]


def prepare(pages: Sequence[tuple[str, str]]) -> Corpus:
    """Read every page of the corpus once."""
    sources = [read_page(title, text) for title, text in pages]
    words = page_words.word_table(sources)
    own = [
        [hash_group(i, group) for i, group in enumerate(page_features(source, lambda word: words.get(word, 0)))]
        for source in sources
    ]
    index = {source.title: number for number, source in reversed(list(enumerate(sources)))}
    return Corpus(index, words, own, page_links.link_features(pages))


def train(export: Path, gold: Path, out: Path = MODEL) -> None:
    """Train, print cross-validated and dev accuracy, and write the model."""
    pages = list(page_corpus.export_pages(export))
    corpus = prepare(pages)
    read = page_corpus.read_pages(gold / "pages-train.jsonl")
    extra = page_corpus.read_pages(LABELS) if LABELS.exists() else []
    known = {page.title for page in [*read, *page_corpus.read_pages(gold / "pages-dev.jsonl")]}
    model = fit(corpus, read, [page for page in extra if page.title not in known])
    out.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(out, **model)
    print(f"{out.name}: {out.stat().st_size} bytes")
    measure(PageTypes.load(out), dict(pages), page_corpus.read_pages(gold / "pages-dev.jsonl"))


def fit(corpus: Corpus, read: list[ReadPage], extra: list[ReadPage]) -> dict[str, Any]:
    """Fit the model on read pages (cross-validated on the first list) and give its arrays."""
    pages = [page for page in [*read, *extra] if page.title in corpus.index]
    rows = [corpus.own[corpus.index[page.title]] for page in pages]
    features, group = _vocabulary(corpus, rows)
    own = matrix([_flat(row) for row in rows], features, group)
    said = [sorted(corpus.linked.get(page.title.lower(), ())) for page in pages]
    around = _frequent(list(corpus.linked.values()), said)
    links = matrix(said, around, np.zeros(len(around), np.uint8)) * LINK_WEIGHT
    products = (own @ own.T + links @ links.T).toarray() / 10
    targets = page_corpus.targets(pages)
    heat = _cross_validate(products, targets, pages, len(read))
    coefficients, bias = softmax.fit(products, targets, np.ones(len(pages)), DECAY)
    everyone = {title: sorted(found) for title, found in corpus.linked.items()}
    linked = matrix(list(everyone.values()), around, np.zeros(len(around), np.uint8)) * LINK_WEIGHT
    return {
        **_words(corpus.words),
        **_titles(list(everyone), linked @ (links.T @ coefficients) / 10),
        **_scaled("weight", own.T @ coefficients / 10),
        "feature": features,
        "group": group,
        "bias": bias.astype(np.float32),
        "temperature": np.float32(heat),
    }


def measure(model: PageTypes, texts: dict[str, str], read: list[ReadPage]) -> None:
    """Print the accuracy of a model on read pages."""
    by_title = {canonical_title(title): text for title, text in texts.items()}
    right = [model.classify_wikitext(page.title, by_title[page.title])[0] in page.classes for page in read]
    print(f"dev accuracy {np.mean(right):.4f} of {len(right)}")


def _cross_validate(products: Any, targets: Any, pages: list[ReadPage], measured: int) -> float:
    fold = np.array([zlib.crc32(page.title.encode()) % FOLDS for page in pages])
    scores = np.zeros_like(targets)
    for number in range(FOLDS):
        inside, outside = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        part = products[np.ix_(inside, inside)]
        coefficients, bias = softmax.fit(part, targets[inside], np.ones(len(inside)), DECAY)
        scores[outside] = products[np.ix_(outside, inside)] @ coefficients + bias
    right = page_corpus.is_right(scores[:measured].argmax(1), pages[:measured])
    print(f"cross-validated accuracy {right.mean():.4f} of {measured}")
    return softmax.temperature(scores[:measured], targets[:measured])


def _vocabulary(corpus: Corpus, rows: list[list[list[int]]]) -> tuple[Any, Any]:
    parts = [_frequent([page[number] for page in corpus.own], [row[number] for row in rows]) for number in range(9)]
    features = np.concatenate(parts)
    group = np.repeat(np.arange(len(parts), dtype=np.uint8), [len(part) for part in parts])
    first = np.unique(features, return_index=True)[1]
    return features[first], group[first]


def _frequent(everywhere: Sequence[Any], read: Sequence[Any]) -> Any:
    """Give the features that are in two read pages, in five of all, and not in nearly all."""
    every, number = counts([list(row) for row in everywhere])
    near, times = counts(read)
    kept = every[(number >= 5) & (number < 0.97 * len(everywhere))]
    return np.intersect1d(kept, near[times >= 2])


def _flat(row: list[list[int]]) -> list[int]:
    return [hash_ for group in row for hash_ in group]


def _words(words: dict[str, int]) -> dict[str, Any]:
    table = {zlib.crc32(word.encode("utf-8", "replace")): value for word, value in sorted(words.items())}
    keys = sorted(table)
    return {"word": np.array(keys, np.uint32), "word_value": np.array([table[key] for key in keys], np.uint8)}


def _titles(titles: list[str], scores: Any) -> dict[str, Any]:
    hashes = np.array([title_hash(title) for title in titles], np.uint32)
    order = np.unique(hashes, return_index=True)[1]
    return {"title": hashes[order], **_scaled("linked", np.asarray(scores)[order])}


def _scaled(name: str, values: Any) -> dict[str, Any]:
    array = np.asarray(values)
    scale = np.abs(array).max(0) / 127
    return {name: np.rint(array / scale).astype(np.int8), f"{name}_scale": scale.astype(np.float32)}


if __name__ == "__main__":
    train(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]) if len(sys.argv) > 3 else MODEL)
