"""Trains the relation model from the training documents; deterministic.

One L2-regularised logistic regression a predicate, over the pairs that its signature allows. What scores are worth is
measured on held-out documents (five folds, by document).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from commons_graph.extract.linear import Batch, LinearModel
from commons_graph.extract.training import fit
from commons_graph.extract.training.relation_pairs import Pairs
from commons_graph.extract.training.relation_scores import calibration, thresholds

RARE = 3
STRENGTH = 0.4
"""scikit-learn's C."""


def train(met: Pairs, given: Pairs, predicates: Sequence[str], missed: Counter[str]) -> LinearModel:
    """Fit the model on the pairs of found names and of gold names together; the thresholds suit the found ones.

    `missed` counts the annotated relations that no pair of found names holds, for honest recall.
    """
    both = Pairs(
        met.features + given.features,
        met.document + given.document,
        met.allowed + given.allowed,
        met.gold + given.gold,
        met.weights + given.weights,
        met.written + given.written,
    )
    held_out = np.zeros((len(met.gold), len(predicates)), dtype=np.float32)
    numbers, all_numbers = np.array(met.document), np.array(both.document)
    for fold in range(fit.FOLDS):
        model = _fit(both, predicates, np.flatnonzero(all_numbers % fit.FOLDS != fold))
        outside = np.flatnonzero(numbers % fit.FOLDS == fold)
        held_out[outside] = model.scores(Batch.joined([met.features[row] for row in outside]))
    scale, shifts = calibration(held_out, met, predicates)
    least = thresholds(scale * held_out + shifts, met, predicates, missed)
    model = _fit(both, predicates, np.arange(len(both.gold)))
    return replace(model, weights=model.weights * scale, bias=model.bias * scale + shifts, thresholds=least)


def _fit(pairs: Pairs, predicates: Sequence[str], chosen: NDArray[np.int64]) -> LinearModel:
    features = fit.vocabulary(Batch.joined([pairs.features[row] for row in chosen]), RARE)
    weights = np.zeros((len(features), len(predicates)), dtype=np.float32)
    bias = np.full(len(predicates), -9.0, dtype=np.float32)
    for column, predicate in enumerate(predicates):
        fitting = [row for row in chosen if predicate in pairs.allowed[row]]
        labels = np.array([predicate in pairs.gold[row] for row in fitting])
        if labels.sum() < RARE:
            continue
        regression = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0, max_iter=300, tol=1e-2)
        batch = Batch.joined([pairs.features[row] for row in fitting])
        regression.fit(fit.matrix(batch, features), labels, sample_weight=[pairs.weights[row] for row in fitting])
        weights[:, column], bias[column] = regression.coef_[0], regression.intercept_[0]
    zeros = np.zeros(len(predicates), dtype=np.float32)
    return fit.pruned(LinearModel(tuple(predicates), features, weights, bias, zeros))
