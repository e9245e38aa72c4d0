"""How far a shape looks: the ways from a focus node to every node whose own triples can change a result.

What belongs here: those ways, from shapes and simple SPARQL. What does not: walking them (incremental.py).
A way is a tuple of paths; the empty one is the focus node itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from commons_graph.validate.checks import Check
from commons_graph.validate.paths import Inverse, Path, Predicate, Repeat, Sequence, invert
from commons_graph.validate.shapes import Constraint, Shape
from commons_graph.validate.terms import RDF, RDFS

Way: TypeAlias = tuple[Path, ...]
TYPES: Way = (Predicate(RDF + "type"), Repeat(Predicate(RDFS + "subClassOf"), 0, True))


def ways(check: Check) -> set[Way]:
    """Give the ways of a check: to what its constraint looks at, and to what decides whom it targets."""
    found: set[Way] = {()}
    for target in check.root.targets:
        if target.kind == "class":
            found.update(_prefixes((), TYPES))
        if target.kind == "objectsOf":
            found.add((Inverse(Predicate(target.term.text)),))
    way: Way = ()
    for shape in check.chain:
        if shape.path is not None:
            found.update((*way, *stop) for stop in stops(shape.path))
            way = (*way, shape.path)
    return found | set(_of_constraint(check.constraint, way))


def unbounded(check: Check) -> bool:
    """Tell whether a check may look anywhere: SPARQL and what only pySHACL understands."""
    return check.engine != "sql" or any(part.component == "SPARQL" for part in check.parts)


def _ways(shape: Shape, way: Way) -> Iterator[Way]:
    yield way
    if shape.path is not None:
        yield from ((*way, *stop) for stop in stops(shape.path))
        way = (*way, shape.path)
    for constraint in shape.constraints:
        yield from _of_constraint(constraint, way)


def _of_constraint(constraint: Constraint, way: Way) -> Iterator[Way]:
    if constraint.component == "Class":
        yield from _prefixes(way, TYPES)
    for inner in (*constraint.shapes, *constraint.siblings):
        yield from _ways(inner, way)


def _prefixes(way: Way, added: Way) -> Iterator[Way]:
    for length in range(len(added) + 1):
        yield (*way, *added[:length])


def stops(path: Path) -> list[Way]:
    """Give the ways to every node that following a path visits, its values included."""
    match path:
        case Predicate() | Inverse(Predicate()):
            return [(path,)]
        case Inverse(inner):
            return stops(invert(inner))
        case Sequence(parts):
            return [(*parts[:at], *stop) for at, part in enumerate(parts) for stop in stops(part)]
        case Repeat(inner):
            around = Repeat(inner, 0, True)
            return [(path,), *((around, *stop) for stop in stops(inner))]
        case _:
            return [stop for part in path.parts for stop in stops(part)]
