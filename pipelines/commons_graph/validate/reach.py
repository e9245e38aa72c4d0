"""How far a shape looks: the ways from a focus node to every node whose own triples can change a result.

What belongs here: those ways, from shapes and simple SPARQL. What does not: walking them (incremental.py, narrow.py).
A way is a tuple of paths; the empty one is the focus node itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from commons_graph.validate.checks import Check
from commons_graph.validate.paths import Inverse, Path, Predicate, Repeat, Sequence, invert
from commons_graph.validate.shapes import Constraint, Shape
from commons_graph.validate.sparql_text import properties_of
from commons_graph.validate.terms import RDF, RDFS

Way: TypeAlias = tuple[Path, ...]
TYPES: Way = (Predicate(RDF + "type"), Repeat(Predicate(RDFS + "subClassOf"), 0, True))
_AT_FOCUS = ("Closed", "Equals", "Disjoint", "LessThan", "LessThanOrEquals", "SPARQL")
"""The constraints that look at triples of the focus node beside those of the path."""


def ways(check: Check) -> set[Way]:
    """Give the ways of a check: to what its constraint looks at, and to what decides whom it targets."""
    return {way for way, _ in _all(check)}


def ways_to_classes(check: Check) -> set[Way]:
    """Give those ways to nodes of which a check looks at the class and at nothing else."""
    return ways(check) - {way for way, is_class in _all(check) if not is_class}


def unbounded(check: Check) -> bool:
    """Tell whether a check may look anywhere: SPARQL and what only pySHACL understands."""
    return check.engine != "sql" or any(part.component == "SPARQL" for part in check.parts)


def named(check: Check) -> frozenset[str] | None:
    """Give the properties of all of whose triples a check with a query may look at; None where that may be any triple.

    Those that choose its focus nodes are among them.
    """
    queries = [properties_of(part.text) for part in check.parts if part.component == "SPARQL"]
    if check.engine != "sql" or None in queries:
        return None
    if queries and any(target.kind in ("class", "other") for target in check.root.targets):
        return None
    targets = {target.term.text for target in check.root.targets} if queries else set[str]()
    return frozenset(targets.union(*filter(None, queries)))


def _all(check: Check) -> Iterator[tuple[Way, bool]]:
    """Give each way and whether only the class of the node that it leads to matters."""
    yield (), False
    for target in check.root.targets:
        if target.kind == "class":
            yield from _to_class(())
        if target.kind == "objectsOf":
            yield (Inverse(Predicate(target.term.text)),), False
    way: Way = ()
    before = way
    for shape in check.chain:
        if shape.path is not None:
            yield from (((*way, *stop), False) for stop in stops(shape.path))
            before, way = way, (*way, shape.path)
    yield from _of_constraint(check.constraint, way, before if check.shape.path is not None else way)


def _of_shape(shape: Shape, way: Way) -> Iterator[tuple[Way, bool]]:
    before = way
    if shape.path is not None:
        yield from (((*way, *stop), False) for stop in stops(shape.path))
        way = (*way, shape.path)
    for constraint in shape.constraints:
        yield from _of_constraint(constraint, way, before)


def _of_constraint(constraint: Constraint, way: Way, focus: Way) -> Iterator[tuple[Way, bool]]:
    if constraint.component in _AT_FOCUS:
        yield focus, False
    if constraint.component == "Class":
        yield from _to_class(way)
    for inner in (*constraint.shapes, *constraint.siblings):
        yield from _of_shape(inner, way)


def _to_class(way: Way) -> Iterator[tuple[Way, bool]]:
    yield from (((*way, *TYPES[:length]), True) for length in range(len(TYPES) + 1))


def stops(path: Path) -> list[Way]:
    """Give the ways to every node of whose own triples following a path makes use; the empty one is its start."""
    match path:
        case Predicate():
            return [()]
        case Inverse(Predicate()):
            return [(path,)]
        case Inverse(inner):
            return stops(invert(inner))
        case Sequence(parts):
            return [(*parts[:at], *stop) for at, part in enumerate(parts) for stop in stops(part)]
        case Repeat(inner):
            return [(Repeat(inner, 0, True), *stop) for stop in stops(inner)]
        case _:
            return [stop for part in path.parts for stop in stops(part)]
