# ruff: noqa: S608  # SQL is put together here from names that the compiler made and terms that `quote` wrote

"""What a change can affect: from the changed entities back to the focus nodes whose results may differ.

What belongs here: that, and joining an old report with the results of a new look at those nodes.
What does not: finding out what changed.
"""

from __future__ import annotations

from pathlib import Path
from string import Template

import duckdb

from commons_graph.validate import encode
from commons_graph.validate.checks import Check, targets
from commons_graph.validate.compiling import Compiled
from commons_graph.validate.encode import relation
from commons_graph.validate.paths import Sequence, follow, invert
from commons_graph.validate.query import Query
from commons_graph.validate.reach import Way, named, unbounded, ways, ways_to_classes
from commons_graph.validate.report import Report
from commons_graph.validate.run import encoded, report, run
from commons_graph.validate.terms import Term

_NAMES = (Path(__file__).parent / "affected.sql").read_text("utf-8")


def affected(
    connection: duckdb.DuckDBPyConnection,
    compiled: Compiled,
    changed: str,
    data: str = "triple",
    before: str | None = None,
    into: str = "affected",
) -> str:
    """Give the name of a new temporary table (subject) of the focus nodes that changed entities can affect.

    `changed` names a table (subject) of the entities of which a triple was added or removed, as its subject; `data`
    the triples as they are, `before` as they were: without it, what only removed triples led to is not found.
    Shapes with SPARQL may look anywhere: all their focus nodes are affected by any change of an entity that has, or
    had, a property that the query names.
    """
    with encoded(connection, compiled, data):
        look(connection, compiled, changed, before)
        name_again(connection, into)
    return into


def update(
    connection: duckdb.DuckDBPyConnection, compiled: Compiled, old: Report, changed: str, data: str, before: str
) -> Report:
    """Give the report of all data as they are, looking again only at what a change can affect.

    `old` is the report of the triples `before`; the other parameters are those of `affected`.
    """
    with encoded(connection, compiled, data):
        look(connection, compiled, changed, before)
        connection.execute("CREATE OR REPLACE TEMP TABLE sh_scope AS SELECT DISTINCT focus FROM sh_again")
        run(connection, compiled, scoped=True)
        again = encode.among(connection, {row.root for row in old.rows}, "sh_again")
        return _joined(old, report(connection, compiled), again)


def name_again(connection: duckdb.DuckDBPyConnection, into: str) -> None:
    """Make the table `into` (subject) of what stands in sh_again, as people read it."""
    connection.execute(Template(_NAMES).substitute(into=encode.relation(into)))


def look(
    connection: duckdb.DuckDBPyConnection,
    compiled: Compiled,
    changed: str,
    before: str | None = None,
    retyped: str | None = None,
    queried: bool = True,
) -> None:
    """Make the table sh_again (origin, focus) of what each changed entity can affect; the encoded data stay.

    `retyped` names a table (subject) of those of which a class changed; without it that is any of them. Without
    `queried`, the focus nodes of checks with queries are left out; else they are there with NULL for what affects them.
    """
    ours = encode.add_removed(connection, changed, before)
    encode.scope(connection, changed)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE sh_retyped AS {_retyped(retyped)}")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE sh_again AS {_sql(compiled, queried)}")
    connection.execute(f"DELETE FROM sh_edge WHERE rowid >= {ours}")


def _retyped(table: str | None) -> str:
    return "FROM sh_scope" if table is None else f"SELECT DISTINCT sh_iri(subject) AS focus FROM {relation(table)}"


def _sql(compiled: Compiled, queried: bool) -> str:
    query = Query()
    found = {way for check in compiled for way in ways(check) - ways_to_classes(check)} - {()}
    classes = {way for check in compiled for way in ways_to_classes(check)} - found - {()}
    start = query.add("changed", "SELECT focus, focus AS value FROM sh_scope")
    retyped = query.add("retyped", "SELECT focus, focus AS value FROM sh_retyped")
    relations = [start, *(_back(query, way, start) for way in sorted(found, key=str))]
    relations += (_back(query, way, retyped) for way in sorted(classes, key=str))
    parts = [f"SELECT focus AS origin, value AS focus FROM {name}" for name in relations]
    for check in compiled:
        if queried and unbounded(check):
            parts.append(
                f"SELECT NULL, focus FROM {targets(query, check.root.targets, False)} WHERE {_concerned(check)}"
            )
    return query.render(" UNION ".join(parts))


def _concerned(check: Check) -> str:
    """Give the condition that a changed entity says something that a check with a query may look at."""
    spoken = named(check)
    if spoken is None:
        return "EXISTS (SELECT 1 FROM sh_scope)"
    ids = ", ".join(Term(iri).sql for iri in sorted(spoken)) or "NULL"
    return f"EXISTS (SELECT 1 FROM sh_edge SEMI JOIN sh_scope ON focus = s WHERE p IN ({ids}))"


def _back(query: Query, way: Way, start: str) -> str:
    path = invert(way[0] if len(way) == 1 else Sequence(way))
    return query.add("back", f"SELECT DISTINCT focus, value FROM {follow(query, path, start)}")


def merge(connection: duckdb.DuckDBPyConnection, old: Report, new: Report, table: str = "affected") -> Report:
    """Give the report of all data: the old one's results outside a table of affected, and the new one's."""
    found = connection.execute(f"SELECT subject FROM {encode.relation(table)}").fetchall()
    return _joined(old, new, {subject for (subject,) in found})


def _joined(old: Report, new: Report, again: set[str]) -> Report:
    kept = [row for row in old.rows if row.root not in again]
    return Report(tuple(sorted([*kept, *new.rows])), new.others, new.shapes)
