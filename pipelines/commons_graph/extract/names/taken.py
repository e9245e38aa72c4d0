"""What introduced names take: their words and their names, so that nothing else is found of these.

What belongs here: looking up, read once a document. What does not: finding introduced names (`introduced`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from commons_graph.extract.names.candidates import Reading
from commons_graph.extract.names.coreference import Judged
from commons_graph.extract.names.introduced import Introduced
from commons_graph.extract.names.words import folded_words


@dataclass(frozen=True, slots=True)
class Taken:
    """The folded names that were introduced, and the tokens that they stand at."""

    names: frozenset[str]
    tokens: frozenset[int]

    @classmethod
    def by(cls, named: Iterable[Introduced], reading: Reading) -> Taken:
        """Read what the introduced names of a text take."""
        ranges = [(each.first, each.last) for each in named]
        names = (folded_words(reading.tokens, first, last) for first, last in ranges)
        return cls(frozenset(names), frozenset(at for first, last in ranges for at in range(first, last)))

    def all_of(self, group: Iterable[Judged]) -> bool:
        """Say whether every mention of a group overlaps an introduced name, or the group repeats one."""
        judged = list(group)
        if any(each.name in self.names for each in judged):
            return True
        spots = (spot for each in judged for spot in each.candidate.spots)
        return all(not self.tokens.isdisjoint(range(spot.first, spot.last)) for spot in spots)
