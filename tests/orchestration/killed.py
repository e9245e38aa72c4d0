"""A refresh that is killed (SIGKILL) at the moment it renames a file of a given name, in a process of its own.

Every stage finishes what it wrote by renaming it, so these are the moments between "not there" and "there". Processes
are forked from a server that has imported what a refresh needs, and has run nothing.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from pathlib import Path
from typing import Any

from commons_graph.commands import refresh
from commons_graph.project import Project

SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["commons_graph.orchestration.in_process"])


def killed(root: Path, ending: str) -> int | None:
    """Refresh a project in a process that is killed when it renames something to a name with this ending.

    Gives how the process ended.
    """
    process = SERVER.Process(target=_run, args=(root, ending))
    process.start()
    process.join()
    return process.exitcode


def _run(root: Path, ending: str) -> None:
    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "os.rename" and str(arguments[1]).endswith(ending):
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    refresh.run(Project(root, root / "warehouse"), [], None)
