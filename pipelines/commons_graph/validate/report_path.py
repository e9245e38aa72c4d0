"""Paths written back to RDF, for the standard's report.

What belongs here: that alone.
"""

from __future__ import annotations

from rdflib import SH as SHACL
from rdflib import BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from commons_graph.validate.paths import Alternative, Inverse, Path, Predicate, Repeat, Sequence


def add_path(graph: Graph, path: Path) -> Node:
    """Add a path to a graph and give its node."""
    match path:
        case Predicate(iri):
            return URIRef(iri)
        case Sequence(parts):
            return _list(graph, parts)
        case Alternative(parts):
            return _operator(graph, "alternativePath", _list(graph, parts))
        case Inverse(inner):
            return _operator(graph, "inversePath", add_path(graph, inner))
        case Repeat(inner, least, many):
            name = "zeroOrOnePath" if not many else "oneOrMorePath" if least else "zeroOrMorePath"
            return _operator(graph, name, add_path(graph, inner))


def _operator(graph: Graph, name: str, value: Node) -> Node:
    node = BNode()
    graph.add((node, SHACL[name], value))
    return node


def _list(graph: Graph, parts: tuple[Path, ...]) -> Node:
    head = BNode()
    Collection(graph, head, [add_path(graph, part) for part in parts])
    return head
