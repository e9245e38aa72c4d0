"""While a run writes its records, none of its databases is closed for the last time; afterwards all are, and whole."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import dagster as dg
import pytest
import sqlalchemy as sa
from made_project import opened
from sqlalchemy.pool import NullPool

from commons_graph.orchestration import records

KILLED = """
import os, signal, sys
import sqlalchemy as sa
from commons_graph.orchestration import records
with records.held_open():
    for number in range(2, 5):
        engine = sa.create_engine(f"sqlite:///{sys.argv[1]}", poolclass=sa.pool.NullPool)
        with engine.begin() as connection:
            connection.execute(sa.text("INSERT INTO event VALUES (:number)"), {"number": number})
    os.kill(os.getpid(), signal.SIGKILL)
"""


def wrote(path: Path, number: int, journal: str = "WAL") -> int:
    """Write a row as Dagster does, with a connection of its own; give how the database flushes the disk."""
    engine = sa.create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(sa.text(f"PRAGMA journal_mode = {journal}"))
        connection.execute(sa.text("CREATE TABLE IF NOT EXISTS event (number INTEGER)"))
        connection.execute(sa.text("INSERT INTO event VALUES (:number)"), {"number": number})
        return int(connection.execute(sa.text("PRAGMA synchronous")).scalar_one())


def numbers(path: Path) -> list[int]:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [row[0] for row in connection.execute("SELECT number FROM event ORDER BY 1")]


@contextmanager
def instance(folder: Path) -> Iterator[dg.DagsterInstance]:
    folder.mkdir(exist_ok=True)
    (folder / "dagster.yaml").write_text(
        f"storage: {{sqlite: {{base_dir: {folder}/storage}}}}\ntelemetry: {{enabled: false}}\n"
    )
    with dg.DagsterInstance.from_config(str(folder)) as made:
        yield made


@dg.op
def one() -> int:
    return 1


@dg.job
def runs_once() -> None:
    one()


def test_inside_events_stay_in_the_log_and_then_all_is_in_the_database(tmp_path: Path) -> None:
    path, log = tmp_path / "runs.db", tmp_path / "runs.db-wal"
    flushes = wrote(path, 1)
    assert not log.exists()
    with records.held_open():
        assert [wrote(path, 2), wrote(path, 3)] == [1, 1]
        assert log.stat().st_size
    assert not log.exists()
    assert wrote(path, 4) == flushes != 1
    assert numbers(path) == [1, 2, 3, 4]


def test_each_database_of_a_run_keeps_its_log_to_the_end_even_one_that_the_run_made(tmp_path: Path) -> None:
    with records.held_open(), instance(tmp_path / "home") as made:
        done = [runs_once.execute_in_process(instance=made) for _ in range(2)]
        databases = set((tmp_path / "home").rglob("*.db"))
        assert {path.stem for path in databases} >= {result.run_id for result in done} | {"index", "runs", "schedules"}
        assert [path for path in databases if not path.with_name(f"{path.name}-wal").exists()] == []
    assert [*(tmp_path / "home").rglob("*-wal")] == []
    assert opened(tmp_path) == set()
    with instance(tmp_path / "home") as again:
        for result in done:
            told = [
                record.event_log_entry.dagster_event_type for record in again.get_records_for_run(result.run_id).records
            ]
            assert [told[0], told[-1]] == [dg.DagsterEventType.RUN_START, dg.DagsterEventType.RUN_SUCCESS]


def test_a_database_without_a_log_flushes_as_ever(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    flushes = wrote(path, 1, "DELETE")
    with records.held_open():
        assert [wrote(path, 2, "DELETE"), wrote(path, 3, "DELETE")] == [flushes, flushes]
        assert opened(tmp_path) == set()


def test_many_runs_do_not_use_up_what_a_process_may_open(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number:02d}.db" for number in range(records.MOST + 3)]
    for path in paths:
        wrote(path, 1)
    with records.held_open():
        for path in paths:
            wrote(paths[0], 2)
            wrote(path, 2)
        held = {name for name in opened(tmp_path) if name.endswith(".db")}
        assert held == {path.name for path in (paths[0], *paths[1 - records.MOST :])}
    assert opened(tmp_path) == set()
    assert all(set(numbers(path)) == {1, 2} for path in paths)


def test_a_failing_run_leaves_nothing_open_and_other_connections_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    flushes = wrote(path, 1)
    with pytest.raises(ZeroDivisionError), records.held_open():
        wrote(path, 2)
        raise ZeroDivisionError
    assert opened(tmp_path) == set()
    assert wrote(path, 3) == flushes


def test_a_killed_run_loses_no_event(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    wrote(path, 1)
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert (tmp_path / "runs.db-wal").stat().st_size
    assert numbers(path) == [1, 2, 3, 4]
