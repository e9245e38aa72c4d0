"""Runs a refresh and kills it (SIGKILL) at the moment it renames a file of a given name: not a test, run by one.

    killed.py PROJECT          a refresh to its end; prints one line a rename
    killed.py PROJECT NAME N   killed at the N-th rename whose target ends with NAME

Every stage finishes what it wrote by renaming it, so these are the moments between "not there" and "there".
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from commons_graph.commands import refresh
from commons_graph.project import Project

seen = 0


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Count renames; kill this process at the one that was asked for."""
    global seen
    if event != "os.rename":
        return
    target = str(arguments[1])
    if len(sys.argv) == 2:
        print("RENAMED", target, flush=True)
    elif target.endswith(sys.argv[2]):
        seen += 1
        if seen == int(sys.argv[3]):
            os.kill(os.getpid(), signal.SIGKILL)


sys.addaudithook(watch)
root = Path(sys.argv[1])
sys.exit(refresh.run(Project(root, root / "warehouse"), [], None))
