"""Unpacks an answer's body as it comes: gzip and deflate, a piece of bounded size at a time, and only a whole one.

httpx takes a pack that is cut off for a whole one, and half a page for the page, where the server announced no length.
What does not belong here: how much is taken (`bounds`).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

import httpx

PACKINGS = ("", "identity", "gzip", "deflate")
"""Packed once, and at most a thousand to one."""
AT_ONCE = 1_000_000
GZIP, ZLIB, BARE = 31, zlib.MAX_WBITS, -zlib.MAX_WBITS


def unpacked(pieces: Iterable[bytes], packing: str) -> Iterator[bytes]:
    """Give a body unpacked, if only a part of no bytes, for each piece that comes; what follows the pack is dropped.

    Raises `httpx.RemoteProtocolError` when it is cut off, `httpx.DecodingError` when it is damaged.
    """
    if packing not in ("gzip", "deflate"):
        yield from pieces
        return
    unpacker = None
    for piece in pieces:
        unpacker = unpacker or zlib.decompressobj(GZIP if packing == "gzip" else _form(piece))
        yield from _all(unpacker, piece)
    if unpacker and not unpacker.eof:
        raise httpx.RemoteProtocolError("its packing is cut off")


def _all(unpacker: zlib._Decompress, piece: bytes) -> Iterator[bytes]:
    """Give what a piece unpacks to, so much at once; zlib may hold some back when it has taken the whole piece."""
    while True:
        try:
            part = b"" if unpacker.eof else unpacker.decompress(piece, AT_ONCE)
        except zlib.error as error:
            raise httpx.DecodingError("its packing is damaged") from error
        yield part
        piece = unpacker.unconsumed_tail
        if not piece and len(part) < AT_ONCE:
            return


def _form(piece: bytes) -> int:
    """Tell zlib's own form of deflate from the bare one, which some servers send, by its first two bytes."""
    return ZLIB if piece[:1] and piece[0] & 0x0F == 8 and int.from_bytes(piece[:2]) % 31 == 0 else BARE
