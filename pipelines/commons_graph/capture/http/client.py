"""The client: asks for one address, follows its redirects, and tells a recorder of every exchange.

What belongs here: putting reach, manners, bounds and retries together. What does not: each of them.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from threading import Lock
from types import TracebackType

import httpx

from commons_graph.capture.http import bounds, deadline, led, reach, retries
from commons_graph.capture.http.bounds import Limits
from commons_graph.capture.http.exchange import Condition, Exchange
from commons_graph.capture.http.politeness import ForbiddenError, Politeness
from commons_graph.errors import CommonsError

CONTACT = "COMMONS_CONTACT"
NAME = "commons-graph"
Recorder = Callable[[Exchange], None]
Headers = Callable[[str], dict[str, str]]
Conditions = Callable[[str], Condition]
Take = Callable[[httpx.Response, float], bytes]


class UnreachableError(CommonsError):
    """The server gave no answer, or only that it cannot, each time that it was asked."""


def user_agent() -> str:
    """Give the name that servers see: the program, its version, and whom to write to (from the environment)."""
    contact = "".join(os.environ.get(CONTACT, "").split())
    return f"{NAME}/{version(NAME)}" + (f" (+{contact})" if contact.isascii() and contact else "")


@dataclass(frozen=True, slots=True)
class _Question:
    """What each address is asked with, what becomes of the body, who is told of the exchange, and where it leads.

    `seconds` are those for one whole answer.
    """

    headers: Headers
    take: Take
    recorder: Recorder
    seconds: float
    led: Callable[[Exchange], str] = led.redirected


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
        timeout = httpx.Timeout(self._limits.silence)
        headers = {"User-Agent": user_agent(), "Accept-Encoding": "gzip, deflate"}
        self._http = httpx.Client(transport=reach.Transport(private), timeout=timeout, headers=headers, trust_env=False)
        self._manners = Politeness(NAME, pause, self._robots_txt)

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def get(self, address: str, condition: Condition | Conditions | None = None) -> Exchange:
        """Ask for an address and follow its redirects; give the last exchange, whatever its status.

        A page that asks to be left at once for another (`<meta http-equiv="refresh">`) redirects like any other answer.
        A `condition` goes with the question wherever it is led. Where documents are known by the addresses that gave
        them, it must be one for each address: a page elsewhere that is older than ours would be said to be as it was.
        Raises `CommonsError` when robots.txt forbids it, the server may not be reached, does not answer, or its
        answer breaks a bound.
        """
        given = condition if callable(condition) else lambda asked: condition or Condition()
        question = _Question(
            lambda asked: given(asked).headers, self._body, self._recorder, self._limits.seconds, led.anywhere
        )
        return self._follow(address, question, self._robots)

    def fetch(self, address: str, headers: Headers, take: Take, seconds: float) -> Exchange:
        """Ask as `get` does, for an answer that is too large for memory: `take` puts it somewhere as it comes.

        `headers`, with the address, and `take` are called for each attempt, so that a later one can go on where an
        earlier broke off; each may take so many seconds. The recorder is not told: the caller keeps the file.
        """
        return self._follow(address, _Question(headers, take, lambda exchange: None, seconds), self._robots)

    def _body(self, response: httpx.Response, began: float) -> bytes:
        return bounds.body(response, self._limits, began)

    def _follow(self, address: str, question: _Question, robots: bool) -> Exchange:
        passed: tuple[str, ...] = ()
        while True:
            reach.check(address)
            if robots and not self._manners.allows(address):
                raise self._forbidden(address)
            exchange = self._ask(address, question, passed, robots)
            if not (to := question.led(exchange)):
                return exchange
            passed, address = (*passed, address), to
            if len(passed) > self._limits.redirects or address in passed:
                raise CommonsError(passed[0], "redirects without end", "look at it in a browser, or tell the site")

    def _forbidden(self, address: str) -> CommonsError:
        if self._manners.is_silent(address):
            return UnreachableError(address, "does not give its robots.txt, so nothing is asked", "try again later")
        return ForbiddenError(address, "the site's robots.txt forbids it", "leave it out, or ask the site")

    def _ask(self, address: str, question: _Question, passed: tuple[str, ...], robots: bool) -> Exchange:
        try:
            return retries.again(lambda: self._once(address, question, passed, robots), self._attempts)
        except retries.BusyError as error:
            raise UnreachableError(address, f"answered {error.status} each time", "try again later") from error
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise UnreachableError(
                address, f"gave no whole answer ({error or type(error).__name__})", "try again"
            ) from error

    def _once(self, address: str, question: _Question, passed: tuple[str, ...], robots: bool) -> Exchange:
        with self._manners.turn(address, robots), deadline.within(address, question.seconds):
            began = time.monotonic()
            with self._http.stream("GET", address, headers=question.headers(address)) as response:
                exchange = _exchange(address, response, question.take(response, began), passed)
        with self._recording:
            question.recorder(exchange)
        if exchange.status in retries.BUSY:
            raise retries.BusyError(exchange.status, retries.told_wait(exchange.header("retry-after")))
        return exchange

    def _robots_txt(self, address: str) -> tuple[int, bytes]:
        try:
            question = _Question(lambda asked: {}, self._body, self._recorder, self._limits.seconds)
            exchange = self._follow(address, question, robots=False)
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
