"""What provenance.nt says that the one of the release before did not, and the reverse, without reading either.

What belongs here: finding that in the two public copies. What does not: the lines themselves (`ntriples` and its SQL),
and what is made of them (`patch`, `store_next`).
"""

# ruff: noqa: S608  # SQL is put together here from our own files and names

from __future__ import annotations

from pathlib import Path

import duckdb

from commons_graph.publish.sql import HERE, copy, define_terms, quoted, read, script
from commons_graph.warehouse import QUIET

COPIES = ("now", "old")
TABLES = ("statement", "document", "source")
SMALL = ("source", "extractor", "document")
MOST = 0.1
"""Where a larger share of the statements changed, to make everything anew is as quick."""
BLOCKS = """
SELECT statement_id, coalesce(line || chr(10), '') FROM changed_statement
LEFT JOIN (SELECT line, split_part(split_part(line, '> ', 1), '/', -1) AS statement_id FROM now_statement)
USING (statement_id) ORDER BY statement_id
"""


def write_changes(now: Path, old: Path, added: Path, removed: Path) -> dict[str, bytes] | None:
    """Write the lines that the public copy `now` has more than `old` to `added`, the reverse to `removed`; unordered.

    Gives the new lines of each statement that changed, b"" where it is gone; in the order of identifiers. Such a
    statement comes and goes with all its lines. Gives None, and writes nothing, where too much changed.
    """
    with duckdb.connect(config={"memory_limit": "1GB", "threads": 2}) as connection:
        connection.execute(QUIET)
        define_terms(connection)
        for name, path in zip(COPIES, (now, old), strict=True):
            connection.execute(f"ATTACH {quoted(str(path))} AS {name} (READ_ONLY)")
        script(connection, HERE / "provenance_changed.sql")
        if _count(connection, "unlike") or _share(connection) > MOST:
            return None
        for name in COPIES:
            _render(connection, name)
        for path, ours, theirs in ((added, "now", "old"), (removed, "old", "now")):
            copy(connection, f"FROM {ours}_statement UNION ALL (FROM {ours}_small EXCEPT FROM {theirs}_small)", path)
        return {key: str(lines).encode() for key, lines in connection.execute(BLOCKS).fetchall()}


def _render(connection: duckdb.DuckDBPyConnection, place: str) -> None:
    """Make the tables `<place>_statement` and `<place>_small` of lines, the tables of that copy standing as views."""
    for table in TABLES:
        connection.execute(f"CREATE OR REPLACE VIEW {table} AS FROM {place}.{table}")
    small = " UNION ALL ".join(f"SELECT lines FROM ({read(f'provenance_{part}.sql')}) AS t(lines)" for part in SMALL)
    split = f"SELECT DISTINCT unnest(string_split(lines, chr(10))) AS line FROM ({small})"
    connection.execute(f"CREATE TABLE {place}_small AS {split}")
    few = f"FROM {place}.statement SEMI JOIN changed_statement USING (statement_id)"
    connection.execute(f"CREATE OR REPLACE VIEW statement AS {few}")
    lines = f"SELECT line FROM ({read('provenance_statement.sql')}) AS t(line)"
    connection.execute(f"CREATE TABLE {place}_statement AS {lines}")


def _share(connection: duckdb.DuckDBPyConnection) -> float:
    return _count(connection, "changed_statement") / max(_count(connection, "old.statement"), 1)


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])
