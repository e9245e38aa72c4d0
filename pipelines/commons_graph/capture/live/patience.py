"""Servers that no longer answer: after some failures in a row one is not asked again in this visit.

What belongs here: counting them. What does not: how often one address is asked (`http.retries`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from commons_graph.capture.http import Exchange, UnreachableError
from commons_graph.errors import CommonsError

GIVEN_UP = 5
"""So many failures in a row, and a server is not asked any more in this visit."""


@dataclass(slots=True)
class Patience:
    """Knows of each server how many questions in a row it did not answer. Threads may share it."""

    _failures: Counter[str] = field(default_factory=Counter)

    def ask(self, address: str, question: Callable[[], Exchange]) -> Exchange:
        """Ask, unless the address's server is given up. Raises `CommonsError` then, and as the question does."""
        host = urlsplit(address).netloc
        if self._failures[host] >= GIVEN_UP:
            raise CommonsError(address, "was not asked for: its server does not answer", "try again later")
        try:
            found = question()
        except UnreachableError:
            self._failures[host] += 1
            raise
        self._failures[host] = 0
        return found
