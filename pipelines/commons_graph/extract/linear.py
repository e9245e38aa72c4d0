"""Linear models over features that are numbers (`codes`): a row of weights a feature, a column a label.

What belongs here: loading, saving, scoring. What does not: features and training.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from commons_graph.errors import CommonsError

Floats = NDArray[np.float32]
SPARSE = 2
"""The index has about four to eight places a number."""
LAST = np.uint32(0xFFFFFFFF)
"""No number is above it, so that a search ends there."""
STEPS = 127
"""On either side of 0, of the weights of a label in a file."""
PIECE = 65_536
"""Weights that are added at once: columns are added one by one, so that more would leave the cache between them."""


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


class Places:
    """Where each of many ordered, well mixed numbers stands, found by its leading bits and a few steps from there.

    Most numbers stand where their bits say, or are told to be unknown there: far fewer steps than a binary search.
    """

    def __init__(self, numbers: NDArray[np.uint32]) -> None:
        self.count = len(numbers)
        self.numbers: NDArray[np.uint32] = np.append(numbers, LAST)
        bits = min(self.count.bit_length() + SPARSE, 24)
        self.shift = np.uint32(32 - bits)
        self.first = np.zeros(2**bits, dtype=np.int32)
        np.cumsum(np.bincount(numbers >> self.shift, minlength=2**bits)[:-1], out=self.first[1:])

    def find(self, asked: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Give which of the asked numbers are known, in order, and where each of those stands."""
        at = self.first.take(asked >> self.shift)
        met = self.numbers.take(at)
        behind = np.flatnonzero(met < asked)
        while len(behind):
            at[behind] += 1
            met[behind] = self.numbers.take(at.take(behind))
            behind = behind[met.take(behind) < asked.take(behind)]
        known = np.flatnonzero((met == asked) & (at < self.count))
        return known, at.take(known)


@dataclass(frozen=True, slots=True)
class Met:
    """The rows of weights that the features of examples have, and where each example starts among them."""

    rows: NDArray[np.int32]
    starts: NDArray[np.int64]

    def summed(self, weights: Floats, bias: Floats) -> Floats:
        """Give for each example the sum of its features' weights and the bias."""
        scores: Floats = np.tile(bias, (len(self.starts), 1))
        filled = np.flatnonzero(np.diff(self.starts, append=len(self.rows)))
        starts = self.starts[filled]
        for low, high in _pieces(starts, PIECE // weights.shape[1]):
            rows = self.rows[starts[low] : starts[high] if high < len(starts) else len(self.rows)]
            scores[filled[low:high]] += np.add.reduceat(
                weights.take(rows, axis=0), starts[low:high] - starts[low], axis=0
            )
        return scores

    def take(self, examples: NDArray[np.int64]) -> Met:
        """Give the chosen examples."""
        sizes = np.diff(self.starts, append=len(self.rows))[examples]
        ends = np.cumsum(sizes)
        at = np.repeat(self.starts[examples] - (ends - sizes), sizes) + np.arange(int(sizes.sum()))
        return Met(self.rows[at], ends - sizes)


def _pieces(starts: NDArray[np.int64], size: int) -> Iterator[tuple[int, int]]:
    """Cut examples, none of them empty, where one starts behind each `size` rows: half-open ranges of examples."""
    cuts = np.flatnonzero(np.diff(starts // size, prepend=-1)).tolist()
    return pairwise((*cuts, len(starts)))


@dataclass(frozen=True, slots=True)
class LinearModel:
    """`features` are the numbers that the model knows, in order, with a row of `weights` each.

    `thresholds` has one number a label.
    """

    labels: tuple[str, ...]
    features: NDArray[np.uint32]
    weights: Floats
    bias: Floats
    thresholds: Floats
    places: Places = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", Places(self.features))

    @classmethod
    def load(cls, path: Path) -> LinearModel:
        """Read a model. Raises `CommonsError` when it is missing or broken."""
        try:
            with np.load(path, allow_pickle=False) as file:
                weights = file["weights"] * file["scales"]
                labels = tuple(file["labels"].tolist())
                return cls(labels, file["features"], weights, file["bias"], file["thresholds"])
        except (OSError, KeyError, ValueError) as error:
            raise CommonsError(str(path), "this is no model", "make it again with `make model`") from error

    def save(self, path: Path, more: Mapping[str, Floats] = MappingProxyType({})) -> None:
        """Write the model, its weights in 8 bits with a scale a label, and what else a model around it needs."""
        scales = np.maximum(np.abs(self.weights).max(axis=0, initial=0), np.float32(1e-9)) / np.float32(STEPS)
        arrays: dict[str, Any] = {
            "labels": np.array(self.labels),
            "features": self.features,
            "weights": np.rint(self.weights / scales).astype(np.int8),
            "scales": scales,
            "bias": self.bias,
            "thresholds": self.thresholds,
            **more,
        }
        np.savez_compressed(path, **arrays)

    def met(self, batch: Batch) -> Met:
        """Give the known features of each example."""
        known, rows = self.places.find(batch.features)
        return Met(rows, np.searchsorted(known, batch.starts))

    def scores(self, batch: Batch) -> Floats:
        """Give the score of each label (columns) for each example (rows), all in one pass."""
        return self.met(batch).summed(self.weights, self.bias)

    def each(self, batch: Batch) -> Floats:
        """Give each label's own probability: several may hold."""
        with np.errstate(over="ignore"):  # the share of what is beyond measure unlikely is 0
            found: Floats = np.float32(1) / (np.float32(1) + np.exp(-self.scores(batch)))
        return found

    def one(self, batch: Batch) -> Floats:
        """Give the probabilities of the labels when just one holds."""
        return shares(self.scores(batch))


def shares(scores: Floats) -> Floats:
    """Give the probabilities of labels of which just one holds, from their scores; a row an example."""
    found: Floats = np.exp(scores - scores.max(axis=1, keepdims=True, initial=-1e9))
    found /= found.sum(axis=1, keepdims=True)
    return found
