"""Fitting linear models over hashed features, and choosing their thresholds on documents held out. Deterministic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from commons_graph.extract.linear import LinearModel

FOLDS = 5
SMALL = 0.02


def vocabulary(features: Sequence[Sequence[int]], rare: int) -> dict[int, int]:
    """Give the row of each feature that occurs at least `rare` times."""
    counts = Counter(feature for each in features for feature in each)
    return {feature: row for row, feature in enumerate(sorted(f for f, count in counts.items() if count >= rare))}


def matrix(features: Sequence[Sequence[int]], rows: dict[int, int]) -> csr_matrix:
    """Give the examples as a sparse matrix of ones."""
    found = [[rows[feature] for feature in each if feature in rows] for each in features]
    pointers = np.cumsum([0, *map(len, found)])
    columns = np.fromiter((row for each in found for row in each), dtype=np.int32, count=int(pointers[-1]))
    return csr_matrix((np.ones(len(columns), dtype=np.float32), columns, pointers), shape=(len(found), len(rows)))


def one_of(
    features: Sequence[Sequence[int]], labels: Sequence[str], names: Sequence[str], strength: float
) -> LinearModel:
    """Fit a model of labels of which just one holds. `strength` is scikit-learn's C."""
    rows = vocabulary(features, 3)
    regression = LogisticRegression(C=strength, solver="lbfgs", max_iter=150, tol=1e-3, random_state=0)
    regression.fit(matrix(features, rows), [names.index(label) for label in labels])
    weights = np.zeros((len(rows), len(names)), dtype=np.float32)
    bias = np.full(len(names), -9.0, dtype=np.float32)
    for column, label in enumerate(regression.classes_):
        weights[:, label], bias[label] = regression.coef_[column], regression.intercept_[column]
    return pruned(LinearModel(tuple(names), rows, weights, bias, np.zeros(len(names), dtype=np.float32)))


def pruned(model: LinearModel) -> LinearModel:
    """Leave out the features that weigh next to nothing."""
    weights = model.weights[: len(model.rows)]
    used = np.abs(weights).max(axis=1) > SMALL
    kept = np.fromiter(model.rows, dtype=np.int64, count=len(model.rows))[used]
    rows = {int(feature): row for row, feature in enumerate(kept)}
    return LinearModel(model.labels, rows, weights[used], model.bias, model.thresholds)


def folds(documents: Sequence[int]) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Give for each fold the examples to fit and those held out; a document's examples stay together."""
    numbers = np.array(documents)
    return [(np.flatnonzero(numbers % FOLDS != fold), np.flatnonzero(numbers % FOLDS == fold)) for fold in range(FOLDS)]
