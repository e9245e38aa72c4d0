"""Linear models over hashed features: a row of weights a feature, a column a label.

What belongs here: loading, saving, scoring. What does not: features and training.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from commons_graph.errors import CommonsError

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LinearModel:
    """`rows` finds a feature's row of `weights` by its CRC-32; `thresholds` has one number a label.

    `weights` ends with a row of zeros, for examples without any known feature.
    """

    labels: tuple[str, ...]
    rows: dict[int, int]
    weights: Floats
    bias: Floats
    thresholds: Floats

    def __post_init__(self) -> None:
        if len(self.weights) == len(self.rows):
            zeros = np.zeros((1, self.weights.shape[1]), dtype=np.float32)
            object.__setattr__(self, "weights", np.vstack([self.weights, zeros]))

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
            weights=self.weights[: len(self.rows)].astype(np.float16),
            bias=self.bias,
            thresholds=self.thresholds,
        )

    def scores(self, examples: Sequence[Iterable[int]]) -> Floats:
        """Give the score of each label (columns) for each example (rows), all in one pass."""
        find = self.rows.get
        found = [[row for row in map(find, features) if row is not None] for features in examples]
        # An empty example would make reduceat repeat its neighbour: a row of zeros stands in for it.
        zero = len(self.rows)
        flat = np.fromiter(chain.from_iterable(rows or (zero,) for rows in found), dtype=np.intp)
        starts = np.cumsum([0, *(len(rows) or 1 for rows in found[:-1])])
        summed: Floats = np.add.reduceat(self.weights[flat], starts, axis=0) if found else self.weights[:0]
        scores: Floats = (summed + self.bias).astype(np.float32)
        return scores

    def each(self, examples: Sequence[Iterable[int]]) -> Floats:
        """Give each label's own probability: several may hold."""
        found: Floats = np.float32(1) / (np.float32(1) + np.exp(-self.scores(examples)))
        return found

    def one(self, examples: Sequence[Iterable[int]]) -> Floats:
        """Give the probabilities of the labels when just one holds."""
        scores = self.scores(examples)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-1e9))
        found: Floats = shares / shares.sum(axis=1, keepdims=True)
        return found
