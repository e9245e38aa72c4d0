"""While a run writes its records, none of its databases is closed for the last time; afterwards all are, and whole."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from commons_graph.orchestration import records


def wrote(path: Path, number: int) -> int:
    """Write a row as Dagster does, with a connection of its own; give how the database flushes the disk."""
    engine = sa.create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(sa.text("PRAGMA journal_mode = WAL"))
        connection.execute(sa.text("CREATE TABLE IF NOT EXISTS event (number INTEGER)"))
        connection.execute(sa.text("INSERT INTO event VALUES (:number)"), {"number": number})
        return int(connection.execute(sa.text("PRAGMA synchronous")).scalar_one())


def test_inside_events_stay_in_the_log_and_then_all_is_in_the_database(tmp_path: Path) -> None:
    path, log = tmp_path / "runs.db", tmp_path / "runs.db-wal"
    flushes = wrote(path, 1)
    assert not log.exists()
    with records.held_open():
        assert [wrote(path, 2), wrote(path, 3)] == [1, 1]
        assert log.stat().st_size
    assert not log.exists()
    assert wrote(path, 4) == flushes != 1
    with sa.create_engine(f"sqlite:///{path}").connect() as connection:
        assert [row[0] for row in connection.execute(sa.text("SELECT number FROM event ORDER BY 1"))] == [1, 2, 3, 4]
