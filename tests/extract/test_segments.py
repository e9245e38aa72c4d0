"""Rows of different lengths, cut and joined all at once, are what they would be one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from commons_graph.extract.segments import Segments, in_groups, side_by_side

ROWS = st.lists(st.lists(st.integers(0, 99), max_size=5), min_size=1, max_size=6)


def listed(segments: Segments) -> list[list[int]]:
    """Give the rows as lists."""
    return [row.tolist() for row in np.split(segments.values, np.cumsum(segments.sizes)[:-1])]


@settings(deadline=None, max_examples=50)
@given(rows=ROWS, data=st.data())
def test_rows_are_chosen_and_put_side_by_side(rows: list[list[int]], data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.integers(0, len(rows) - 1), min_size=1, max_size=8))
    taken = Segments.of(rows).take(np.array(chosen, dtype=np.int64))
    assert listed(taken) == [rows[number] for number in chosen]
    assert listed(side_by_side((taken, taken))) == [2 * rows[number] for number in chosen]


@settings(deadline=None, max_examples=50)
@given(ranges=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=6))
def test_a_window_that_ends_before_it_starts_is_empty(ranges: list[tuple[int, int]]) -> None:
    first, last = np.array(ranges, dtype=np.int64).T
    found = Segments.windows(np.arange(10, dtype=np.uint32), first, last)
    assert listed(found) == [list(range(one, other)) for one, other in ranges]


@settings(deadline=None, max_examples=50)
@given(groups=st.lists(ROWS | st.just([]), min_size=1, max_size=4))
def test_rows_are_put_one_behind_the_other(groups: list[list[list[int]]]) -> None:
    flat = Segments.of([row for group in groups for row in group])
    joined = in_groups(flat, np.array([len(group) for group in groups]))
    assert listed(joined) == [[number for row in group for number in row] for group in groups]
