# ruff: noqa: S608  # SQL is put together here from names that the compiler made and terms that `quote` wrote

"""What a change can affect: from the changed entities back to the focus nodes whose results may differ.

What belongs here: that, and joining an old report with the results of a new look at those nodes.
What does not: finding out what changed.
"""

from __future__ import annotations

import duckdb

from commons_graph.validate import encode
from commons_graph.validate.checks import targets
from commons_graph.validate.compiling import Compiled
from commons_graph.validate.paths import Sequence, follow, invert
from commons_graph.validate.query import Query
from commons_graph.validate.reach import Way, unbounded, ways
from commons_graph.validate.report import Report
from commons_graph.validate.run import encoded, report, run


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
    Shapes with SPARQL may look anywhere: all their focus nodes are affected by any change.
    """
    with encoded(connection, compiled, data):
        look(connection, compiled, changed, before)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {encode.relation(into)} AS SELECT subject FROM sh_again")
    return into


def update(
    connection: duckdb.DuckDBPyConnection, compiled: Compiled, old: Report, changed: str, data: str, before: str
) -> Report:
    """Give the report of all data as they are, looking again only at what a change can affect.

    `old` is the report of the triples `before`; the other parameters are those of `affected`.
    """
    with encoded(connection, compiled, data):
        look(connection, compiled, changed, before)
        connection.execute("CREATE OR REPLACE TEMP TABLE sh_scope AS SELECT focus FROM sh_again")
        run(connection, compiled, scoped=True)
        return merge(connection, old, report(connection, compiled), "sh_again")


def look(connection: duckdb.DuckDBPyConnection, compiled: Compiled, changed: str, before: str | None = None) -> None:
    """Make the table sh_again (subject, focus) of what changed entities can affect; the encoded data stay."""
    ours = encode.add_removed(connection, before, changed) if before is not None else None
    encode.scope(connection, changed)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE sh_again AS {_sql(compiled)}")
    if ours is not None:
        connection.execute(f"DELETE FROM sh_edge WHERE rowid >= {ours}")


def _sql(compiled: Compiled) -> str:
    query = Query()
    shapes = [shape for shape in compiled.shapes if not shape.deactivated]
    found = {way for shape in shapes for way in ways(shape)} - {()}
    start = query.add("changed", "SELECT focus, focus AS value FROM sh_scope")
    relations = [start, *(_back(query, way, start) for way in sorted(found, key=str))]
    parts = [f"SELECT value AS focus FROM {name}" for name in relations]
    anywhere = "WHERE EXISTS (SELECT 1 FROM sh_scope)"
    for shape in shapes:
        if unbounded(shape):
            parts.append(f"SELECT focus FROM {targets(query, shape.targets, False)} {anywhere}")
    union = query.add("union", " UNION ".join(parts))
    return query.render(
        f"SELECT sh_text(t.text, t.kind, t.datatype, t.lang) AS subject, u.focus "
        f"FROM {union} u JOIN sh_term t ON t.id = u.focus"
    )


def _back(query: Query, way: Way, start: str) -> str:
    path = invert(way[0] if len(way) == 1 else Sequence(way))
    return query.add("back", f"SELECT DISTINCT value FROM {follow(query, path, start)}")


def merge(connection: duckdb.DuckDBPyConnection, old: Report, new: Report, table: str = "affected") -> Report:
    """Give the report of all data: the old one's results outside a table of affected, and the new one's."""
    found = connection.execute(f"SELECT subject FROM {encode.relation(table)}").fetchall()
    again = {subject for (subject,) in found}
    kept = [row for row in old.rows if row.root not in again]
    return Report(tuple(sorted([*kept, *new.rows])), new.others, new.shapes)
