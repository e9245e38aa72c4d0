"""Linear models over hashed features: a row of weights a feature, a column a label.

What belongs here: loading, saving, scoring. What does not: features and training.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from commons_graph.errors import CommonsError

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LinearModel:
    """`rows` finds a feature's row of `weights` by its CRC-32; `thresholds` has one number a label."""

    labels: tuple[str, ...]
    rows: dict[int, int]
    weights: Floats
    bias: Floats
    thresholds: Floats

    @classmethod
    def load(cls, path: Path) -> LinearModel:
        """Read a model. Raises `CommonsError` when it is missing or broken."""
        try:
            with np.load(path, allow_pickle=False) as file:
                rows = {int(feature): row for row, feature in enumerate(file["features"])}
                weights = file["weights"].astype(np.float32)
                return cls(tuple(file["labels"].tolist()), rows, weights, file["bias"], file["thresholds"])
        except (OSError, KeyError, ValueError) as error:
            raise CommonsError(str(path), "this is no model", "make it again with `make model`") from error

    def save(self, path: Path) -> None:
        """Write the model, its weights in half precision."""
        np.savez_compressed(
            path,
            labels=np.array(self.labels),
            features=np.fromiter(self.rows, dtype=np.uint32, count=len(self.rows)),
            weights=self.weights.astype(np.float16),
            bias=self.bias,
            thresholds=self.thresholds,
        )

    def scores(self, features: Iterable[int]) -> Floats:
        """Give the score of each label."""
        rows = [row for row in map(self.rows.get, features) if row is not None]
        found: Floats = self.weights[rows].sum(axis=0) + self.bias
        return found

    def each(self, features: Iterable[int]) -> Floats:
        """Give each label's own probability: several may hold."""
        found: Floats = 1.0 / (1.0 + np.exp(-self.scores(features)))
        return found

    def one(self, features: Iterable[int]) -> Floats:
        """Give the probabilities of the labels when just one holds."""
        scores = self.scores(features)
        shares = np.exp(scores - scores.max())
        found: Floats = shares / shares.sum()
        return found
