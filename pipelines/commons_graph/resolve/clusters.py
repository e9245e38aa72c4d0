"""Clusters of numbers: a union-find whose first member speaks for the cluster, and which some pairs may not share.

What belongs here: joining. What does not: which numbers should be joined, or why.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray


class Clusters:
    """The numbers 0 to `size - 1`, each alone at first. `apart` lists the pairs that never come together,
    `joined` counts what was done."""

    def __init__(self, size: int, apart: Iterable[tuple[int, int]] = ()) -> None:
        self._parent = list(range(size))
        self.joined = 0
        self._apart: dict[int, set[int]] = {}
        for a, b in apart:
            self._apart.setdefault(a, set()).add(b)
            self._apart.setdefault(b, set()).add(a)

    def first(self, number: int) -> int:
        """Give the lowest number of the cluster that a number is in."""
        parent = self._parent
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def join(self, a: int, b: int) -> bool:
        """Make one cluster of those of two numbers; say False, and do nothing, where a pair would share it."""
        low, high = self.first(a), self.first(b)
        if low == high:
            return True
        if low > high:
            low, high = high, low
        if self._apart and self._forbidden(low, high):
            return False
        self._parent[high] = low
        self.joined += 1
        if high in self._apart:
            self._adopt(low, high)
        return True

    def join_all(self, pairs: Iterable[tuple[int, int]]) -> bool:
        """Join pairs in their order, leaving out those that may not be; say whether anything changed."""
        before = self.joined
        for a, b in pairs:
            self.join(a, b)
        return self.joined > before

    def firsts(self) -> NDArray[np.int32]:
        """Give for each number the lowest of its cluster."""
        found = np.array(self._parent, dtype=np.int32)
        while not np.array_equal(found, above := found[found]):
            found = above
        return found

    def _forbidden(self, low: int, high: int) -> bool:
        return high in self._apart.get(low, ()) or low in self._apart.get(high, ())

    def _adopt(self, low: int, high: int) -> None:
        for other in self._apart.pop(high):
            self._apart[other].discard(high)
            self._apart[other].add(low)
            self._apart.setdefault(low, set()).add(other)
