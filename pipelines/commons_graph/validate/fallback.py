# ruff: noqa: S608  # SQL is put together here from names that the compiler made and terms that `quote` wrote

"""Checks that only pySHACL can run, on the focus nodes' neighbourhood.

What belongs here: handing over data and shapes, and taking results back. What does not: deciding which checks.
The whole data are handed over when they are small; else all that is at most `HOPS` steps from a focus node, both ways,
with every class: a custom component that looks further would miss it, which the report's `others` says.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pyshacl
from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib import SH as SHACL
from rdflib.term import Node

from commons_graph.errors import CommonsError
from commons_graph.validate import transfer
from commons_graph.validate.checks import Check
from commons_graph.validate.compiling import Compiled
from commons_graph.validate.engines import HOPS, SMALL
from commons_graph.validate.parameters import TARGETS
from commons_graph.validate.parse_path import path as read_path
from commons_graph.validate.parse_values import term
from commons_graph.validate.path_text import sparql_of, text_of
from commons_graph.validate.query import Query
from commons_graph.validate.report import to_rdflib
from commons_graph.validate.terms import SH, Term

_TARGETS = {URIRef(SH + name) for name in TARGETS}
_NAMED = "urn:x-commons-shape:"


def run(connection: duckdb.DuckDBPyConnection, compiled: Compiled, checks: Sequence[Check], scoped: bool) -> None:
    """Run checks with pySHACL and add their results to sh_result; raise CommonsError when pySHACL refuses."""
    edges = _neighbourhood(connection, checks)
    data, background = Graph(), compiled.background
    for triple in (*transfer.triples(connection, edges), *background):
        s, p, o = map(to_rdflib, triple)
        data.add((s, p, o))
    shapes = _with_names(_only(compiled.graph, {check.root.node for check in checks}))
    found = _validated(data, shapes, checks[0].shape.name)
    nodes = [node for check in checks for node in transfer.focus(connection, check, scoped)] if scoped else []
    scope = {node.key for node in nodes} if scoped else None
    for check in {(check.shape.name, check.constraint.iri): check for check in checks}.values():
        rows = _rows(found, check)
        transfer.add_results(connection, check, [row for row in rows if scope is None or row[0] in scope])


def _neighbourhood(connection: duckdb.DuckDBPyConnection, checks: Sequence[Check]) -> str:
    """Give the name of the relation of edges to hand over."""
    if connection.execute("SELECT count(*) FROM sh_edge").fetchall()[0][0] <= SMALL:
        return "sh_edge"
    if any(target.kind == "other" for check in checks for target in check.root.targets):
        raise CommonsError(checks[0].root.name, "a target of SHACL-AF on many data", "use sh:targetClass and its kin")
    query = Query()
    union = " UNION ".join(f"SELECT focus FROM {check.focus(query)}" for check in checks)
    seed = query.add("near", union)
    for _ in range(HOPS):
        both = f"SELECT e.o FROM sh_edge e SEMI JOIN {seed} n ON n.focus = e.s"
        back = f"SELECT e.s FROM sh_edge e SEMI JOIN {seed} n ON n.focus = e.o"
        seed = query.add("near", f"SELECT focus FROM {seed} UNION {both} UNION {back}")
    classes = Term(str(RDFS.subClassOf)).sql
    final = f"SELECT * FROM sh_edge e WHERE e.s IN (SELECT focus FROM {seed}) OR e.p = {classes}"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE sh_near AS {query.render(final)}")
    return "sh_near"


def _validated(data: Graph, shapes: Graph, where: str) -> Graph:
    try:
        _, found, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=True, inplace=True)
    except Exception as error:
        found = error
    if isinstance(found, Graph):
        return found
    reason = " ".join(str(found).split())[:300]
    raise CommonsError(where, f"pySHACL, which alone can run it, gives up: {reason}", "correct the shape")


def _only(shapes: Graph, roots: set[Term]) -> Graph:
    """Give the shapes without the targets of others than some, and each $PATH as SPARQL."""
    left = Graph()
    for s, p, o in shapes:
        is_target = p in _TARGETS or (p == RDF.type and o in (RDFS.Class, OWL.Class))
        if not is_target or term(s) in roots:
            left.add((s, p, _with_path(shapes, s, o) if p == SHACL.select else o))
    return left


def _with_path(shapes: Graph, constraint: Node, select: Node) -> Node:
    """Give a query with the path of its shape in the place of $PATH: pySHACL writes nested paths wrongly."""
    found = {path for owner in shapes.subjects(SHACL.sparql, constraint) for path in shapes.objects(owner, SHACL.path)}
    if len(found) != 1:
        return select
    return Literal(str(select).replace("$PATH", sparql_of(read_path(shapes, found.pop(), "sh:path"))))


def _with_names(shapes: Graph) -> Graph:
    """Give the shapes with an IRI for every blank node that is a shape, so that results can be told apart."""

    def name(node: Node) -> Node:
        return URIRef(f"{_NAMED}{node}") if isinstance(node, BNode) and node in blank else node

    blank = set(shapes.subjects(SHACL.path, None)) | set(shapes.objects(None, SHACL.property))
    named = Graph()
    for s, p, o in shapes:
        named.add((name(s), p, name(o)))
    return named


def _rows(found: Graph, check: Check) -> list[transfer.Row]:
    shape = to_rdflib(check.shape.node)
    shape = URIRef(f"{_NAMED}{shape}") if isinstance(shape, BNode) else shape
    asked = {(SHACL.sourceShape, shape), (SHACL.sourceConstraintComponent, URIRef(check.constraint.iri))}
    every = found.objects(None, SHACL.result)  # and not what is only a sh:detail of another
    return [_row(found, each) for each in every if asked <= set(found.predicate_objects(each))]


def _row(found: Graph, result: Node) -> transfer.Row:
    focus, value = found.value(result, SHACL.focusNode), found.value(result, SHACL.value)
    path, message = found.value(result, SHACL.resultPath), found.value(result, SHACL.resultMessage)
    assert focus is not None
    written = text_of(read_path(found, path, "pySHACL")) if path is not None else None
    return term(focus).key, written, term(value).key if value is not None else None, str(message or "")
