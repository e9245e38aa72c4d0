"""What changed between two releases.

What belongs here: the lines that came and went between two sorted N-Triples files. What does not: what they mean.
Both files are sorted by bytes, so one pass over the two is enough, exact, and needs no memory.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Difference:
    """How many triples came and went."""

    added: int
    removed: int


def write_difference(old: Path | None, new: Path, added: Path, removed: Path) -> Difference:
    """Write the lines of `new` that are not in `old` to `added` and the reverse to `removed`; count both.

    Without `old` everything was added: `added` is `new`, as a second name of the same file where that can be, which
    takes no place.
    """
    if old is None:
        removed.touch()
        _name_again(new, added)
        with new.open("rb") as lines:
            return Difference(sum(1 for _ in lines), 0)
    with old.open("rb") as before, new.open("rb") as after, added.open("wb") as more, removed.open("wb") as less:
        return _merge(before, after, more, less)


def apply(before: Iterable[bytes], added: Iterable[bytes], removed: Iterable[bytes]) -> list[bytes]:
    """Give the lines of a graph after a difference: what a consumer of added.nt and removed.nt does."""
    return sorted((set(before) - set(removed)) | set(added))


def _name_again(path: Path, name: Path) -> None:
    try:
        name.hardlink_to(path)
    except OSError:  # not every file system has links
        shutil.copyfile(path, name)


def _merge(before: BinaryIO, after: BinaryIO, more: BinaryIO, less: BinaryIO) -> Difference:
    added = removed = 0
    old, new = before.readline(), after.readline()
    while old or new:
        if old == new:
            old, new = before.readline(), after.readline()
        elif new and (not old or new < old):
            more.write(new)
            added, new = added + 1, after.readline()
        else:
            less.write(old)
            removed, old = removed + 1, before.readline()
    return Difference(added, removed)
