"""Which properties checks look at, so that triples with others need not be encoded.

What belongs here: that. What does not: leaving them out (encode.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from commons_graph.validate.checks import Check
from commons_graph.validate.paths import properties
from commons_graph.validate.shapes import Constraint, Shape, nested
from commons_graph.validate.sparql_text import properties_of
from commons_graph.validate.terms import RDF, RDFS

_ALWAYS = {RDF + "type", RDFS + "subClassOf"}
_PAIRS = ("Equals", "Disjoint", "LessThan", "LessThanOrEquals")


def wanted(checks: Iterable[Check]) -> frozenset[str] | None:
    """Give the properties that checks look at; None when one may look at any: sh:closed, and SPARQL with a variable."""
    found = set(_ALWAYS)
    for check in checks:
        for each in _of_check(check):
            if each is None:
                return None
            found |= each
    return frozenset(found)


def _of_check(check: Check) -> Iterator[set[str] | None]:
    yield None if check.engine != "sql" else set()
    yield {target.term.text for target in check.root.targets if target.kind in ("subjectsOf", "objectsOf")}
    yield from map(_of_path, check.chain)
    yield from map(_of_constraint, check.parts)
    for shape in check.constraint.shapes + check.constraint.siblings:
        yield from map(_of_path, nested(shape))


def _of_path(shape: Shape) -> set[str]:
    return properties(shape.path) if shape.path is not None else set()


def _of_constraint(constraint: Constraint) -> set[str] | None:
    if constraint.component == "Closed":
        return None
    if constraint.component == "SPARQL":
        return properties_of(constraint.text)
    return {term.text for term in constraint.terms} if constraint.component in _PAIRS else set()
