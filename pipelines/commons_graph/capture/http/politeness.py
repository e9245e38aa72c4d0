"""Manners: what robots.txt allows, one request at a time for each host, and a pause between two.

robots.txt follows RFC 9309: 4xx allows all, 5xx and no answer forbid all. What does not belong here: the requests.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from urllib.parse import urlsplit

from protego import Protego

from commons_graph.errors import CommonsError

LARGEST = 500_000
LONGEST_PAUSE = 60.0
Fetch = Callable[[str], tuple[int, bytes]]


class ForbiddenError(CommonsError):
    """The site's robots.txt does not let us read an address: no failure, but its wish."""


@dataclass(slots=True)
class _Host:
    lock: Lock = field(default_factory=Lock)
    asking: Lock = field(default_factory=Lock)
    rules: Protego | None = None
    silent: bool = False
    last: float = 0.0


class Politeness:
    """Knows the rules of each host. `fetch` gives status and body of a robots.txt; status 0 means no answer."""

    def __init__(self, agent: str, pause: float, fetch: Fetch) -> None:
        self._agent, self._pause, self._fetch = agent, pause, fetch
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)
        self._lock = Lock()

    def allows(self, address: str) -> bool:
        """Say whether the host's robots.txt lets us read an address."""
        return bool(self._rule(address).can_fetch(address, self._agent))

    def is_silent(self, address: str) -> bool:
        """Say whether the host's robots.txt could not be had, which is why nothing is allowed."""
        self._rule(address)
        return self._host(address).silent

    @contextmanager
    def turn(self, address: str, robots: bool = True) -> Iterator[None]:
        """Wait for the host to be free and rested, and hold it for one request."""
        delay = self._rule(address).crawl_delay(self._agent) if robots else None
        pause = min(max(self._pause, float(delay or 0)), LONGEST_PAUSE)
        host = self._host(address)
        with host.lock:
            rest = host.last + pause - time.monotonic()
            if host.last and rest > 0:
                time.sleep(rest)
            try:
                yield
            finally:
                host.last = time.monotonic()

    def _host(self, address: str) -> _Host:
        with self._lock:
            return self._hosts[_origin(address)]

    def _rule(self, address: str) -> Protego:
        host = self._host(address)
        with host.asking:
            if host.rules is None:
                status, body = self._fetch(f"{_origin(address)}/robots.txt")
                host.silent = not (200 <= status < 300 or 400 <= status < 500) or status == 429
                host.rules = Protego.parse("User-agent: *\nDisallow: /" if host.silent else _text(status, body))
            return host.rules


def _text(status: int, body: bytes) -> str:
    # Some editors begin a file with a mark, behind which its first line, often the one for all robots, is not known.
    return body[:LARGEST].decode("utf-8-sig", "replace") if status < 300 else ""


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.lower()}"
