"""Unpacks 7z with a program that does, since the format wants the whole file and we want no such code of our own.

What does not belong here: how much may come out (`unpack`).
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator

from commons_graph.errors import CommonsError

PROGRAMS = {"7zz": ("x", "-so", "-bd"), "7z": ("x", "-so", "-bd"), "7zr": ("x", "-so", "-bd"), "bsdtar": ("-xOf",)}
PIECE = 1 << 20


def pieces(read: Callable[[int], bytes], place: str) -> Iterator[bytes]:
    """Give what a 7z file holds, in pieces of at most 1 MB.

    Raises `CommonsError` when no program is here that unpacks it, and when the file is cut off or damaged.
    """
    program = next(filter(shutil.which, PROGRAMS), None)
    if program is None:
        raise CommonsError(place, "is packed as 7z, and nothing here unpacks that", "install 7zip, or fetch the .bz2")
    with tempfile.NamedTemporaryFile(prefix="commons-", suffix=".7z") as file:
        while piece := read(PIECE):
            file.write(piece)
        file.flush()
        yield from _run([program, *PROGRAMS[program], file.name], place)


def _run(command: list[str], place: str) -> Iterator[bytes]:
    # One of PROGRAMS, on a file of our own: nothing of it comes from outside.
    running = subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    with running:
        assert running.stdout is not None
        try:
            yield from iter(lambda: running.stdout.read(PIECE) if running.stdout else b"", b"")
        except GeneratorExit:
            running.kill()
            raise
        running.wait()
    if running.returncode:
        raise CommonsError(place, "the packed file is cut off or damaged", "fetch it again")
