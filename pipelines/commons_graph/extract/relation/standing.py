"""Where two mentions stand among the others: what is nearer, what lies between, who comes first in the sentence.

What belongs here: places counted among places. What does not: the words around them (`windows`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from commons_graph.extract.codes import Codes, code, joined_each
from commons_graph.extract.relation.mentions import Mentions
from commons_graph.extract.relation.windows import Spots, Windows
from commons_graph.extract.segments import Ints, Segments, side_by_side

MOST = 3
OF_LEFT, OF_RIGHT, OF_ALL, FIRST, LAST = (
    np.array([code(f"{name} {times}") for times in range(MOST + 1)], dtype=np.uint32)
    for name in ("like left between", "like right between", "any between", "before in sentence", "behind in sentence")
)
BOTH = np.array([code("both between")], dtype=np.uint32)


class Standing:
    """All mentions of documents by their first tokens, of every class and of all.

    Documents stand one behind the other as in `windows`, whose `bounds` are used.
    """

    def __init__(self, mentions: Mentions, spots: Spots, windows: Windows) -> None:
        self.spots, self.cls = spots, mentions.cls[mentions.item]
        self.every = np.sort(spots.first)
        self.firsts = [np.sort(spots.first[self.cls == number]) for number in range(len(mentions.classes))]
        self.bounds = windows.bounds

    def between(self, one: Ints, two: Ints) -> Segments:
        """Give what stands between and beside two mentions, the left ones `one` and the right ones `two`."""
        spots = self.spots
        low, high = spots.last[one], spots.first[two]
        left, right = (self._like(self.cls[each], low, high) for each in (one, two))
        among = _counted(self.every, low, high)
        start, end = self.bounds[spots.sentence[one], 0], self.bounds[spots.sentence[two], 1]
        ahead, behind = _counted(self.every, start, spots.first[one]), _counted(self.every, spots.last[two], end)
        both = joined_each(joined_each(BOTH, OF_LEFT[left]), OF_RIGHT[right])
        told: Sequence[Codes] = (OF_LEFT[left], OF_RIGHT[right], OF_ALL[among], FIRST[ahead], LAST[behind], both)
        return side_by_side([Segments.single(each) for each in told])

    def _like(self, classes: Ints, low: Ints, high: Ints) -> Ints:
        counted = np.zeros(len(classes), dtype=np.int64)
        for number, firsts in enumerate(self.firsts):
            rows = np.flatnonzero(classes == number)
            counted[rows] = _counted(firsts, low[rows], high[rows])
        return counted


def _counted(firsts: Ints, low: Ints, high: Ints) -> Ints:
    """Count the mentions that begin in half-open ranges of tokens, up to `MOST`."""
    found: Ints = np.clip(np.searchsorted(firsts, high) - np.searchsorted(firsts, low), 0, MOST)
    return found
