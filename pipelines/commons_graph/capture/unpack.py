"""Gives the bytes of a plain or packed file in pieces of bounded size, unpacking in a thread beside the parser.

What belongs here: which way a file is packed, by its first bytes, and the bounds on what comes out. What does not: the
ways of unpacking (`unpack_bz2`, `unpack_7z`), and what the bytes say.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO, cast

import pyarrow as pa

from commons_graph.capture import unpack_7z, unpack_bz2
from commons_graph.capture.unpack_bz2 import PIECE
from commons_graph.errors import CommonsError

AHEAD = 1 << 20
# Wikitext packs about four times, whole wikis of one template thirty times. A bomb packs a hundred thousand times.
LARGEST_RATIO = 200
FREE = 1 << 28
BZIP2, ZSTANDARD, SEVEN = b"BZh", b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf\x27\x1c"


def pieces(stream: BinaryIO, place: str) -> Iterator[bytes]:
    """Give a file's content, unpacked where it is bzip2, Zstandard or 7z, in pieces of about 1 MB.

    Raises `CommonsError`, after the pieces before it, when the file is cut off, damaged or a bomb, or when it is 7z
    and no program unpacks that here.
    """
    counted = _Counted(stream)
    source = _bounded(_content(counted, place), counted, place)
    with ThreadPoolExecutor(1, "unpack") as beside:
        coming = beside.submit(next, source, b"")
        while piece := coming.result():
            coming = beside.submit(next, source, b"")
            yield piece


class _Counted:
    """A stream that counts what was read of it, and lets its first bytes be looked at."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.size, self.closed = stream, 0, False
        self.first = stream.read(PIECE)

    def read(self, size: int = AHEAD) -> bytes:
        """Give up to that many bytes."""
        if self.first:
            found, self.first = self.first[:size], self.first[size:]
        else:
            found = self.stream.read(size)
        self.size += len(found)
        return found

    def close(self) -> None:
        """Do nothing: who opened the stream closes it."""


def _content(counted: _Counted, place: str) -> Iterator[bytes]:
    if counted.first.startswith(BZIP2):
        return unpack_bz2.pieces(counted.read, place)
    if counted.first.startswith(ZSTANDARD):
        return _zstandard(counted, place)
    if counted.first.startswith(SEVEN):
        return unpack_7z.pieces(counted.read, place)
    return iter(counted.read, b"")


def _zstandard(counted: _Counted, place: str) -> Iterator[bytes]:
    try:
        unpacked = pa.CompressedInputStream(pa.PythonFile(cast(BinaryIO, counted), mode="r"), "zstd")
        yield from iter(lambda: unpacked.read(AHEAD), b"")
    except OSError as error:
        cut = "Truncated" in str(error)
        raise CommonsError(place, f"the packed file is {'cut off' if cut else 'damaged'}", "fetch it again") from error


def _bounded(content: Iterator[bytes], counted: _Counted, place: str) -> Iterator[bytes]:
    given = 0
    for piece in content:
        given += len(piece)
        if given > FREE + counted.size * LARGEST_RATIO:
            raise CommonsError(place, "unpacks to far more than a wiki would", "check where the file comes from")
        if piece:
            yield piece
