"""Multinomial logistic regression, fitted over the pages' products instead of the many features: exact and quick.

What belongs here: the fit and the temperature. What does not: what the numbers stand for.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize, minimize_scalar

Matrix = npt.NDArray[np.float64]


def fit(products: Matrix, targets: Matrix, weights: Matrix, decay: float, steps: int = 200) -> tuple[Matrix, Matrix]:
    """Fit shares of classes; give one row of coefficients an example, and the bias.

    `products` holds the inner products of the examples' features; `weights` how much each example counts.
    """
    examples, classes = targets.shape
    root = np.linalg.cholesky(products + 1e-6 * np.trace(products) / examples * np.eye(examples))

    def loss(flat: Matrix) -> tuple[float, Matrix]:
        free, bias = flat[:-classes].reshape(examples, classes), flat[-classes:]
        logs = _log_shares(root @ free + bias)
        error = weights[:, None] * (np.exp(logs) - targets)
        value = -float((weights[:, None] * targets * logs).sum()) + decay / 2 * float((free * free).sum())
        return value, np.concatenate([(root.T @ error + decay * free).ravel(), error.sum(0)])

    start = np.zeros(examples * classes + classes)
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps, "maxfun": 2 * steps}).x
    return np.linalg.solve(root.T, best[:-classes].reshape(examples, classes)), best[-classes:]


def temperature(scores: Matrix, right: npt.NDArray[np.bool_]) -> float:
    """Give the number to divide scores by, so that the best class's share is how often that class is right."""

    def loss(log: float) -> float:
        best = np.clip(np.exp(_log_shares(scores / np.exp(log)).max(1)), 1e-6, 1 - 1e-6)
        return -float(np.where(right, np.log(best), np.log1p(-best)).sum())

    return float(np.exp(minimize_scalar(loss, bounds=(-2.0, 2.0), method="bounded").x))


def _log_shares(scores: Matrix) -> Matrix:
    lifted = scores - scores.max(1, keepdims=True)
    result: Matrix = lifted - np.log(np.exp(lifted).sum(1, keepdims=True))
    return result
