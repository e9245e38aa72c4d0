"""Rows of numbers of different lengths in one flat array, so that features of all rows are made at once.

What belongs here: cutting, choosing and joining such rows. What does not: what the numbers mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from commons_graph.extract.codes import Codes, joined_each

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Segments:
    """`values` of all rows one after the other, and for each row how many are its own."""

    values: Codes
    sizes: Ints

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]]) -> Segments:
        """Put rows together."""
        sizes = np.fromiter((len(row) for row in rows), dtype=np.int64, count=len(rows))
        return cls(np.fromiter(chain.from_iterable(rows), dtype=np.uint32, count=int(sizes.sum())), sizes)

    @classmethod
    def single(cls, values: Codes) -> Segments:
        """Give rows of one value each."""
        return cls(values, np.ones(len(values), dtype=np.int64))

    @classmethod
    def windows(cls, values: Codes, first: Ints, last: Ints) -> Segments:
        """Give the values in half-open ranges, a row each; a range that ends before it starts is empty."""
        sizes = np.maximum(last - first, 0)
        return cls(values[spread(first, sizes)], sizes)

    @property
    def starts(self) -> Ints:
        """Where each row starts in the flat array."""
        found: Ints = np.cumsum(self.sizes) - self.sizes
        return found

    def take(self, rows: Ints) -> Segments:
        """Give the chosen rows, each as often as it is chosen."""
        sizes = self.sizes[rows]
        return Segments(self.values[spread(self.starts[rows], sizes)], sizes)

    def joined(self, before: Codes) -> Segments:
        """Join a number, one for all rows or one a row, before each value."""
        left = before if len(before) == 1 else np.repeat(before, self.sizes)
        return Segments(joined_each(left, self.values), self.sizes)


def spread(first: Ints, sizes: Ints) -> Ints:
    """Give all positions of ranges that start at `first` and have `sizes` positions, one after the other."""
    ends = np.cumsum(sizes)
    offsets = np.repeat(first - (ends - sizes), sizes)
    found: Ints = offsets + np.arange(len(offsets))
    return found


def side_by_side(parts: Sequence[Segments]) -> Segments:
    """Give rows that hold the values of each part's row, in the order of the parts. All have as many rows."""
    sizes: Ints = np.sum([part.sizes for part in parts], axis=0, dtype=np.int64)
    values = np.empty(int(sizes.sum()), dtype=np.uint32)
    at = np.cumsum(sizes) - sizes
    for part in parts:
        values[spread(at, part.sizes)] = part.values
        at = at + part.sizes
    return Segments(values, sizes)


def in_groups(segments: Segments, counts: Ints) -> Segments:
    """Give rows that hold as many of the following rows as `counts` says."""
    ends = np.concatenate(([0], np.cumsum(segments.sizes)))[np.concatenate(([0], np.cumsum(counts)))]
    return Segments(segments.values, np.diff(ends))
