"""The weights by which pairs are scored: one logistic regression a predicate over hashed features.

What belongs here: loading and scoring. What does not: training (`extract.training.relations`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MODEL = Path(__file__).parents[1] / "models" / "relations.npz"


@dataclass(frozen=True, slots=True)
class RelationModel:
    """`weights` has a row a feature and a column a predicate; `rows` finds a feature's row by its hash."""

    predicates: tuple[str, ...]
    rows: dict[int, int]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    thresholds: NDArray[np.float32]

    @classmethod
    def load(cls, path: Path = MODEL) -> RelationModel:
        """Read the weights."""
        with np.load(path, allow_pickle=False) as file:
            rows = {int(feature): row for row, feature in enumerate(file["features"])}
            weights = file["weights"].astype(np.float32)
            return cls(tuple(file["predicates"].tolist()), rows, weights, file["bias"], file["thresholds"])

    def save(self, path: Path = MODEL) -> None:
        """Write the weights, in half precision."""
        np.savez_compressed(
            path,
            predicates=np.array(self.predicates),
            features=np.fromiter(self.rows, dtype=np.uint32, count=len(self.rows)),
            weights=self.weights.astype(np.float16),
            bias=self.bias,
            thresholds=self.thresholds,
        )

    def probabilities(self, features: Iterable[int]) -> NDArray[np.float32]:
        """Give for each predicate how probable it is that a pair with these features has it."""
        rows = [row for row in map(self.rows.get, features) if row is not None]
        scores = self.weights[rows].sum(axis=0) + self.bias
        found: NDArray[np.float32] = 1.0 / (1.0 + np.exp(-scores))
        return found
