"""Shapes read from a graph.

What belongs here: walking from shape to shape, names, targets, and the parameters that stand alone.
What does not: paths and lists (parse_values.py), parameters that depend on each other (parse_combined.py), meaning.
A shape that is broken, or refers to itself, raises CommonsError with its name: nothing of it is passed over.
"""

from __future__ import annotations

from typing import cast

from rdflib import RDF, BNode, Graph, URIRef
from rdflib import SH as SHACL
from rdflib.term import Node

from commons_graph.errors import CommonsError
from commons_graph.validate import parse_combined, parse_graph
from commons_graph.validate import parse_values as values
from commons_graph.validate.parameters import COMBINED, DESCRIPTIVE, PARAMETERS, TARGETS, UNRUN, Parameter
from commons_graph.validate.parse_path import path as read_path
from commons_graph.validate.path_text import name_of
from commons_graph.validate.shapes import Constraint, NodeShape, PropertyShape, Shape, Target, TargetKind
from commons_graph.validate.terms import SH, Term, local_name

MOST_MEMBERS = 100  # of a list of shapes: each is a term of one SQL expression
MOST_SHAPES = 5_000  # that one shape may refer to, counted once a reference
DEEPEST = 50  # shapes in shapes: each is a part of the SQL that asks for the next


def parse(graph: Graph) -> tuple[Shape, ...]:
    """Give the shapes of a graph that have targets, by name; raise CommonsError for any broken shape in it."""
    reader = Reader(graph)
    shapes = [reader.shape(node, str(node)) for node in values.in_order(parse_graph.roots(graph))]
    return tuple(sorted((shape for shape in shapes if shape.targets), key=lambda shape: shape.name))


