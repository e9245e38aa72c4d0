"""A linear model with a layer of hidden units beside it: what two features say together, which no sum can say.

What belongs here: loading, saving, scoring. What does not: training (`training.layered`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from commons_graph.errors import CommonsError
from commons_graph.extract.linear import Batch, Floats, LinearModel, shares


@dataclass(frozen=True, slots=True)
class LayeredModel:
    """`sums` scores the labels first and then the hidden units; `output` has a row of weights a unit, by label."""

    sums: LinearModel
    output: Floats

    @classmethod
    def load(cls, path: Path) -> LayeredModel:
        """Read a model. Raises `CommonsError` when it is missing or broken."""
        sums = LinearModel.load(path)
        try:
            with np.load(path, allow_pickle=False) as file:
                return cls(sums, file["output"])
        except KeyError as error:
            raise CommonsError(str(path), "this model has no layer", "make it again with `make model`") from error

    def save(self, path: Path) -> None:
        """Write the model, the weights of its features in half precision."""
        self.sums.save(path, {"output": self.output})

    @property
    def labels(self) -> tuple[str, ...]:
        """Give the labels, without the hidden units."""
        return self.sums.labels[: self.output.shape[1]]

    @property
    def thresholds(self) -> Floats:
        """Give a number a label."""
        return self.sums.thresholds[: self.output.shape[1]]

    def one(self, batch: Batch) -> Floats:
        """Give the probabilities of the labels when just one holds."""
        sums = self.sums.scores(batch)
        labels = self.output.shape[1]
        hidden: Floats = np.maximum(sums[:, labels:], np.float32(0))
        scores: Floats = sums[:, :labels] + hidden @ self.output
        return shares(scores)
