# ruff: noqa: S608  # SQL is put together here from names that the compiler made and terms that `quote` wrote

"""Statements that share parts, each shared part made once.

What belongs here: which parts are worth a table, and for how long. What does not: what parts mean. The focus nodes of
a shape, and the values of a property on them, are such parts: several constraints look at them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Sequence

import duckdb

from commons_graph.validate.query import Query


def statements(connection: duckdb.DuckDBPyConnection, query: Query, finals: Sequence[str]) -> Generator[str]:
    """Give the whole statement of each final SELECT in turn, to be run before the next is asked for.

    What more than one of them needs is a temporary table from the first that needs it to the last.
    """
    kept = _kept(query, finals)
    needs = [[part.name for part in query.needed(final) if part.name in kept] for final in finals]
    last = {name: at for at, names in enumerate(needs) for name in names}
    made: set[str] = set()
    try:
        for at, final in enumerate(finals):
            for name in needs[at]:
                if name not in made:
                    _make(connection, query, name, kept)
                    made.add(name)
            yield query.render(final, kept)
            done = {name for name in made if last[name] == at}
            _drop(connection, done)
            made -= done
    finally:
        _drop(connection, made)


def _kept(query: Query, finals: Sequence[str]) -> set[str]:
    """Give the parts that would be evaluated more than once if each statement had its own."""
    times: Counter[str] = Counter(part.name for final in finals for part in query.named(final))
    kept: set[str] = set()
    for part in reversed(query.parts):
        if times[part.name] > 1 and not part.plain:
            kept.add(part.name)
        for inner in query.named(part.sql):
            if inner is not part:
                times[inner.name] += 1 if part.name in kept else times[part.name]
    return kept


def _make(connection: duckdb.DuckDBPyConnection, query: Query, name: str, kept: set[str]) -> None:
    sql = query.render(f"SELECT * FROM {name}", kept - {name})
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}")


def _drop(connection: duckdb.DuckDBPyConnection, names: set[str]) -> None:
    for name in names:
        connection.execute(f"DROP TABLE IF EXISTS {name}")
