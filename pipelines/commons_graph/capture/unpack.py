"""Gives the bytes of a plain or bzip2 file in pieces of bounded size, unpacking in a thread beside the parser.

What belongs here: bytes in, bytes out, and the notice that they end too early or never. What does not: what they say.
"""

from __future__ import annotations

import bz2
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO

from commons_graph.errors import CommonsError

PIECE = 1 << 18
AHEAD = 1 << 20
# Wikitext packs about four times, whole wikis of one template thirty times. A bomb packs a hundred thousand times.
LARGEST_RATIO = 200
FREE = 1 << 28


def pieces(stream: BinaryIO, place: str) -> Iterator[bytes]:
    """Give a file's content, unpacked where it is bzip2 (one stream or several), in pieces of about 1 MB.

    Raises `CommonsError`, after the pieces before it, when the file is cut off, damaged or a bomb.
    """
    first = stream.read(PIECE)
    source = _unpacked(first, stream, place) if first.startswith(b"BZh") else _plain(first, stream)
    with ThreadPoolExecutor(1, "unpack") as beside:
        coming = beside.submit(next, source, b"")
        while piece := coming.result():
            coming = beside.submit(next, source, b"")
            yield piece


def _plain(first: bytes, stream: BinaryIO) -> Iterator[bytes]:
    while first:
        yield first
        first = stream.read(AHEAD)


def _unpacked(packed: bytes, stream: BinaryIO, place: str) -> Iterator[bytes]:
    unpacker = bz2.BZ2Decompressor()
    read, given = len(packed), 0
    while packed or not unpacker.needs_input:
        try:
            piece = unpacker.decompress(packed, AHEAD)
        except (OSError, ValueError, EOFError) as error:
            raise CommonsError(place, "the packed file is damaged", "fetch it again") from error
        given += len(piece)
        if given > FREE + read * LARGEST_RATIO:
            raise CommonsError(place, "unpacks to far more than a wiki would", "check where the file comes from")
        if piece:
            yield piece
        if unpacker.eof:
            packed = unpacker.unused_data or stream.read(PIECE)
            read += 0 if unpacker.unused_data else len(packed)
            if not packed:
                return
            unpacker = bz2.BZ2Decompressor()
        else:
            packed = stream.read(PIECE) if unpacker.needs_input else b""
            read += len(packed)
    raise CommonsError(place, "the packed file is cut off", "fetch it again")
