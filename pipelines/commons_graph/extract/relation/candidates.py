"""Which pairs of items of documents are looked at, and through which of their mentions.

What belongs here: nearness. It bounds the work: a mention meets at most `AHEAD` others behind it, so that a page that
is one long list of names costs no more than its length.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from commons_graph.extract.relation.mentions import Flags, Mentions, begins
from commons_graph.extract.segments import Ints, spread

AHEAD = 10
TOKENS = 70
BELOW, ABOVE = 12, 2
"""Mentions below a heading that those in it govern, and how many of those do."""
MOST = 3
NEAR, NEXT, OVER, HEADING, SUBJECT = range(5)
"""How two mentions meet: in a block, in a block and the next one, one over the other, by a heading, by the subject."""
HOWS = ("near", "next", "over", "heading", "subject")
"""The names of these ways in the model's features."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways in which mentions meet, a row each: how, and the numbers of the mentions in text order."""

    how: Ints
    left: Ints
    right: Ints

    def take(self, rows: Ints) -> Ways:
        """Give the chosen rows."""
        return Ways(self.how[rows], self.left[rows], self.right[rows])


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of items that meet, a row each, and the closest of their `ways`: from `first` on, as many as `counts`."""

    one: Ints
    other: Ints
    first: Ints
    counts: Ints
    ways: Ways

    def take(self, rows: Ints | slice) -> Pairs:
        """Give the chosen rows."""
        return Pairs(self.one[rows], self.other[rows], self.first[rows], self.counts[rows], self.ways)

    def turned(self, rows: Flags) -> Pairs:
        """Give the pairs, in the flagged rows the other way round."""
        one, other = np.where(rows, self.other, self.one), np.where(rows, self.one, self.other)
        return Pairs(one, other, self.first, self.counts, self.ways)


def candidates(mentions: Mentions) -> Pairs:
    """Give the pairs (lower number first) of each document, ordered by their closest way, and of each its closest."""
    parts = _near(mentions), _below_headings(mentions), _with_subject(mentions)
    how, left, right = (np.concatenate(each) for each in zip(*((p.how, p.left, p.right) for p in parts), strict=True))
    ways = Ways(how, left, right).take(np.flatnonzero(mentions.item[left] != mentions.item[right]))
    one, other = np.sort((mentions.item[ways.left], mentions.item[ways.right]), axis=0)
    pair = one * len(mentions.items) + other
    grouped = np.argsort(pair, kind="stable")
    first = np.flatnonzero(np.diff(pair[grouped], prepend=-1))
    counts = np.minimum(np.diff(first, append=len(pair)), MOST)
    closest = grouped[first]
    order = np.lexsort((closest, mentions.owner[one[closest]]))
    first, counts, closest = first[order], counts[order], closest[order]
    kept = ways.take(grouped[spread(first, counts)])
    return Pairs(one[closest], other[closest], np.cumsum(counts) - counts, counts, kept)


def _near(mentions: Mentions) -> Ways:
    """Mentions in one block, or in a block and the next one, nearest first."""
    count = len(mentions.item)
    left, right = np.arange(count)[:, None], np.arange(count)[:, None] + np.arange(1, AHEAD + 1)
    inside, right = right < count, np.minimum(right, count - 1)
    near = (
        inside
        & (mentions.document[right] == mentions.document[left])
        & (mentions.first[right] - mentions.last[left] <= TOKENS)
        & (mentions.block[right] - mentions.block[left] <= 1)
    )
    left, step = np.nonzero(np.logical_and.accumulate(near, axis=1))  # nothing is met behind what is too far
    right = left + 1 + step
    distance = mentions.first[right] - mentions.last[left]
    order = np.lexsort((mentions.start[right], mentions.start[left], distance))
    return _how(mentions, left[order], right[order])


def _how(mentions: Mentions, left: Ints, right: Ints) -> Ways:
    over = (mentions.end[right] <= mentions.end[left]) | (mentions.start[right] == mentions.start[left])
    same = mentions.block[left] == mentions.block[right]
    return Ways(np.where(over, OVER, np.where(same, NEAR, NEXT)), left, right)


def _below_headings(mentions: Mentions) -> Ways:
    """A mention in a heading governs those below it, up to the next heading."""
    nearest = [layout.headings or [-1] for layout in mentions.layouts]
    block = mentions.block + begins([len(each) for each in nearest])[mentions.document]
    local = np.array([each for told in nearest for each in told], dtype=np.int64)[block]
    heading = block - mentions.block + local
    upper, lower = np.flatnonzero(local == mentions.block), np.flatnonzero((local >= 0) & (local != mentions.block))
    under = heading[lower]  # in order, as mentions and headings are
    lower = lower[np.arange(len(lower)) - np.searchsorted(under, under) < BELOW]
    first, last = (np.searchsorted(heading[upper], heading[lower], side) for side in ("left", "right"))
    counts = np.minimum(last - first, ABOVE)
    left = upper[spread(first, counts)]
    return Ways(np.full(len(left), HEADING), left, np.repeat(lower, counts))


def _with_subject(mentions: Mentions) -> Ways:
    """A document's subject meets everything, through its first mention and the other's first."""
    sizes = np.array([len(layout.items) for layout in mentions.layouts], dtype=np.int64)
    subject = np.flatnonzero([item.is_subject for item in mentions.items])
    owner = mentions.owner[subject]
    other = spread((np.cumsum(sizes) - sizes)[owner], sizes[owner])
    subject = np.repeat(subject, sizes[owner])
    met = (subject != other) & (mentions.heads[subject] >= 0) & (mentions.heads[other] >= 0)
    one, two = mentions.heads[subject[met]], mentions.heads[other[met]]
    behind = mentions.start[two] < mentions.start[one]
    return Ways(np.full(len(one), SUBJECT), np.where(behind, two, one), np.where(behind, one, two))
