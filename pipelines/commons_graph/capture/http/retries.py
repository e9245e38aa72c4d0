"""Which failures are asked again, how often and after how long: with jitter, or as long as the server says.

What does not belong here: the request itself.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TypeVar

import httpx
import stamina

T = TypeVar("T")
LONGEST_WAIT = 120.0
BUSY = frozenset({429, 500, 502, 503, 504})


class BusyError(Exception):
    """The server says that it cannot answer now; `wait` is how many seconds it asks for, if any."""

    def __init__(self, status: int, wait: float | None) -> None:
        super().__init__(f"answered {status}")
        self.status, self.wait = status, wait


def again(ask: Callable[[], T], attempts: int) -> T:
    """Ask until it works or the attempts are used up; then raise what came last (`httpx.HTTPError`, `BusyError`)."""
    for attempt in stamina.retry_context(_can_help, attempts, timeout=None, wait_initial=0.2, wait_max=20):
        with attempt:
            return ask()
    raise AssertionError("stamina raises the last error itself")


def _can_help(error: Exception) -> bool | timedelta:
    if isinstance(error, BusyError):
        return timedelta(seconds=error.wait) if error.wait is not None else True
    return isinstance(error, httpx.TransportError) and not isinstance(error, httpx.UnsupportedProtocol)


def told_wait(header: str) -> float | None:
    """Give the seconds that a Retry-After header asks for, as a number or a date; None without one.

    >>> told_wait("7"), told_wait("999999"), told_wait("soon")
    (7.0, 120.0, None)
    """
    if header.isascii() and header.isdigit():
        return min(float(header[:9]), LONGEST_WAIT)
    try:
        seconds = (parsedate_to_datetime(header).astimezone(UTC) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(seconds, 0.0), LONGEST_WAIT)
