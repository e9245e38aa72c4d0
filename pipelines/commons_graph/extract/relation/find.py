"""Finds the relations of a document: the pairs that meet, scored, filtered by what classes a predicate may join."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from commons_graph.extract.linear import Floats, LinearModel
from commons_graph.extract.records import Relation
from commons_graph.extract.relation.adjacent import find_adjacent
from commons_graph.extract.relation.candidates import Instance, candidates
from commons_graph.extract.relation.features import Met, batch
from commons_graph.extract.relation.hosts import find_hosts
from commons_graph.extract.relation.layout import Item, Layout
from commons_graph.extract.relation.signatures import Signatures
from commons_graph.extract.relation.stated import find_stated

if TYPE_CHECKING:
    from commons_graph.extract.knowledge import Knowledge

EXTRACTOR = "relations"
ONE = frozenset({"homepage", "foundedOn"})
"""Predicates of which a subject has one object in a document: the most probable."""
AT_ONCE = 50_000
"""Pairs whose features are held at once: each takes some kilobytes, and a long list of names has a million pairs."""
Ordered = tuple[Item, Item, list[Instance], tuple[str, ...]]
Piece = tuple[Sequence[Layout], Sequence[Sequence[Met]]]


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


def ordered_pairs(layout: Layout, signatures: Signatures) -> Iterator[Ordered]:
    """Give each pair that meets, in each order that a signature allows, with the predicates that it allows."""
    items, learned, directed = layout.items, signatures.learned, signatures.directed
    for (left, right), instances in candidates(layout).items():
        one, other = items[left], items[right]
        if one.entity and (allowed := learned.get((one.cls, other.cls))):
            yield one, other, instances, allowed
        if other.entity and (allowed := directed.get((other.cls, one.cls))):  # a symmetric relation is looked at once
            yield other, one, instances, allowed


def _scored(layouts: Sequence[Layout], model: LinearModel, signatures: Signatures) -> Iterator[Iterator[Relation]]:
    """Give the relations that the model sees, scored for all documents together, which costs less."""
    pairs = [list(ordered_pairs(layout, signatures)) for layout in layouts]
    pieces = _pieces(layouts, [[pair[:3] for pair in each] for each in pairs])
    shares = np.concatenate([model.each(batch(*piece)) for piece in pieces])
    begin = 0
    for layout, each in zip(layouts, pairs, strict=True):
        yield _told(layout, each, shares[begin : begin + len(each)], model)
        begin += len(each)


def _pieces(layouts: Sequence[Layout], pairs: Sequence[Sequence[Met]]) -> Iterator[Piece]:
    """Give layouts with their pairs, all at once unless there are very many: then a piece of one layout each time."""
    if sum(map(len, pairs)) <= AT_ONCE:
        yield layouts, pairs
        return
    for layout, own in zip(layouts, pairs, strict=True):
        for begin in range(0, len(own), AT_ONCE):
            yield [layout], [own[begin : begin + AT_ONCE]]


def _told(layout: Layout, pairs: Sequence[Ordered], shares: Floats, model: LinearModel) -> Iterator[Relation]:
    columns = {name: column for column, name in enumerate(model.labels)}
    likely = shares >= model.thresholds
    for row in np.flatnonzero(likely.any(axis=1)).tolist():
        subject, object, instances, allowed = pairs[row]
        for name in allowed:
            column = columns[name]
            if likely[row, column]:
                yield _relation(layout, subject, name, object, instances[0], float(shares[row, column]))


def _relation(
    layout: Layout, subject: Item, predicate: str, object: Item, instance: Instance, confidence: float
) -> Relation:
    how, left, right = instance
    # Two mentions far apart are no readable evidence: then the object's own mention is.
    start, end = (left.start, right.end) if how != "subject" else (object.places[0].start, object.places[0].end)
    dated = object.date
    return Relation(
        subject=subject.key,
        predicate=predicate,
        object=object.key,
        start=start,
        end=max(end, left.end if how != "subject" else end),
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
