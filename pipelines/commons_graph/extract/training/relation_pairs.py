"""Pairs of names of the training documents, with their features and the predicates that hold.

What does not belong here: fitting (`relations`), and what scores are worth (`relation_scores`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from commons_graph.extract.dates import find_dates, words_of
from commons_graph.extract.relation.cues import Cues
from commons_graph.extract.relation.features import batch
from commons_graph.extract.relation.find import allowed, ordered_pairs
from commons_graph.extract.relation.layout import Item, lay_out
from commons_graph.extract.relation.mentions import Mentions
from commons_graph.extract.relation.signatures import Signatures
from commons_graph.extract.tokens import tokens_of
from commons_graph.extract.training.gold import GoldDocument
from commons_graph.extract.word_kinds import WordKinds


@dataclass(slots=True)
class Pairs:
    """All pairs of the training documents: features, document number, allowed predicates, and gold predicates."""

    features: list[NDArray[np.uint32]] = field(default_factory=list)
    document: list[int] = field(default_factory=list)
    allowed: list[tuple[str, ...]] = field(default_factory=list)
    gold: list[frozenset[str]] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    written: list[bool] = field(default_factory=list)
    """Whether a pair's document is one that we wrote: those train, and measure nothing."""


def collect(documents: Sequence[GoldDocument], signatures: Signatures, ontology: Path) -> Pairs:
    """Give the pairs of the documents with their gold predicates; a document without entities has none."""
    pairs = Pairs()
    cues, kinds = Cues.load(ontology), WordKinds.load()
    for number, gold in enumerate(documents):
        if not gold.entities:
            continue
        subject = _subject(gold)
        dates = find_dates(gold.document.text, gold.document.date, words_of(ontology))
        layout = lay_out(gold.document, tokens_of(gold.document), subject, gold.entities, dates, cues, kinds)
        wanted = {(_folded(s), _folded(o)): set() for s, _, o in gold.relations}  # type: dict[tuple[str, str], set[str]]
        for s, predicate, o in gold.relations:
            wanted[_folded(s), _folded(o)].add(predicate)
        mentions = Mentions.of([layout])
        met = ordered_pairs(mentions, signatures)
        pairs.features.extend(batch(mentions, met).each())
        for one, other in zip(met.one.tolist(), met.other.tolist(), strict=True):
            left, right = layout.items[one], layout.items[other]
            may = allowed(left, right, signatures)
            found = wanted.get((_folded(_name(left)), _folded(_name(right))), set())
            back = wanted.get((_folded(_name(right)), _folded(_name(left))), set()) & signatures.symmetric
            pairs.document.append(number)
            pairs.weights.append(gold.weight)
            pairs.written.append(gold.written)
            pairs.allowed.append(may)
            pairs.gold.append(frozenset((found | back) & set(may)))
    return pairs


def missed(documents: Sequence[GoldDocument], pairs: Pairs) -> Counter[str]:
    """Count the relations of read documents that no pair holds: names not found, too far apart, a date not read."""
    told = zip(pairs.gold, pairs.written, strict=True)
    held = Counter(predicate for each, written in told if not written for predicate in each)
    gold = Counter(predicate for each in documents if not each.written for _, predicate, _ in set(each.relations))
    return gold - held


def _subject(gold: GoldDocument):  # type: ignore[no-untyped-def]
    own = [entity for entity in gold.entities if entity.key == gold.document.key]
    return own[0] if own else gold.entities[0]


def _name(item: Item) -> str:
    return item.entity.label if item.entity else item.key


def _folded(name: str) -> str:
    return name.casefold().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
