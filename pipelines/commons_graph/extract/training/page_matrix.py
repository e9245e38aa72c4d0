"""Features as sparse matrices: which features are kept, and how each group weighs the same in a page.

What belongs here: counting and selecting. What does not: what features mean, and the fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

Hashes = npt.NDArray[np.uint32]


def counts(rows: Sequence[Sequence[int]]) -> tuple[Hashes, npt.NDArray[np.intp]]:
    """Give every hash of the rows, sorted, and in how many rows it is."""
    flat = np.concatenate([np.asarray(row, np.uint32) for row in rows] or [np.zeros(0, np.uint32)])
    return np.unique(flat, return_counts=True)


def matrix(rows: Sequence[Sequence[int]], features: Hashes, group: npt.NDArray[np.uint8]) -> Any:
    """Give one sparse row a page: 1 over the root of how many known features of its group the page has."""
    indices, values, ends = [], [], [0]
    for row in rows:
        hashes = np.asarray(row, np.uint32)
        spots = np.minimum(np.searchsorted(features, hashes), len(features) - 1)
        spots = spots[features[spots] == hashes]
        own = group[spots]
        indices.append(spots)
        values.append(1 / np.sqrt(np.bincount(own, minlength=1)[own]))
        ends.append(ends[-1] + len(spots))
    return sparse.csr_matrix((np.concatenate(values), np.concatenate(indices), ends), (len(rows), len(features)))
