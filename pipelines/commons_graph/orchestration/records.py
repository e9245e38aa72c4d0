"""Dagster's records of a run, in SQLite, without waiting for the disk at each event.

Dagster opens and closes a database for each event, and SQLite flushes the disk at each commit and at each last close:
some seven hundred times a run. What belongs here: how their connections behave while a run of the command line goes
on. What does not: what is recorded, and databases that are not SQLite. A power cut may cost the last events of such a
run; no database is damaged by it, since SQLite still flushes before it takes its log into the database.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

from sqlalchemy import event
from sqlalchemy.engine import Engine


@contextmanager
def held_open() -> Iterator[None]:
    """Inside, each SQLite database that SQLAlchemy opens stays open beside, and only its log is written at once."""
    held: dict[str, sqlite3.Connection] = {}

    def on_connect(connection: object, _: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.execute("PRAGMA synchronous = NORMAL")
            path = str(connection.execute("PRAGMA database_list").fetchone()[2])
            if path and path not in held:
                held[path] = _opened(path)

    event.listen(Engine, "connect", on_connect)
    try:
        yield
    finally:
        event.remove(Engine, "connect", on_connect)
        with ExitStack() as closed:
            for connection in held.values():
                closed.enter_context(closing(connection))


def _opened(path: str) -> sqlite3.Connection:
    """Open a database and read of it: only then is it in use, and another's close not the last one."""
    connection = sqlite3.connect(path, check_same_thread=False)
    connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    return connection
