"""Makes a folder once in a run of tests, however many processes run them: the first that needs it makes it.

What belongs here: who makes it, and that the others wait. What does not: what is in it. No test changes such a folder.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Give the folder of this name, made by `make` in an empty place; one that raised is made again by the next."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    with (base / f"{name}.lock").open("w") as lock:
        fcntl.lockf(lock, fcntl.LOCK_EX)
        whole = base / f"{name}.whole"
        if whole.exists():
            return Path(whole.read_text(encoding="utf-8"))
        folder = factory.mktemp(name)
        make(folder)
        whole.write_text(str(folder), encoding="utf-8")
        return folder