class Reader:
    """Reads each shape of one graph once, and knows which shapes it is inside of."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.custom = parse_graph.custom_components(graph)
        self._classes = parse_graph.classes(graph)
        self._done: dict[Node, Shape] = {}
        self._sizes: dict[Term, int] = {}
        self._open: list[Node] = []
        self._names: set[str] = set()

    def shape(self, node: Node, owner: str, role: str = "") -> Shape:
        """Give the shape at a node; one without an IRI is named by its owner and its role there, or its path."""
        if node in self._open:
            raise CommonsError(owner, "the shape refers to itself", "SHACL gives that no meaning: break the circle")
        if len(self._open) > DEEPEST:
            raise CommonsError(owner, f"shapes in shapes, more than {DEEPEST} deep", "flatten it")
        if node not in self._done:
            self._open.append(node)
            self._done[node] = self._read(node, owner, role)
            self._open.pop()
        return self._done[node]

    def _read(self, node: Node, owner: str, role: str) -> Shape:
        if not isinstance(node, (URIRef, BNode)):
            raise CommonsError(owner, f"'{node!s:.60}' is a literal where a shape belongs", "give an IRI or [ … ]")
        if any("\0" in str(value) for value in self.graph.objects(node)):
            raise CommonsError(owner, "a value holds a NUL character", "remove it")
        paths = values.several(self.graph, node, "path")
        if len(paths) > 1:
            raise CommonsError(owner, "a property shape has one sh:path and this has several", "split the shape")
        path = read_path(self.graph, paths[0], owner) if paths else None
        self._expect_kind(node, owner, path is not None)
        name = self._name(node, owner, name_of(path) if path else role)
        constraints = self._constraints(node, name, path is not None)
        self._measure(node, name, constraints)
        rest = (self._targets(node, name), constraints, *values.description(self.graph, node, name))
        if path is None:
            return NodeShape(name, values.term(node), *rest)
        return PropertyShape(name, values.term(node), path, *rest)

    def _expect_kind(self, node: Node, owner: str, on_path: bool) -> None:
        """Refuse a node shape with sh:path and a property shape without, called so or by where it stands."""
        wrong, place = (SHACL.NodeShape, SHACL.node) if on_path else (SHACL.PropertyShape, SHACL.property)
        if (node, RDF.type, wrong) in self.graph or (None, place, node) in self.graph:
            problem = "a node shape with sh:path" if on_path else "a property shape without sh:path"
            raise CommonsError(owner, problem, "a property shape has one sh:path, a node shape none")

    def _name(self, node: Node, owner: str, place: str) -> str:
        if isinstance(node, URIRef):
            return str(node)
        number, name = 1, f"{owner}/{place}"
        while name in self._names:
            number += 1
            name = f"{owner}/{place}.{number}"
        self._names.add(name)
        return name

    def _measure(self, node: Node, name: str, constraints: tuple[Constraint, ...]) -> None:
        inner = [shape for constraint in constraints for shape in (*constraint.shapes, *constraint.siblings)]
        size = self._sizes[values.term(node)] = 1 + sum(self._sizes[shape.node] for shape in inner)
        if size > MOST_SHAPES:
            raise CommonsError(name, f"refers to more than {MOST_SHAPES} shapes", "flatten it")

    def _targets(self, node: Node, name: str) -> tuple[Target, ...]:
        found = [
            Target(cast(TargetKind, kind), values.term(each))
            for parameter, kind in TARGETS.items()
            for each in values.several(self.graph, node, parameter)
        ]
        for target in found:
            if target.kind not in ("node", "other") and target.term.kind != "iri":
                raise CommonsError(name, f"the target '{target.term.key:.60}' is no IRI", "name a class or a property")
        if isinstance(node, URIRef) and node in self._classes:
            found.append(Target("class", Term(str(node))))
        return tuple(sorted(set(found), key=lambda target: (target.kind, target.term)))

    def _constraints(self, node: Node, name: str, on_path: bool) -> tuple[Constraint, ...]:
        found: list[Constraint] = []
        for predicate in values.in_order(set(self.graph.predicates(node))):
            parameter = str(predicate).removeprefix(SH) if str(predicate).startswith(SH) else ""
            if parameter in PARAMETERS:
                found += self._plain(node, name, parameter, on_path)
            elif parameter and parameter not in COMBINED | DESCRIPTIVE | TARGETS.keys() and not self._is_query(node):
                reason = UNRUN.get(parameter, f"unknown parameter sh:{parameter}")
                raise CommonsError(name, reason, "correct its spelling or remove it")
            elif predicate in self.custom:
                reason = f"custom component {local_name(self.custom[predicate])}"
                found.append(Constraint("Custom", (Term(self.custom[predicate]),), text=reason))
        found = list(dict.fromkeys(found))
        return (*found, *parse_combined.combined(self, node, name))

    def _is_query(self, node: Node) -> bool:
        """Tell whether a shape is a SPARQL constraint as well, which has parameters of its own."""
        return (None, SHACL.sparql, node) in self.graph

    def _plain(self, node: Node, name: str, parameter: str, on_path: bool) -> list[Constraint]:
        rule = PARAMETERS[parameter]
        given = values.several(self.graph, node, parameter)
        if not (on_path or rule.on_node):
            raise CommonsError(name, f"sh:{parameter} on a node shape", "give it to a property shape (with sh:path)")
        if len(given) > 1 and not rule.many:
            raise CommonsError(name, f"several values of sh:{parameter}", "keep one, or split the shape")
        read = [self._one(value, name, parameter, rule) for value in given]
        return [constraint for constraint in read if constraint is not None]

    def _one(self, value: Node, name: str, parameter: str, rule: Parameter) -> Constraint | None:
        where = f"{name}, sh:{parameter}"
        if rule.holds == "shape":
            return Constraint(rule.component, shapes=(self.shape(value, name, parameter),))
        if rule.holds == "shapes":
            members = values.members(self.graph, value, where)
            if len(members) > MOST_MEMBERS:
                raise CommonsError(where, f"a list of more than {MOST_MEMBERS} shapes", "use sh:in, or lists in lists")
            shapes = [self.shape(each, name, f"{parameter}.{at}") for at, each in enumerate(members, 1)]
            return Constraint(rule.component, shapes=tuple(shapes))
        if rule.holds == "integer":
            return Constraint(rule.component, number=values.integer(value, where))
        if rule.holds == "flag":
            return Constraint(rule.component) if values.true(value, where) else None
        return Constraint(rule.component, values.terms(self.graph, value, rule.holds, where))
