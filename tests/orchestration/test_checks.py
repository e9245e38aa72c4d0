"""What stops a refresh before publishing: violations that jump against the last release."""

from __future__ import annotations

import pytest

from commons_graph.orchestration.checks import jumps


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ({"a": 100}, {"a": 201}, {"a": (100, 201)}),
        ({"a": 100}, {"a": 200}, {}),
        ({"a": 10}, {"a": 59}, {}),
        ({}, {"a": 50}, {"a": (0, 50)}),
        ({"a": 500}, {}, {}),
    ],
    ids=["more than twice", "twice", "few", "a new shape", "gone"],
)
def test_a_jump_is_large_in_share_and_in_number(
    old: dict[str, int], new: dict[str, int], found: dict[str, tuple[int, int]]
) -> None:
    assert jumps(old, new, most=2, least=50) == found
