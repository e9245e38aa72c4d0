# ruff: noqa: S608  # SQL is put together here from names that the compiler made and terms that `quote` wrote

"""Terms, triples and results carried between DuckDB and the engines that are not SQL.

What belongs here: reading the encoded data out and writing results back. What does not: any engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

import duckdb
import pyarrow as pa
import pyoxigraph as ox

from commons_graph.validate.checks import Check
from commons_graph.validate.query import Query
from commons_graph.validate.terms import Kind, Term, from_key, literal

_BATCH = 100_000
Triple = tuple[Term, Term, Term]
# focus, path, value, message; the focus node is taken for its own root
Row = tuple[str, str | None, str | None, str]


def triples(connection: duckdb.DuckDBPyConnection, edges: str = "sh_edge") -> Iterator[Triple]:
    """Give the triples of a relation (s, p, o) of encoded terms, a batch at a time."""
    found = connection.execute(
        "SELECT s.text, s.kind, p.text, e.text, e.kind, e.datatype, e.lang "
        f"FROM {edges} e JOIN (SELECT DISTINCT id, text, kind FROM sh_term WHERE kind <> 'literal') s ON s.id = e.s "
        "JOIN sh_property p ON p.id = e.p"
    )
    while rows := found.fetchmany(_BATCH):
        for subject, kind, predicate, *object_ in rows:
            yield Term(subject, kind), Term(predicate), _term(*object_)


def focus(connection: duckdb.DuckDBPyConnection, check: Check, scoped: bool) -> list[Term]:
    """Give the focus nodes of a check, in a stable order."""
    query = Query()
    name = check.focus(query, scoped)
    found = connection.execute(
        query.render(f"SELECT t.text, t.kind, t.datatype, t.lang FROM {name} f JOIN sh_term t ON t.id = f.focus")
    )
    return sorted({_term(*row) for row in found.fetchall()})


def _term(text: str, kind: str, datatype: str, lang: str) -> Term:
    return literal(text, datatype, lang) if kind == "literal" else Term(text, cast(Kind, kind))


def add_results(connection: duckdb.DuckDBPyConnection, check: Check, rows: Iterable[Row]) -> None:
    """Add results of a check to sh_result."""
    constants = (check.shape.name, check.constraint.iri)
    listed = [(*constants, *row[:3], check.severity, row[3], row[0], 1) for row in rows]
    if listed:
        columns = ("shape", "component", "focus", "path", "value", "severity", "message", "root", "times")
        table = pa.table({name: [row[at] for row in listed] for at, name in enumerate(columns)})
        connection.register("sh_added", table)
        connection.execute("INSERT INTO sh_result SELECT * FROM sh_added")
        connection.unregister("sh_added")


def to_ox(term: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """Give a term as pyoxigraph's."""
    if term.kind == "iri":
        return ox.NamedNode(term.text)
    if term.kind == "blank":
        return ox.BlankNode(term.text.removeprefix("_:"))
    if term.lang:
        return ox.Literal(term.text, language=term.lang)
    return ox.Literal(term.text, datatype=ox.NamedNode(term.datatype))


def from_ox(node: object) -> Term:
    """Give pyoxigraph's term as ours."""
    if isinstance(node, ox.NamedNode):
        return Term(node.value)
    if isinstance(node, ox.Literal):
        return literal(node.value, node.datatype.value, node.language or "")
    return from_key(str(node))
