"""The public tables as Parquet, for notebooks.

What belongs here: one file a table. What does not: choosing what is public (`public`).
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from commons_graph.publish.sql import quoted

TABLES = ("document", "entity", "redirect", "source", "statement", "triple")


def write_parquet(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write each public table to `<folder>/<table>.parquet`."""
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        target = quoted(str(folder / f"{table}.parquet"))
        connection.execute(f"COPY (FROM {table}) TO {target} (FORMAT parquet, COMPRESSION zstd)")
