"""Fits a layer of hidden units beside a linear model: Adam, dropout, fixed seed. Deterministic.

What belongs here: the fit. What does not: what the numbers stand for, and scoring (`extract.layered`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from commons_graph.extract.layered import LayeredModel
from commons_graph.extract.linear import Batch, Floats, LinearModel, shares
from commons_graph.extract.training import fit

NETS, UNITS = 3, 32
"""So many nets of so many hidden units, each from another start: their mean wavers less than one larger net."""
EPOCHS = 16
BATCH = 1024
RATE = 0.004
KEPT = 0.6
"""Of the features, and of the units, while learning."""
TELLING = 0.6
"""Of the features, how many are kept in the end: held out, F1 is the same with six in ten."""
DECAY = 1e-5
FAST, SLOW = 0.9, 0.99
"""How much Adam (Kingma and Ba, arXiv 1412.6980) remembers of gradients and of their squares."""


@dataclass(slots=True)
class Layers:
    """Weights from features to units with their bias, and from units to labels with theirs; and Adam's memory."""

    weights: list[Floats]
    mean: list[Floats] = field(init=False)
    square: list[Floats] = field(init=False)

    def __post_init__(self) -> None:
        self.mean = [np.zeros_like(each) for each in self.weights]
        self.square = [np.zeros_like(each) for each in self.weights]

    def step(self, gradients: Sequence[Floats], time: int, rate: float) -> None:
        """Go one step down."""
        for at, gradient in enumerate(gradients):
            self.mean[at] += np.float32(1 - FAST) * (gradient - self.mean[at])
            self.square[at] += np.float32(1 - SLOW) * (gradient * gradient - self.square[at])
            size = np.sqrt(self.square[at] / np.float32(1 - SLOW**time)) + np.float32(1e-8)
            self.weights[at] -= np.float32(rate / (1 - FAST**time)) * self.mean[at] / size


def beside(linear: LinearModel, batch: Batch, labels: Sequence[str], weights: Sequence[float]) -> LayeredModel:
    """Give the model whose scores are the mean of the linear model's and of nets fitted on the same examples.

    The mean of scores is the geometric mean of the probabilities.
    """
    features = fit.vocabulary(batch, 3)
    targets = np.array([linear.labels.index(label) for label in labels])
    examples, counts = fit.matrix(batch, features), np.array(weights)
    inner, inner_bias, outer, outer_bias = _together(
        [_fit(examples, targets, counts, len(linear.labels), seed) for seed in range(NETS)]
    )
    count, units = len(linear.labels), len(inner_bias)
    rows = np.zeros((len(features), count + units), dtype=np.float32)
    rows[np.searchsorted(features, linear.features), :count] = linear.weights / 2
    rows[:, count:] = inner
    names = (*linear.labels, *(f"unit {number}" for number in range(units)))
    bias: Floats = np.concatenate(((linear.bias + outer_bias) / np.float32(2), inner_bias))
    thresholds: Floats = np.concatenate((linear.thresholds, np.zeros(units, dtype=np.float32)))
    return LayeredModel(LinearModel(names, features, rows, bias, thresholds), outer / np.float32(2))


def lightened(model: LayeredModel) -> LayeredModel:
    """Leave out the features that move no score much, neither by themselves nor through the units."""
    rows, labels = model.sums.weights, len(model.labels)
    through = np.abs(rows[:, labels:]) * np.abs(model.output).max(axis=1)
    size = np.abs(rows[:, :labels]).max(axis=1) + through.max(axis=1)
    kept = size > np.quantile(size, 1 - TELLING)
    return LayeredModel(replace(model.sums, features=model.sums.features[kept], weights=rows[kept]), model.output)


def _together(nets: Sequence[Sequence[Floats]]) -> tuple[Floats, Floats, Floats, Floats]:
    """Give one net with the units of all, whose scores are the mean of theirs."""
    share = np.float32(1 / len(nets))
    inner, inner_bias, outer, outer_bias = zip(*nets, strict=True)
    bias: Floats = np.sum(outer_bias, axis=0) * share
    return np.hstack(inner), np.concatenate(inner_bias), np.vstack(outer) * share, bias


def _fit(
    examples: csr_matrix, targets: NDArray[np.int64], weights: NDArray[np.float64], labels: int, seed: int
) -> list[Floats]:
    random = np.random.default_rng(seed)
    layers = Layers(
        [
            random.normal(0, 0.05, (examples.shape[1], UNITS)).astype(np.float32),
            np.zeros(UNITS, dtype=np.float32),
            random.normal(0, 0.3, (UNITS, labels)).astype(np.float32),
            np.zeros(labels, dtype=np.float32),
        ]
    )
    wanted = np.eye(labels, dtype=np.float32)[targets]
    counts = (weights / weights.mean()).astype(np.float32)
    steps = EPOCHS * -(-len(targets) // BATCH)
    time = 0
    for _ in range(EPOCHS):
        order = random.permutation(len(targets))
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            time += 1
            gradients = _gradients(layers, _thinned(examples[chosen], random), wanted[chosen], counts[chosen], random)
            layers.step(gradients, time, RATE * (1 - time / (steps + 1)))
    return layers.weights


def _thinned(examples: csr_matrix, random: np.random.Generator) -> csr_matrix:
    """Leave some features out, so that no unit leans on one alone."""
    kept = random.random(len(examples.data)) < KEPT
    examples.data = (examples.data * kept / KEPT).astype(np.float32)
    return examples


def _gradients(
    layers: Layers, examples: csr_matrix, wanted: Floats, counts: Floats, random: np.random.Generator
) -> list[Floats]:
    inner, inner_bias, outer, outer_bias = layers.weights
    sums = examples @ inner + inner_bias
    kept = ((random.random(sums.shape) < KEPT) / KEPT).astype(np.float32)
    units = np.maximum(sums, 0) * kept
    error = (shares(units @ outer + outer_bias) - wanted) * (counts / len(counts))[:, None]
    back = (error @ outer.T) * (sums > 0) * kept
    down = np.float32(DECAY)
    return [examples.T @ back + down * inner, back.sum(axis=0), units.T @ error + down * outer, error.sum(axis=0)]
