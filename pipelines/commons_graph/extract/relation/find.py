"""Finds the relations of a document: the pairs that meet, scored, filtered by what classes a predicate may join."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from commons_graph.extract.linear import LinearModel
from commons_graph.extract.records import Relation
from commons_graph.extract.relation.adjacent import find_adjacent
from commons_graph.extract.relation.candidates import SUBJECT, Pairs, Ways, candidates
from commons_graph.extract.relation.features import batch
from commons_graph.extract.relation.hosts import find_hosts
from commons_graph.extract.relation.layout import Item, Layout
from commons_graph.extract.relation.mentions import Mentions
from commons_graph.extract.relation.signatures import Signatures
from commons_graph.extract.relation.stated import find_stated

if TYPE_CHECKING:
    from commons_graph.extract.knowledge import Knowledge

EXTRACTOR = "relations"
ONE = frozenset({"homepage", "foundedOn"})
"""Predicates of which a subject has one object in a document: the most probable."""
AT_ONCE = 50_000
"""Pairs whose features are held at once: each takes some kilobytes, and a long list of names has a million pairs."""


def find_relations(layouts: Sequence[Layout], knowledge: Knowledge) -> Iterator[tuple[Relation, ...]]:
    """Give the relations that each document states, each with its evidence, ordered by evidence."""
    signatures = knowledge.signatures
    for layout, scored in zip(layouts, _scored(layouts, knowledge.relations, signatures), strict=True):
        stated = find_stated(layout, knowledge.patterns, signatures, knowledge.certainty)
        beside = find_adjacent(layout, knowledge.adjacent, signatures, knowledge.certainty)
        hosted = find_hosts(layout, signatures, knowledge.certainty)
        yield surest((*scored, *stated, *beside, *hosted), signatures)


def surest(relations: Iterable[Relation], signatures: Signatures) -> tuple[Relation, ...]:
    """Give the relations ordered by evidence; of several that are one, the surest, and of those the first."""
    found: dict[tuple[str, ...], Relation] = {}
    for relation in relations:
        key = identity(relation, signatures)
        if key not in found or relation.confidence > found[key].confidence:
            found[key] = relation
    return tuple(sorted(found.values(), key=lambda each: (each.start, each.end, each.predicate, each.object)))


def ordered_pairs(mentions: Mentions, signatures: Signatures) -> Pairs:
    """Give each pair that meets in each order that a signature allows, the subject as the first of the two."""
    met = candidates(mentions)
    learned, directed = mentions.table(signatures.learned), mentions.table(signatures.directed)
    one, other = mentions.cls[met.one], mentions.cls[met.other]
    named = np.array([item.entity is not None for item in mentions.items], dtype=np.bool_)
    forward, backward = named[met.one] & learned[one, other], named[met.other] & directed[other, one]
    rows, turned = np.nonzero(np.stack((forward, backward), axis=1))
    return met.take(rows).turned(turned == 1)


def allowed(subject: Item, object: Item, signatures: Signatures) -> tuple[str, ...]:
    """Give the predicates that may join an ordered pair of a document; a symmetric one is looked at in one order."""
    told = signatures.learned if subject.number < object.number else signatures.directed
    return told[subject.cls, object.cls]


def _scored(layouts: Sequence[Layout], model: LinearModel, signatures: Signatures) -> list[list[Relation]]:
    """Give the relations of each document that the model sees, scored for all together, which costs less."""
    mentions = Mentions.of(layouts)
    pairs = ordered_pairs(mentions, signatures)
    found: list[list[Relation]] = [[] for _ in layouts]
    for begin in range(0, len(pairs.one), AT_ONCE):
        piece = pairs.take(slice(begin, begin + AT_ONCE))
        for owner, relation in _told(mentions, piece, model, signatures):
            found[owner].append(relation)
    return found


def _told(
    mentions: Mentions, pairs: Pairs, model: LinearModel, signatures: Signatures
) -> Iterator[tuple[int, Relation]]:
    """Give the relations of pairs that the model sees, each with the number of its document."""
    shares = model.each(batch(mentions, pairs))
    columns = {name: column for column, name in enumerate(model.labels)}
    likely = shares >= model.thresholds
    for row in np.flatnonzero(likely.any(axis=1)).tolist():
        subject, object = mentions.items[pairs.one[row]], mentions.items[pairs.other[row]]
        owner = int(mentions.owner[pairs.one[row]])
        span = _evidence(mentions, pairs.ways, int(pairs.first[row]), object)
        for name in allowed(subject, object, signatures):
            column = columns[name]
            if likely[row, column]:
                sure = float(shares[row, column])
                yield owner, _relation(mentions.layouts[owner], subject, name, object, span, sure)


def _evidence(mentions: Mentions, ways: Ways, way: int, object: Item) -> tuple[int, int]:
    """Give the text from one mention to the other; where those are far apart and not readable, the object's own."""
    if ways.how[way] == SUBJECT:
        return object.places[0].start, object.places[0].end
    left, right = ways.left[way], ways.right[way]
    return int(mentions.start[left]), int(max(mentions.end[left], mentions.end[right]))


def _relation(
    layout: Layout, subject: Item, predicate: str, object: Item, span: tuple[int, int], confidence: float
) -> Relation:
    dated = object.date
    return Relation(
        subject=subject.key,
        predicate=predicate,
        object=object.key,
        start=span[0],
        end=span[1],
        confidence=round(confidence * (dated.confidence if dated else 1.0), 3),
        extractor=EXTRACTOR,
        verbatim=layout.document.cut(dated.start, dated.end) if dated else "",
        anchor=dated.anchor if dated else "",
    )


def identity(relation: Relation, signatures: Signatures) -> tuple[str, ...]:
    """Give what makes a relation the same as another of its document, whoever found it."""
    if relation.predicate in ONE:
        return relation.subject, relation.predicate
    if relation.predicate in signatures.symmetric:
        return (*sorted((relation.subject, relation.object)), relation.predicate)
    return relation.subject, relation.object, relation.predicate
