"""Asks many addresses, the nearest first, several at once, and gives the answers in the order of asking.

What belongs here: the order. What does not: what an answer means (`crawl`), servers that no longer answer (`patience`).
The order does not depend on which server is quick, so that two visits to the same site read the same.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from commons_graph.capture.http import Exchange
from commons_graph.capture.live.patience import Patience
from commons_graph.errors import CommonsError

AT_ONCE = 8
"""The client lets one server answer one question at a time; this is for sources on several."""

Result = Exchange | CommonsError


@dataclass(frozen=True, slots=True)
class Ask:
    """One address to ask, and how many links it lies away from where the source starts."""

    address: str
    depth: int


@dataclass(slots=True)
class Frontier:
    """What is still to be asked. `ask` gives the exchange or raises `CommonsError`; at most `most` are asked."""

    ask: Callable[[Ask], Exchange]
    most: int
    asked: set[str] = field(default_factory=set)
    left: bool = False
    _queue: list[tuple[int, int, str]] = field(default_factory=list)
    _depths: dict[str, int] = field(default_factory=dict)
    _patience: Patience = field(default_factory=Patience)

    def __contains__(self, address: str) -> bool:
        return address in self._depths

    def add(self, address: str, depth: int) -> None:
        """Put an address into the queue, or further to the front of it."""
        if address not in self.asked and depth < self._depths.get(address, depth + 1):
            self._depths[address] = depth
            heapq.heappush(self._queue, (depth, len(self._depths), address))

    def answers(self) -> Iterator[tuple[Ask, Result]]:
        """Give each address with its answer, or the error; what is added meanwhile is asked too.

        `left` then says whether something was left because of `most`.
        """
        window: deque[tuple[Ask, Future[Result]]] = deque()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            try:
                while True:
                    while len(window) < AT_ONCE and (ask := self._next(window)):
                        window.append((ask, pool.submit(self._result, ask)))
                    if not window:
                        return
                    ask, future = window.popleft()
                    yield ask, future.result()
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    def _next(self, window: deque[tuple[Ask, Future[Result]]]) -> Ask | None:
        """Give the next to ask. One that lies two links further than one on its way waits: that may lead nearer."""
        while self._queue:
            depth, _, address = self._queue[0]
            if address not in self.asked and window and depth > window[0][0].depth + 1:
                return None
            heapq.heappop(self._queue)
            if address in self.asked:
                continue
            if len(self.asked) >= self.most:
                self.left = True
                return None
            self.asked.add(address)
            return Ask(address, depth)
        return None

    def _result(self, ask: Ask) -> Result:
        try:
            return self._patience.ask(ask.address, lambda: self.ask(ask))
        except CommonsError as error:
            return error
