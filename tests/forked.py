"""Runs the command line in a process of its own, as a person meets it, without the second that its imports take.

Processes are forked from a server that has imported what runs and has run nothing. It has one thread, since a fork
leaves locked what the others held at that moment: Arrow's jemalloc would start one that tidies up. What belongs here:
the server and the command. What does not: that imports are as few as they should be (tests/test_cli.py asks a Python
of its own).
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from multiprocessing import forkserver
from pathlib import Path

ROOT = Path(__file__).parents[1]
os.environ["JE_ARROW_MALLOC_CONF"] = "background_thread:false"
SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(
    [
        "commons_graph.orchestration.in_process",
        "commons_graph.capture.live.keeping",
        "commons_graph.commands.extract",
        "commons_graph.commands.query",
        "commons_graph.commands.validate",
    ]
)


def commons(*arguments: str, cwd: Path = ROOT, columns: int = 200) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    with tempfile.TemporaryDirectory() as folder:
        out, error = Path(folder, "out"), Path(folder, "error")
        environment = os.environ | {"COLUMNS": str(columns)}
        process = SERVER.Process(target=_run, args=(arguments, cwd, environment, out, error))
        process.start()
        process.join()
        code = process.exitcode or 0
        return subprocess.CompletedProcess(arguments, code, out.read_text("utf-8"), error.read_text("utf-8"))


def threads_of_the_server() -> int:
    """Give how many threads the server has once it has forked."""
    commons("--version")
    server = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]  # nothing public tells it
    return len(list(Path(f"/proc/{server}/task").iterdir()))


def _run(arguments: tuple[str, ...], cwd: Path, environment: Mapping[str, str], out: Path, error: Path) -> None:
    from commons_graph.cli import main

    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["commons", *arguments]
    for number, path in ((1, out), (2, error)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), number)
    main()
