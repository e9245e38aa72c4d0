"""Dagster's records of a run, in SQLite, without waiting for the disk at each event.

Dagster opens and closes a database for each event, and SQLite flushes the disk at each commit and at each last close:
some seven hundred times a run. What belongs here: how their connections behave while a run of the command line goes
on. What does not: what is recorded, and databases that are not SQLite or keep no write-ahead log.

With such a log, `synchronous = NORMAL` flushes when the log is taken into the database. That is safe: a power cut may
take the last events of a run, but damages no database; a killed process loses nothing
(<https://www.sqlite.org/pragma.html#pragma_synchronous>). Without one it is not, and so such a database is left alone.
No SQLite connection may be taken through a fork: workers are spawned (`buckets`), other programs are executed anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from threading import Lock

from sqlalchemy import event
from sqlalchemy.engine import Engine

MOST = 8
"""Databases held open at once: three serve all runs, each run has one of its own, and each takes three open files."""


@contextmanager
def held_open() -> Iterator[None]:
    """Inside, SQLite databases with a log that SQLAlchemy opens stay open beside, and their log is not flushed."""
    held = _Held()
    event.listen(Engine, "connect", held.on_connect)
    try:
        yield
    finally:
        event.remove(Engine, "connect", held.on_connect)
        held.close()


class _Held:
    """The connections held, the one that was asked for longest ago first."""

    def __init__(self) -> None:
        self._connections: dict[str, sqlite3.Connection] = {}
        self._alone = Lock()

    def on_connect(self, connection: object, _: object) -> None:
        """Have a new connection not wait for the disk, where its database has a log; and hold that database."""
        if isinstance(connection, sqlite3.Connection) and _value(connection, "journal_mode") == "wal":
            connection.execute("PRAGMA synchronous = NORMAL")
            if path := _value(connection, "database_list", 2):
                self._hold(path)

    def close(self) -> None:
        """Close all, also when one cannot be: then its log is taken into the database."""
        with ExitStack() as closed:
            for connection in self._connections.values():
                closed.enter_context(closing(connection))

    def _hold(self, path: str) -> None:
        with self._alone:
            held = self._connections.pop(path) if path in self._connections else _opened(path)
            self._connections[path] = held
            if len(self._connections) > MOST:
                self._connections.pop(next(iter(self._connections))).close()


def _value(connection: sqlite3.Connection, pragma: str, column: int = 0) -> str:
    return str(connection.execute(f"PRAGMA {pragma}").fetchone()[column])


def _opened(path: str) -> sqlite3.Connection:
    """Open a database and read of it: only then is it in use, and another's close not the last one.

    That holds only for one that has its log already: Dagster gives a new one its log after the first connection.
    """
    connection = sqlite3.connect(path, check_same_thread=False)
    connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    return connection
