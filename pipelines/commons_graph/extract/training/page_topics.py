"""What unread pages teach: which features occur together, as the main directions of each group of features.

What belongs here: the directions and how they add to products and weights. Everything stays linear, so that a model
with directions is still one weight a feature. What does not: labels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.utils.extmath import randomized_svd

RARE, COMMON = 25, 30_000
"""Features of fewer or of more pages than these take no part."""
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Topics:
    """Directions over some columns of a matrix, scaled so that a page's product with itself is `share` on average."""

    columns: npt.NDArray[np.intp]
    directions: Matrix

    def places(self, rows: Any) -> Matrix:
        """Give where pages lie along the directions."""
        result: Matrix = rows[:, self.columns] @ self.directions
        return result

    def add_weights(self, weights: Matrix, places: Matrix, coefficients: Matrix) -> None:
        """Add what the directions say to the weights of their features, in place."""
        weights[self.columns] += self.directions @ (places.T @ coefficients)


def find(pages: Any, columns: npt.NDArray[np.intp], number: int, share: float) -> Topics:
    """Find the main directions of some columns of a sparse matrix with one row a page of the corpus."""
    part = pages[:, columns].tocsc()
    seen = np.diff(part.indptr)
    kept = np.flatnonzero((seen >= RARE) & (seen < COMMON))
    rarity = np.log(part.shape[0] / seen[kept])
    scaled = part[:, kept] @ sparse.diags(rarity)
    _, _, directions = randomized_svd(scaled, min(number, len(kept) - 1), n_iter=2, random_state=0)
    turned = rarity[:, None] * directions.T
    size = float(np.square(part[:, kept] @ turned).sum(1).mean())
    return Topics(columns[kept], turned * np.sqrt(share / size))
