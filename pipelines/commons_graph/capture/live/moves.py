"""Documents that a visit finds at another address of their site: the new one takes the place of the old one at once.

What belongs here: when a redirect is believed to be such a move. A site in trouble leads many addresses to one (a
notice, its home page), so each must lead to a page of its own that was not known before, with the title or the bytes
that the old one had. What does not: following redirects (`crawl`), and what becomes of the documents (`fold`).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from commons_graph.capture.live.records import Known, Moved


@dataclass(slots=True)
class Moves:
    """The redirects of one visit, by where they lead. `known` are the documents of the visit before.

    `number` is the visit's, or 0 where visits are not numbered on from the one before.
    """

    known: Mapping[str, Known]
    number: int
    led: dict[str, list[tuple[str, bool]]] = field(default_factory=lambda: defaultdict(list))

    def note(self, address: str, to: str, body: bytes) -> None:
        """Take in that an address was led to another, which answered this."""
        if address in self.known and self._is_new(to) and self.known.get(to) != self.known[address]:
            same = hashlib.sha256(body).hexdigest() == self.known[address].digest
            self.led[to].append((address, same))

    def believed(self, titles: Mapping[str, str]) -> Iterator[Moved]:
        """Give the documents that moved; `titles` are those of the pages that the visit gave, by address."""
        for to, ((address, same), *others) in self.led.items():
            title = self.known[address].marks.get("title", "")
            if not others and to in titles and (same or (title and titles[to] == title)):
                yield Moved(address, to)

    def _is_new(self, address: str) -> bool:
        """Say whether a page was not known before, or only since a visit with this number, which broke off."""
        return address not in self.known or self.known[address].marks.get("visit") == str(self.number)
