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

from commons_graph.extract.page_features import page_features
from commons_graph.extract.page_source import canonical_title, read_page
from commons_graph.extract.page_type import MODEL, PAGE_CLASSES, PageTypes, title_hash
from commons_graph.extract.training import page_corpus, page_links, page_words, softmax
from commons_graph.extract.training.page_corpus import ReadPage
from commons_graph.extract.training.page_evidence import link_evidence, own_evidence

FOLDS = 5
DECAY = 0.02
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
    own = [page_features(source, lambda word: words.get(word, 0)) for source in sources]
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
    rows = np.array([corpus.index[page.title] for page in pages])
    own = own_evidence(corpus.own, rows)
    linked = link_evidence(corpus.linked, [page.title.lower() for page in pages])
    products = own.products() + linked.products()
    targets = page_corpus.targets(pages)
    heat = _cross_validate(products, targets, pages, len(read))
    coefficients, bias = softmax.fit(products, targets, np.ones(len(pages)), DECAY)
    return {
        **_words(corpus.words),
        **_titles(list(corpus.linked), linked.everyone @ linked.weights(coefficients)),
        **_scaled("weight", own.weights(coefficients)),
        "feature": own.features,
        "group": own.group,
        "bias": bias.astype(np.float32),
        "temperature": np.float32(heat),
    }


def measure(model: PageTypes, texts: dict[str, str], read: list[ReadPage]) -> None:
    """Print the accuracy of a model on read pages, and how often it is right when it says that it is certain."""
    by_title = {canonical_title(title): text for title, text in texts.items()}
    said = [model.classify_wikitext(page.title, by_title[page.title]) for page in read]
    right = np.array([cls in page.classes for (cls, _), page in zip(said, read, strict=True)])
    certain = np.array([share for _, share in said])
    print(f"dev accuracy {right.mean():.4f} of {len(right)}")
    for low, high in ((0.0, 0.6), (0.6, 0.8), (0.8, 0.9), (0.9, 1.01)):
        inside = (certain >= low) & (certain < high)
        print(f"  certain {low} to {min(high, 1.0)}: {inside.sum()} pages, said {certain[inside].mean():.2f}, ", end="")
        print(f"right {right[inside].mean():.2f}")


def _cross_validate(products: Any, targets: Any, pages: list[ReadPage], measured: int) -> float:
    fold = np.array([zlib.crc32(page.title.encode()) % FOLDS for page in pages])
    scores = np.zeros_like(targets)
    for number in range(FOLDS):
        inside, outside = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        part = products[np.ix_(inside, inside)]
        coefficients, bias = softmax.fit(part, targets[inside], np.ones(len(inside)), DECAY)
        scores[outside] = products[np.ix_(outside, inside)] @ coefficients + bias
    right = _report(scores[:measured], pages[:measured])
    return softmax.temperature(scores[:measured], right)


def _report(scores: softmax.Matrix, pages: list[ReadPage]) -> Any:
    best = scores.argmax(1)
    right = page_corpus.is_right(best, pages)
    print(f"cross-validated accuracy {right.mean():.4f} of {len(pages)}")
    gold = np.array([PAGE_CLASSES.index(page.classes[0]) for page in pages])
    for number, name in enumerate(PAGE_CLASSES):
        said = right[best == number].mean() if (best == number).any() else 0.0
        print(f"  {name}: right {right[gold == number].mean():.2f} of {(gold == number).sum()}, precision {said:.2f}")
    return right


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
