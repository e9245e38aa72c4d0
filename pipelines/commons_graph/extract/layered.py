"""A linear model with a layer of hidden units beside it: what two features say together, which no sum can say.

What belongs here: loading, saving, scoring. What does not: training (`training.layered`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from commons_graph.errors import CommonsError
from commons_graph.extract.linear import Batch, Floats, LinearModel, shares

CLEAR = 0.98
"""How sure the features alone must be; their part of the score is half of a linear model's (`training.layered`)."""


@dataclass(frozen=True, slots=True)
class LayeredModel:
    """`sums` scores the labels first and then the hidden units; `output` has a row of weights a unit, by label."""

    sums: LinearModel
    output: Floats
    parts: tuple[Floats, Floats] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        count = self.output.shape[1]
        both = self.sums.weights[:, :count], self.sums.weights[:, count:]
        object.__setattr__(self, "parts", tuple(map(np.ascontiguousarray, both)))

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
        """Write the model, the weights of its features in 8 bits."""
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
        """Give the probabilities of the labels when just one holds.

        Where the features alone say clearly that the first label holds, which is mostly so, the units are not asked.
        """
        met, count = self.sums.met(batch), self.output.shape[1]
        scores = met.summed(self.parts[0], self.sums.bias[:count])
        unclear = np.flatnonzero(shares(2 * scores)[:, 0] < CLEAR)
        hidden: Floats = np.maximum(met.take(unclear).summed(self.parts[1], self.sums.bias[count:]), np.float32(0))
        # Not `@`: BLAS sums one row alone in another order, and a document says the same in whatever batch.
        scores[unclear] += np.einsum("ij,jk->ik", hidden, self.output)
        return shares(scores)
