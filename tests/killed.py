"""Runs something in a process of its own that is killed (SIGKILL) at a moment: nothing is caught, nothing tidied up.

What belongs here: the process and its moment. What does not: what runs, and what must be whole afterwards; the server
that processes are forked from (`forked`).
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forked import SERVER

Event = Callable[[str, tuple[Any, ...]], bool]


@dataclass(frozen=True, slots=True)
class Renamed:
    """The first time that something gets a name with this ending."""

    ending: str

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> bool:
        return event == "os.rename" and str(arguments[1]).endswith(self.ending)


@dataclass(slots=True)
class Written:
    """The n-th file that is opened for writing below a folder, or moved or removed anywhere."""

    number: int
    folder: Path

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> bool:
        writes = event == "open" and str(arguments[0]).startswith(str(self.folder)) and arguments[2] & os.O_WRONLY
        if not writes and event not in ("os.rename", "os.remove"):
            return False
        self.number -= 1
        return not self.number


def killed(at: Event, run: Callable[[], object]) -> bool:
    """Run something until then; tell whether it was killed, and did not come to its end before."""
    process = SERVER.Process(target=_run, args=(at, run))
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def _run(at: Event, run: Callable[[], object]) -> None:
    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if at(event, arguments):
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    run()
