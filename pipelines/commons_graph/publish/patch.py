"""A file of sorted lines made from the one before: the same bytes, but for blocks of lines that changed.

What belongs here: finding the blocks and copying what lies between. What does not: what changed.
A block is all lines that begin with one text. To find a block in a sorted file takes some thirty looks, so of gigabytes
only what changed is read as lines.
"""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path


def write_patched(old: Path, new: Path, section: bytes, blocks: Iterable[tuple[bytes, bytes]]) -> None:
    """Write the lines of `old` that begin with `section` to `new`, with other blocks: (how its lines begin, its lines).

    Those lines come first in `old`, and the blocks are in their order. A block that `old` has not is put in, one
    without new lines is left out.
    """
    with old.open("rb") as file, new.open("wb") as out:
        if not old.stat().st_size:
            out.writelines(lines for _, lines in blocks)
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as held, memoryview(held) as view:
            done, last = 0, _first(held, 0, len(held), partial(_is_behind, section))
            for begin, lines in blocks:
                start = _first(held, done, last, begin.__le__)
                out.write(view[done:start])
                out.write(lines)
                done = _first(held, start, last, partial(_is_behind, begin))
            out.write(view[done:last])


def _is_behind(begin: bytes, line: bytes) -> bool:
    return not line.startswith(begin)


def _first(held: mmap.mmap, low: int, high: int, holds: Callable[[bytes], bool]) -> int:
    """Give where the first line between two places begins of which something holds, as of all after it; else `high`."""
    while low < high:
        middle = held.rfind(b"\n", low, (low + high) // 2) + 1 or low
        after = held.find(b"\n", middle, high) + 1 or high
        if holds(held[middle:after]):
            high = middle
        else:
            low = after
    return low
