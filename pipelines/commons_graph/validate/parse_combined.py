"""Parameters that only together make a constraint: pattern and flags, closed, qualified counts, sh:sparql, custom ones.

What belongs here: putting them together. What does not: parameters that stand alone (parse.py).
"""

from __future__ import annotations

from typing import Protocol

from rdflib import SH as SHACL
from rdflib import Graph, URIRef
from rdflib.term import Node

from commons_graph.errors import CommonsError
from commons_graph.validate import parse_values as values
from commons_graph.validate import regex
from commons_graph.validate.parse_sparql import sparql
from commons_graph.validate.paths import Predicate
from commons_graph.validate.shapes import Constraint, PropertyShape, Shape
from commons_graph.validate.terms import Term


class Reader(Protocol):
    """What reads the shapes that these parameters lead to: parse.py's Reader."""

    graph: Graph

    def shape(self, node: Node, owner: str, role: str = "") -> Shape:
        """Give the shape at a node."""


def combined(reader: Reader, node: Node, name: str) -> tuple[Constraint, ...]:
    """Give the constraints of a shape that several parameters make together."""
    return (
        *_pattern(reader.graph, node, name),
        *_closed(reader, node, name),
        *_qualified(reader, node, name),
        *sparql(reader.graph, node, name),
    )


def _single(graph: Graph, node: Node, parameter: str, name: str) -> Node | None:
    found = values.several(graph, node, parameter)
    if len(found) > 1:
        raise CommonsError(name, f"several values of sh:{parameter}", "keep one, or split the shape")
    return found[0] if found else None


def _pattern(graph: Graph, node: Node, name: str) -> list[Constraint]:
    where = f"{name}, sh:pattern"
    given = _single(graph, node, "flags", name)
    flags = values.text(given, f"{name}, sh:flags") if given is not None else ""
    patterns = [values.text(each, where) for each in values.several(graph, node, "pattern")]
    for pattern in patterns:
        regex.translate(pattern, flags, where)
    return [Constraint("Pattern", text=pattern, flags=flags) for pattern in patterns]


def _closed(reader: Reader, node: Node, name: str) -> list[Constraint]:
    closed = _single(reader.graph, node, "closed", name)
    if closed is None or not values.true(closed, f"{name}, sh:closed"):
        return []
    ignored = _single(reader.graph, node, "ignoredProperties", name)
    where = f"{name}, sh:ignoredProperties"
    allowed = set(values.terms(reader.graph, ignored, "terms", where)) if ignored is not None else set()
    for inner in values.several(reader.graph, node, "property"):
        shape = reader.shape(inner, name, "property")
        if isinstance(shape, PropertyShape) and isinstance(shape.path, Predicate):
            allowed.add(Term(shape.path.iri))
    return [Constraint("Closed", tuple(sorted(allowed)))]


def _qualified(reader: Reader, node: Node, name: str) -> list[Constraint]:
    given = values.several(reader.graph, node, "qualifiedValueShape")
    counts = {bound: _single(reader.graph, node, bound, name) for bound in ("qualifiedMinCount", "qualifiedMaxCount")}
    counted = {bound: count for bound, count in counts.items() if count is not None}
    if len(given) > 1:
        raise CommonsError(name, "several values of sh:qualifiedValueShape", "split the shape")
    if not given or not counted:
        return []  # which constrains nothing, and parse_graph.py says so
    shape, siblings = reader.shape(given[0], name, "qualifiedValueShape"), _siblings(reader, node, given[0], name)
    return [
        Constraint(bound[0].upper() + bound[1:], (), values.integer(count, f"{name}, sh:{bound}"), (shape,), siblings)
        for bound, count in counted.items()
    ]


def _siblings(reader: Reader, node: Node, value: Node, name: str) -> tuple[Shape, ...]:
    graph = reader.graph
    flag = _single(graph, node, "qualifiedValueShapesDisjoint", name)
    if flag is None or not values.true(flag, f"{name}, sh:qualifiedValueShapesDisjoint"):
        return ()
    shape_of = URIRef(str(SHACL.qualifiedValueShape))
    around = {
        other
        for owner in graph.subjects(SHACL.property, node)
        for sibling in graph.objects(owner, SHACL.property)
        for other in graph.objects(sibling, shape_of)
    }
    return tuple(reader.shape(each, name, "qualifiedValueShape") for each in values.in_order(around - {value}))
