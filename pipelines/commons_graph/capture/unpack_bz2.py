"""Unpacks bzip2, one stream or many; many are unpacked several at a time, and come out in their order.

Dumps in many streams (Wikipedia's "multistream") pack a hundred pages each, so each fits into memory. A stream starts
with a fixed mark. The mark may stand inside a stream by chance: a stream that has not ended there goes on behind it.
What does not belong here: how much may come out (`unpack`).
"""

from __future__ import annotations

import bz2
import os
import re
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from commons_graph.errors import CommonsError

PIECE, LONG = 1 << 18, 1 << 22
"""Packed bytes that are read at once, and after which a stream's end is no longer waited for."""
MOST, AHEAD = 1 << 20, 1 << 24
"""Bytes that are unpacked at once, in order and ahead."""
START = re.compile(rb"BZh[1-9]1AY&SY")
MARK = 10
Read = Callable[[int], bytes]
Unpacked = tuple[bytes, bz2.BZ2Decompressor]


def pieces(read: Read, place: str) -> Iterator[bytes]:
    """Give what the streams hold, in pieces. Raises `CommonsError` when one is cut off or damaged."""
    streams, waiting = _Streams(), deque[tuple[bytes, Future[Unpacked] | None]]()
    workers = os.cpu_count() or 1
    try:
        with ThreadPoolExecutor(workers, "bzip2") as beside:
            for part, starts in parts(read):
                waiting.append((part, beside.submit(_unpack, part) if starts else None))
                if len(waiting) > workers:
                    yield from streams.take(*waiting.popleft())
            while waiting:
                yield from streams.take(*waiting.popleft())
    except (OSError, ValueError, EOFError) as error:
        raise CommonsError(place, "the packed file is damaged", "fetch it again") from error
    if streams.open:
        raise CommonsError(place, "the packed file is cut off", "fetch it again")


def parts(read: Read) -> Iterator[tuple[bytes, bool]]:
    """Cut a file at the marks of streams, and long streams anywhere; say of each part whether it begins with a mark."""
    held, seen, starts = b"", 1, True
    while piece := read(PIECE):
        held += piece
        while found := START.search(held, seen):
            if found.start():
                yield held[: found.start()], starts
            held, seen, starts = held[found.start() :], 1, True
        seen = max(len(held) - MARK + 1, 1 if starts else 0)
        if len(held) > LONG:
            yield held[:-MARK], starts
            held, seen, starts = held[-MARK:], 0, False
    if held:
        yield held, starts


def _unpack(part: bytes) -> Unpacked:
    unpacker = bz2.BZ2Decompressor()
    return unpacker.decompress(part, AHEAD), unpacker


@dataclass(slots=True)
class _Streams:
    """The stream that is being unpacked, if one is."""

    open: bz2.BZ2Decompressor | None = None

    def take(self, part: bytes, ahead: Future[Unpacked] | None) -> Iterator[bytes]:
        """Unpack a part, or take what was unpacked of it ahead, unless it only goes on with an open stream."""
        if self.open is None and ahead is not None:
            piece, self.open = ahead.result()
            part = b""
            yield piece
        while part or self.open:
            self.open = self.open or bz2.BZ2Decompressor()
            while not self.open.eof and (part or not self.open.needs_input):
                yield self.open.decompress(part, MOST)
                part = b""
            if not self.open.eof:
                return
            part, self.open = self.open.unused_data, None
