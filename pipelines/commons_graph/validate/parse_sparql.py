"""sh:sparql constraints read from a graph: the query with its prefixes, its $PATH put in.

What belongs here: putting the query's text together and checking that the standard allows it.
What does not: running it (sparql_sql.py, sparql.py).
"""

from __future__ import annotations

import re
from typing import Any

import pyoxigraph as ox
from rdflib import OWL, Graph, Variable
from rdflib import SH as SHACL
from rdflib.plugins.sparql.algebra import traverse
from rdflib.term import Node

from commons_graph.errors import CommonsError
from commons_graph.validate import parse_values as values
from commons_graph.validate.parse_path import path as read_path
from commons_graph.validate.path_text import sparql_of
from commons_graph.validate.shapes import Constraint
from commons_graph.validate.sparql_text import algebra
from commons_graph.validate.terms import LANG_STRING, STRING

_FORBIDDEN = {"Minus": "MINUS", "ServiceGraphPattern": "SERVICE", "values": "VALUES", "Graph": "GRAPH"}
_OPTIONAL = re.compile(r"[?$](shapesGraph|currentShape)\b")
_GIVEN = {Variable("this"), Variable("shapesGraph"), Variable("currentShape")}


def sparql(graph: Graph, node: Node, name: str) -> list[Constraint]:
    """Give the sh:sparql constraints of a shape.

    Raises CommonsError for a broken query, an unknown prefix, and what the standard forbids: MINUS, SERVICE, VALUES, a
    subquery without $this, BIND of $this; and for GRAPH, since data are one graph here.
    """
    own = values.several(graph, node, "path")
    path = sparql_of(read_path(graph, own[0], name)) if own else None
    found = [
        _read(graph, constraint, path, f"{name}, sh:sparql") for constraint in values.several(graph, node, "sparql")
    ]
    return [constraint for constraint in found if constraint is not None]


def _read(graph: Graph, constraint: Node, path: str | None, where: str) -> Constraint | None:
    if any(values.true(flag, where) for flag in graph.objects(constraint, SHACL.deactivated)):
        return None
    selects = values.several(graph, constraint, "select")
    if len(selects) != 1:
        raise CommonsError(where, "a SPARQL constraint has one sh:select", "write one SELECT query")
    messages = tuple(values.in_order(graph.objects(constraint, SHACL.message)))
    terms = tuple(values.term(each) for each in messages)
    if any(message.datatype not in (STRING, LANG_STRING) for message in terms):
        raise CommonsError(where, "sh:message is no string", "put it in quotes")
    query = _prologue(graph, constraint) + values.text(selects[0], where)
    return Constraint(
        "SPARQL",
        terms,
        text=_checked(query.replace("$PATH", path) if path else query, where),
        flags="path" if path else "",
    )


def _prologue(graph: Graph, constraint: Node) -> str:
    declared = {
        (str(prefix), str(namespace))
        for ontology in graph.objects(constraint, SHACL.prefixes)
        for imported in graph.transitive_objects(ontology, OWL.imports)
        for declaration in graph.objects(imported, SHACL.declare)
        for prefix in graph.objects(declaration, SHACL.prefix)
        for namespace in graph.objects(declaration, SHACL.namespace)
    }
    return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in sorted(declared))


def _checked(query: str, where: str) -> str:
    try:
        if not isinstance(ox.Store().query(query), ox.QuerySolutions):
            raise CommonsError(where, "sh:select is no SELECT query", "write SELECT $this WHERE { … }")
        asked = algebra(query)
    except CommonsError:
        raise
    except Exception as error:
        reason = str(error).splitlines()[0][:200]
        raise CommonsError(where, f"bad SPARQL: {reason}", "correct the query or declare its prefixes") from None
    traverse(asked, visitPre=lambda part: _allow(part, where))
    for name in _OPTIONAL.findall(query):
        raise CommonsError(where, f"${name}, which the standard makes optional, is not known here", "write the IRI")
    return query


def _allow(part: Any, where: str) -> None:
    name = getattr(part, "name", "")
    if name in _FORBIDDEN:
        raise CommonsError(
            where, f"{_FORBIDDEN[name]} in a SPARQL constraint", "SHACL does not allow it: write it otherwise"
        )
    if name == "Extend" and part["var"] in _GIVEN:
        raise CommonsError(where, f"BIND or AS gives ${part['var']} another value", "use another name")
    if name in ("Project", "SubSelect") and Variable("this") not in part.PV:
        raise CommonsError(where, "a SELECT that does not give $this", "add $this to what it selects")
