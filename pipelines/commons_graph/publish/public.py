"""The public copy of the warehouse: the only thing that all files of a release are made from.

What belongs here: choosing what may be published. What does not: writing files.
Tables are made anew from what may be shown rather than copied and then cleared: deleted rows stay readable in a
database file, and what is not in this copy cannot get into any file of the release.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from commons_graph.publish.iris import collect_bad
from commons_graph.publish.sql import HERE, quoted, script


@dataclass(frozen=True, slots=True)
class Refused:
    """Triples of the warehouse that are not published, by reason, and the number of IRIs that are none."""

    triples: dict[str, int] = field(default_factory=dict)
    iris: int = 0


def make(connection: duckdb.DuckDBPyConnection, path: Path) -> Refused:
    """Write the public copy of the warehouse open in `connection` to a new DuckDB file; give what was left out.

    Raises `duckdb.Error` when the tables of the warehouse are not there or the file exists already with tables.
    """
    _stand_in_for_unpublished(connection)
    bad = collect_bad(connection)
    connection.execute(f"ATTACH {quoted(str(path))} AS public_copy (READ_WRITE)")
    try:
        script(connection, HERE / "public.sql")
        counts = connection.execute("SELECT reason, count(*) FROM refused GROUP BY ALL ORDER BY ALL").fetchall()
    finally:
        connection.execute("DETACH public_copy")
    return Refused(dict(counts), bad)


def _stand_in_for_unpublished(connection: duckdb.DuckDBPyConnection) -> None:
    found = connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'unpublished'").fetchone()
    source = "FROM unpublished SELECT statement_id" if found else "SELECT '' AS statement_id WHERE false"
    connection.execute(f"CREATE OR REPLACE TEMP VIEW held_back AS {source} UNION FROM quarantine SELECT statement_id")
