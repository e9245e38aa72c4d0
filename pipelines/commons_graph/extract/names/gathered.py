"""Features collected part by part, then put together by candidate, each once.

What belongs here: putting together. What does not: which features there are.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from commons_graph.extract.linear import Batch
from commons_graph.extract.names.form import Rows

LOW = np.uint64(32)


def gathered(parts: Iterable[Rows], count: int) -> Batch:
    """Give the features of `count` candidates from parts that each hold candidates' numbers and a feature for each.

    A feature that a candidate has twice counts once. Each candidate must have one at least.
    """
    every = list(parts)
    rows = np.concatenate([rows for rows, _ in every]).astype(np.uint64)
    keys = (rows << LOW) | np.concatenate([codes for _, codes in every])
    keys.sort()
    fresh = np.ones(len(keys), dtype=np.bool_)
    fresh[1:] = keys[1:] != keys[:-1]
    keys = keys[fresh]
    starts = np.searchsorted(keys, np.arange(count, dtype=np.uint64) << LOW)
    return Batch(keys.astype(np.uint32), starts)
