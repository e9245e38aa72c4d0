"""sh:sparql constraints read from a graph: the query with its prefixes.

What belongs here: putting the query's text together and checking that it is one. What does not: running it (sparql.py).
"""

from __future__ import annotations

import re

import pyoxigraph
from rdflib import SH as SHACL
from rdflib import Graph
from rdflib.term import Node

from commons_graph.errors import CommonsError
from commons_graph.validate import parse_values as values
from commons_graph.validate.paths import sparql_of
from commons_graph.validate.shapes import Constraint
from commons_graph.validate.terms import LANG_STRING, STRING

_SELECT = re.compile(r"\bselect\b", re.IGNORECASE)


def sparql(graph: Graph, node: Node, name: str) -> list[Constraint]:
    """Give the sh:sparql constraints of a shape; raise CommonsError for a broken query or an unknown prefix."""
    found = [_read(graph, constraint, name) for constraint in values.several(graph, node, "sparql")]
    return [constraint for constraint in found if constraint is not None]


def _read(graph: Graph, constraint: Node, name: str) -> Constraint | None:
    where = f"{name}, sh:sparql"
    if any(values.true(flag, where) for flag in graph.objects(constraint, SHACL.deactivated)):
        return None
    selects = values.several(graph, constraint, "select")
    if len(selects) != 1:
        raise CommonsError(where, "a SPARQL constraint has one sh:select", "write one SELECT query")
    query = _prologue(graph, constraint) + values.text(selects[0], where)
    messages = tuple(sorted(values.term(each) for each in graph.objects(constraint, SHACL.message)))
    if any(message.datatype not in (STRING, LANG_STRING) for message in messages):
        raise CommonsError(where, "sh:message is no string", "put it in quotes")
    _check(graph, node_path(graph, constraint, name), query, where)
    return Constraint("SPARQL", messages, text=query)


def node_path(graph: Graph, constraint: Node, name: str) -> str:
    """Give the path of the shape that owns a constraint, for $PATH; an example path when it is a node shape."""
    for owner in graph.subjects(SHACL.sparql, constraint):
        for path in graph.objects(owner, SHACL.path):
            return sparql_of(values.path(graph, path, name))
    return "<urn:x>"


def _prologue(graph: Graph, constraint: Node) -> str:
    declared = {
        (str(prefix), str(namespace))
        for ontology in graph.objects(constraint, SHACL.prefixes)
        for declaration in graph.objects(ontology, SHACL.declare)
        for prefix in graph.objects(declaration, SHACL.prefix)
        for namespace in graph.objects(declaration, SHACL.namespace)
    }
    return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in sorted(declared))


def _check(graph: Graph, path: str, query: str, where: str) -> None:
    if not _SELECT.search(query):
        raise CommonsError(where, "sh:select is no SELECT query", "write SELECT $this WHERE { … }")
    try:
        pyoxigraph.Store().query(query.replace("$PATH", path))
    except SyntaxError as error:
        raise CommonsError(where, f"bad SPARQL: {error}", "correct the query or declare its prefixes") from None
