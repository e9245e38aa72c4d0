"""Counts of what is right, predicted and gold, and the three figures that follow from them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """How many predictions are right, how many there are, and how many there should be."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """The share of the predictions that is right."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold that was predicted."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        total = self.predicted + self.gold
        return 2 * self.right / total if total else 0.0

    def add(self, right: int, predicted: int, gold: int) -> None:
        """Count some more."""
        self.right += right
        self.predicted += predicted
        self.gold += gold
