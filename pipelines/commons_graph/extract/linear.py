"""Linear models over features that are numbers (`codes`): a row of weights a feature, a column a label.

What belongs here: loading, saving, scoring. What does not: features and training.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from commons_graph.errors import CommonsError

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Batch:
    """Examples as one array of feature numbers, and where each example starts in it. No example is empty."""

    features: NDArray[np.uint32]
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, examples: Sequence[Collection[int]]) -> Batch:
        """Put examples together; one without any feature gets 0, which no model knows."""
        filled = [each or (0,) for each in examples]
        flat = np.fromiter(chain.from_iterable(filled), dtype=np.uint32)
        starts = np.cumsum([0, *(len(each) for each in filled[:-1])]) if filled else np.zeros(0, dtype=np.int64)
        return cls(flat, starts)

    @classmethod
    def joined(cls, examples: Sequence[NDArray[np.uint32]]) -> Batch:
        """Put examples together that are arrays already; none may be empty."""
        if not examples:
            return cls.of([])
        starts = np.cumsum([0, *(len(each) for each in examples[:-1])])
        return cls(np.concatenate(examples), starts)

    def each(self) -> list[NDArray[np.uint32]]:
        """Give the examples one by one."""
        return np.split(self.features, self.starts[1:]) if len(self.starts) else []


@dataclass(frozen=True, slots=True)
class LinearModel:
    """`features` are the numbers that the model knows, in order, with a row of `weights` each.

    `thresholds` has one number a label. `weights` ends with a row of zeros, for numbers that the model does not know.
    """

    labels: tuple[str, ...]
    features: NDArray[np.uint32]
    weights: Floats
    bias: Floats
    thresholds: Floats

    def __post_init__(self) -> None:
        if len(self.weights) == len(self.features):
            zeros = np.zeros((1, self.weights.shape[1]), dtype=np.float32)
            object.__setattr__(self, "weights", np.vstack([self.weights, zeros]))

    @classmethod
    def load(cls, path: Path) -> LinearModel:
        """Read a model. Raises `CommonsError` when it is missing or broken."""
        try:
            with np.load(path, allow_pickle=False) as file:
                weights = file["weights"].astype(np.float32)
                labels = tuple(file["labels"].tolist())
                return cls(labels, file["features"], weights, file["bias"], file["thresholds"])
        except (OSError, KeyError, ValueError) as error:
            raise CommonsError(str(path), "this is no model", "make it again with `make model`") from error

    def save(self, path: Path) -> None:
        """Write the model, its weights in half precision."""
        np.savez_compressed(
            path,
            labels=np.array(self.labels),
            features=self.features,
            weights=self.weights[: len(self.features)].astype(np.float16),
            bias=self.bias,
            thresholds=self.thresholds,
        )

    def scores(self, batch: Batch) -> Floats:
        """Give the score of each label (columns) for each example (rows), all in one pass."""
        if not len(batch.starts):
            return self.weights[:0]
        rows = np.searchsorted(self.features, batch.features)
        rows[np.take(self.features, rows, mode="clip") != batch.features] = len(self.features)
        summed: Floats = np.add.reduceat(self.weights[rows], batch.starts, axis=0)
        scores: Floats = (summed + self.bias).astype(np.float32)
        return scores

    def each(self, batch: Batch) -> Floats:
        """Give each label's own probability: several may hold."""
        found: Floats = np.float32(1) / (np.float32(1) + np.exp(-self.scores(batch)))
        return found

    def one(self, batch: Batch) -> Floats:
        """Give the probabilities of the labels when just one holds."""
        scores = self.scores(batch)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-1e9))
        found: Floats = shares / shares.sum(axis=1, keepdims=True)
        return found
