"""The .gz of a file, in pieces, so that what did not change is taken packed from the .gz of a file before.

What belongs here: cutting a file into pieces, packing them, finding those of the file before. What does not: which
files are packed (`files`), and whether what is on the disk can be trusted (`before`).

Each piece is compressed by itself, and what is between them shows where one ends: so a .gz is its pieces one after the
other, and yet one member, as every reader of gzip takes it (of several, some programs read the first only). Where a
piece ends is decided by its own bytes, never by what was before: the same file is cut alike however it was made, and
soon behind a change the pieces are those of the file before again.
"""

from __future__ import annotations

import mmap
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeAlias

Known: TypeAlias = Callable[[bytes], bytes]
"""Gives a piece packed where the file before has it, else b""."""
CUT = b"7e"
"""Pieces end with a line that holds this: both kinds of our identifiers do at random, one of ten or of eighty."""
# With level 1, pieces of this size would pack 4 % worse than a whole file; with 2 they pack as well, as quickly.
LEVEL = 2
READ = 1 << 20
BEGIN = 200
"""By how many bytes at its beginning, and its size, a piece is looked for before it is compared."""
# RFC 1952: deflate, no flags, no date, an unknown system.
HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
# Two empty blocks that are stored. The first ends what zlib flushes; no zlib writes the second, and text holds no such
# bytes (0xff is none of UTF-8) that could stand there as they are.
EMPTY = b"\0\0\0\xff\xff"
BETWEEN = EMPTY[1:] + EMPTY
# An empty block that is the last.
LAST = b"\x03\0"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many bytes a piece has: after so many its end is looked for; so many it has at the most."""

    least: int = 1 << 16
    most: int = 1 << 18


USUAL = Sizes()


def write_packed(plain: Path, packed: Path, before: tuple[Path, Path] | None = None, sizes: Sizes = USUAL) -> None:
    """Pack a file; `before` is an older one and its .gz, as this function wrote it. Gives the same bytes without."""
    crc = size = 0
    with ExitStack() as opened:
        known = _nothing if before is None else _known(*before, sizes, opened)
        file, out = opened.enter_context(plain.open("rb")), opened.enter_context(packed.open("wb"))
        out.write(HEAD)
        for piece in _pieces(file, sizes):
            out.write(known(piece) or _packed(piece))
            crc, size = zlib.crc32(piece, crc), size + len(piece)
        out.write(LAST + crc.to_bytes(4, "little") + (size & 0xFFFFFFFF).to_bytes(4, "little"))


def _pieces(file: BinaryIO, sizes: Sizes) -> Iterator[bytes]:
    held, more = file.read(READ), True
    while held:
        at = 0
        while len(held) - at >= sizes.most or (not more and at < len(held)):
            end = _end(held, at, sizes)
            yield held[at:end]
            at = end
        following = file.read(READ) if more else b""
        held, more = held[at:] + following, bool(following)


def _end(held: bytes, at: int, sizes: Sizes) -> int:
    stop = min(at + sizes.most, len(held))
    found = held.find(CUT, at + sizes.least, stop)
    return (held.find(b"\n", found, stop) + 1 if found >= 0 else 0) or stop


def _packed(piece: bytes) -> bytes:
    packing = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packing.compress(piece) + packing.flush(zlib.Z_SYNC_FLUSH) + EMPTY


def _nothing(piece: bytes) -> bytes:
    return b""


def _known(old: Path, old_packed: Path, sizes: Sizes, opened: ExitStack) -> Known:
    """Look up pieces in a file before. They are compared whole: a checksum of 32 bits may be that of another one."""
    plain, file = opened.enter_context(old.open("rb")), opened.enter_context(old_packed.open("rb"))
    packed = opened.enter_context(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    places: dict[tuple[int, bytes], tuple[int, int, int]] = {}
    at, start = 0, len(HEAD)
    for piece in _pieces(plain, sizes):
        end = packed.find(BETWEEN, start) + len(BETWEEN)
        places[len(piece), piece[:BEGIN]] = at, start, end
        at, start = at + len(piece), end
    if packed[start : start + len(LAST)] != LAST or start + len(LAST) + 8 != len(packed):
        return _nothing  # the bytes of BETWEEN stand elsewhere too

    def known(piece: bytes) -> bytes:
        at, start, end = places.get((len(piece), piece[:BEGIN]), (0, 0, 0))
        return packed[start:end] if end and os.pread(plain.fileno(), len(piece), at) == piece else b""

    return known
