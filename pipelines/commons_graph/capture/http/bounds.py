"""How much of an answer is taken: its unpacked size, its whole time, its redirects.

What does not belong here: repeating a request (`retries`).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import httpx

from commons_graph.capture.http import deadline, packing
from commons_graph.errors import CommonsError


class TooLargeError(CommonsError):
    """An answer is larger than is taken; one to a smaller question may not be."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest unpacked body in bytes, the seconds for one whole answer, the number of redirects."""

    size: int = 20_000_000
    seconds: float = 60.0
    redirects: int = 5

    @property
    def silence(self) -> float:
        """The seconds in which nothing at all may come: twenty, or a third of the whole time where that is longer."""
        return max(min(20.0, self.seconds), self.seconds / 3)


def body(response: httpx.Response, limits: Limits, began: float) -> bytes:
    """Read an answer's body, unpacked. Raises `CommonsError` when it is too large, too slow or oddly packed."""
    return b"".join(pieces(response, limits, began))


def pieces(response: httpx.Response, limits: Limits, began: float, had: int = 0) -> Iterator[bytes]:
    """Give an answer's body, unpacked, as it comes; `had` are the bytes of it that an earlier try brought.

    Raises `CommonsError` when it is too large, too slow or oddly packed.
    """
    address = str(response.url)
    packed = response.headers.get("content-encoding", "").strip().lower()
    if packed not in packing.PACKINGS:
        raise CommonsError(address, f"is packed as {packed[:40]!r}, which was not asked for", "tell the site")
    length = response.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and (len(length) > 12 or int(length) > limits.size - had):
        raise _too_large(address, limits)
    total = had
    for piece in packing.unpacked(response.iter_raw(), packed):
        total += len(piece)
        if total > limits.size:
            raise _too_large(address, limits)
        if time.monotonic() - began > limits.seconds:
            raise deadline.late(address, limits.seconds)
        yield piece


def _too_large(address: str, limits: Limits) -> TooLargeError:
    return TooLargeError(address, f"is larger than {limits.size} bytes", "leave it out, or raise `options.megabytes`")
