"""Until when a whole answer must have come, watched where its bytes come in.

A server may drip headers, interim answers (103) or the signs around chunks for days: each single read of them is quick,
and nobody is given a piece of a body at which to look at the clock. What belongs here: the clock of each question, and
the connections that heed it. What does not: how much may come (`bounds`), where to connect to (`reach`).
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import httpcore

from commons_graph.errors import CommonsError


@dataclass(slots=True)
class _Deadline:
    """When a question is over; `heard` is whether anything was answered: who says nothing is silent, not late."""

    address: str
    seconds: float
    end: float
    heard: bool = False


_CURRENT: ContextVar[_Deadline | None] = ContextVar("deadline", default=None)


@contextmanager
def within(address: str, seconds: float) -> Iterator[None]:
    """Let what this thread reads meanwhile raise `CommonsError` when it takes longer."""
    token = _CURRENT.set(_Deadline(address, seconds, time.monotonic() + seconds))
    try:
        yield
    finally:
        _CURRENT.reset(token)


def left(otherwise: float | None = None) -> float | None:
    """Give the seconds that a read may take: what is left, or what is given where that is less.

    Raises `CommonsError` where nothing is left.
    """
    current = _CURRENT.get()
    if current is None:
        return otherwise
    rest = current.end - time.monotonic()
    if rest <= 0:
        raise late(current.address, current.seconds)
    return rest if otherwise is None else min(rest, otherwise)


def late(address: str, seconds: float) -> CommonsError:
    """Give the error of an answer that took too long."""
    return CommonsError(address, f"took more than {seconds:g} s to answer", "try again, or raise `options.seconds`")


class Watched(httpcore.NetworkStream):
    """A connection whose reads end when the question's time is over."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        current = _CURRENT.get()
        try:
            read = self._stream.read(max_bytes, left(timeout))
        except httpcore.ReadTimeout:
            if current is not None and current.heard:
                left()
            raise
        if current is not None:
            current.heard = True
        return read

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return Watched(self._stream.start_tls(ssl_context, server_hostname, left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
