"""Fitting linear models over hashed features, and choosing their thresholds on documents held out. Deterministic."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from commons_graph.extract.linear import Batch, LinearModel

FOLDS = 5
SMALL = 0.02


def vocabulary(batch: Batch, rare: int) -> NDArray[np.uint32]:
    """Give the features that occur at least `rare` times, in order."""
    features, counts = np.unique(batch.features, return_counts=True)
    return features[counts >= rare]


def matrix(batch: Batch, features: NDArray[np.uint32]) -> csr_matrix:
    """Give the examples as a sparse matrix of ones, a column a known feature."""
    columns = np.searchsorted(features, batch.features)
    known = np.take(features, columns, mode="clip") == batch.features
    pointers = np.concatenate((batch.starts, [len(batch.features)]))
    kept = np.concatenate(([0], np.cumsum(known)))[pointers]
    ones = np.ones(int(known.sum()), dtype=np.float32)
    return csr_matrix((ones, columns[known], kept), shape=(len(batch.starts), len(features)))


def one_of(
    batch: Batch, labels: Sequence[str], names: Sequence[str], strength: float, weights: Sequence[float] | None = None
) -> LinearModel:
    """Fit a model of labels of which just one holds. `strength` is scikit-learn's C; `weights` those of examples."""
    features = vocabulary(batch, 3)
    regression = LogisticRegression(C=strength, solver="lbfgs", max_iter=150, tol=1e-3, random_state=0)
    regression.fit(matrix(batch, features), [names.index(label) for label in labels], sample_weight=weights)
    found = np.zeros((len(features), len(names)), dtype=np.float32)
    bias = np.full(len(names), -9.0, dtype=np.float32)
    for column, label in enumerate(regression.classes_):
        found[:, label], bias[label] = regression.coef_[column], regression.intercept_[column]
    return pruned(LinearModel(tuple(names), features, found, bias, np.zeros(len(names), dtype=np.float32)))


def pruned(model: LinearModel) -> LinearModel:
    """Leave out the features that weigh next to nothing."""
    used = np.abs(model.weights).max(axis=1, initial=0) > SMALL
    return LinearModel(model.labels, model.features[used], model.weights[used], model.bias, model.thresholds)


def folds(documents: Sequence[int]) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Give for each fold the examples to fit and those held out; a document's examples stay together."""
    numbers = np.array(documents)
    return [(np.flatnonzero(numbers % FOLDS != fold), np.flatnonzero(numbers % FOLDS == fold)) for fold in range(FOLDS)]
