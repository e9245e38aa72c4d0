"""The client: asks for one address, follows its redirects, and tells a recorder of every exchange.

What belongs here: putting reach, manners, bounds and retries together. What does not: each of them.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from threading import Lock
from types import TracebackType
from urllib.parse import urljoin

import httpx

from commons_graph.capture.http import bounds, reach, retries
from commons_graph.capture.http.bounds import Limits
from commons_graph.capture.http.exchange import Condition, Exchange
from commons_graph.capture.http.politeness import ForbiddenError, Politeness
from commons_graph.errors import CommonsError

CONTACT = "COMMONS_CONTACT"
NAME = "commons-graph"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
Recorder = Callable[[Exchange], None]


class UnreachableError(CommonsError):
    """The server gave no answer, or only that it cannot, each time that it was asked."""


def user_agent() -> str:
    """Give the name that servers see: the program, its version, and whom to write to (from the environment)."""
    contact = "".join(os.environ.get(CONTACT, "").split())
    return f"{NAME}/{version(NAME)}" + (f" (+{contact})" if contact.isascii() and contact else "")


class Client:
    """One client for a whole read of a source; threads may share it. `robots=False` only for tests and benchmarks."""

    def __init__(
        self,
        private: bool = False,
        pause: float = 1.0,
        limits: Limits | None = None,
        recorder: Recorder = lambda exchange: None,
        attempts: int = 3,
        robots: bool = True,
    ) -> None:
        self._limits, self._recorder, self._attempts, self._robots = limits or Limits(), recorder, attempts, robots
        self._recording = Lock()
        timeout = httpx.Timeout(min(20.0, self._limits.seconds))
        headers = {"User-Agent": user_agent(), "Accept-Encoding": "gzip, deflate"}
        self._http = httpx.Client(transport=reach.Transport(private), timeout=timeout, headers=headers, trust_env=False)
        self._manners = Politeness(NAME, pause, self._robots_txt)

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def get(self, address: str, condition: Condition | None = None) -> Exchange:
        """Ask for an address and follow its redirects; give the last exchange, whatever its status.

        Raises `CommonsError` when robots.txt forbids it, the server may not be reached, does not answer, or its
        answer breaks a bound.
        """
        return self._follow(address, condition or Condition(), self._robots)

    def _follow(self, address: str, condition: Condition, robots: bool) -> Exchange:
        passed: tuple[str, ...] = ()
        while True:
            reach.check(address)
            if robots and not self._manners.allows(address):
                raise ForbiddenError(address, "the site's robots.txt forbids it", "leave it out, or ask the site")
            exchange = self._ask(address, condition, passed, robots)
            if exchange.status not in REDIRECTS or not exchange.header("location"):
                return exchange
            passed = (*passed, address)
            address = urljoin(address, exchange.header("location")).partition("#")[0]
            if len(passed) > self._limits.redirects or address in passed:
                raise CommonsError(passed[0], "redirects without end", "look at it in a browser, or tell the site")

    def _ask(self, address: str, condition: Condition, passed: tuple[str, ...], robots: bool) -> Exchange:
        try:
            return retries.again(lambda: self._once(address, condition, passed, robots), self._attempts)
        except retries.BusyError as error:
            raise UnreachableError(address, f"answered {error.status} each time", "try again later") from error
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise UnreachableError(
                address, f"gave no whole answer ({error or type(error).__name__})", "try again"
            ) from error

    def _once(self, address: str, condition: Condition, passed: tuple[str, ...], robots: bool) -> Exchange:
        with self._manners.turn(address, robots):
            began = time.monotonic()
            with self._http.stream("GET", address, headers=condition.headers) as response:
                exchange = _exchange(address, response, bounds.body(response, self._limits, began), passed)
        with self._recording:
            self._recorder(exchange)
        if exchange.status in retries.BUSY:
            raise retries.BusyError(exchange.status, retries.told_wait(exchange.header("retry-after")))
        return exchange

    def _robots_txt(self, address: str) -> tuple[int, bytes]:
        try:
            exchange = self._follow(address, Condition(), robots=False)
        except CommonsError as error:
            if error.remedy == reach.PRIVATE:
                raise
            return 0, b""
        return exchange.status, exchange.body


def _exchange(address: str, response: httpx.Response, body: bytes, passed: tuple[str, ...]) -> Exchange:
    return Exchange(
        address=address,
        status=response.status_code,
        reason=response.reason_phrase,
        version=response.http_version,
        asked=tuple(response.request.headers.multi_items()),
        headers=tuple(response.headers.multi_items()),
        body=body,
        at=datetime.now(UTC),
        redirects=passed,
    )
