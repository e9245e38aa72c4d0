"""One writer at a time: a lock on the warehouse folder that a refresh holds, from the command line or from Dagster.

The system lets go of the lock when its process ends, however it ends, so that a killed run blocks nobody. Dagster's
limits hold between its own runs only, and a run of the command line is none of them until it starts.
What does not belong here: what is done under the lock.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from commons_graph.errors import CommonsError
from commons_graph.project import Project

NAME = ".writer"


@contextmanager
def alone(project: Project, *, wait: bool) -> Iterator[None]:
    """Hold the lock of a project's warehouse. Where another process has it: wait for it, or raise `CommonsError`.

    Raises `CommonsError` too where the folder cannot be written.
    """
    with _opened(project.warehouse_dir) as file:
        _take(file, wait)
        file.truncate(0)
        file.write(f"process {os.getpid()}, since {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
        file.flush()
        yield


def is_held(project: Project) -> bool:
    """Say whether another process holds the lock. A process that holds it itself must not ask: that would let it go."""
    path = project.warehouse_dir / NAME
    if not path.exists():
        return False
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _opened(folder: Path) -> TextIO:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return (folder / NAME).open("a+", encoding="utf-8")
    except OSError as error:
        remedy = "check whose the folder is, and that its disk may be written"
        raise CommonsError(str(folder), f"cannot be written ({error.strerror})", remedy) from error


def _take(file: TextIO, wait: bool) -> None:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        who = file.read(100).strip() or "another process"
        raise CommonsError(
            "refresh", f"another one is running ({who})", "wait until it has ended, then start again"
        ) from None
