"""Scores the classes of pages against their annotations: right when it is the class or an accepted alternative."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from commons_graph.evaluate.tally import Tally

ACCURACY = "pages"


def score_pages(gold: Iterable[Mapping[str, Any]], predicted: Mapping[str, str]) -> dict[tuple[str, str], Tally]:
    """Give the tallies by ("pages", "") and ("class", name); `predicted` maps a page's name to its class."""
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    for row in gold:
        guess = predicted.get(row["page"], "none")
        right = guess in {row["class"], *row.get("alternatives", [])}
        told = row["class"] if right else guess
        tallies[ACCURACY, ""].add(right, 1, 1)
        tallies["class", row["class"]].add(right, 0, 1)
        tallies["class", told].add(0, 1, 0)
    return dict(tallies)
