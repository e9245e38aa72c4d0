"""Features as 32-bit numbers, made and joined with arithmetic instead of strings: most of extraction's time is here.

What belongs here: the arithmetic. What does not: which features there are (`names.features`, `relation.features`).
A feature's number is a hash: two may share one, which costs the models little (docs/decisions/0003).
"""

from __future__ import annotations

from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]
MASK = 0xFFFFFFFF
SPREAD, TURN = 0x9E3779B1, 0x85EBCA6B
"""Odd constants of multiplicative hashing (Knuth, The Art of Computer Programming, volume 3, 6.4; xxHash)."""


@lru_cache(maxsize=500_000)
def code(name: str) -> int:
    """Give the number of a feature's name."""
    return crc32(name.encode())


def joined(left: int, right: int) -> int:
    """Give the number of two features that hold together; the order counts."""
    return ((left * SPREAD) ^ (right + TURN)) & MASK


def joined_each(left: Codes, right: Codes | np.uint32) -> Codes:
    """Give `joined` of two arrays, or of an array and one number."""
    turned = np.uint32((int(right) + TURN) & MASK) if isinstance(right, np.uint32) else right + np.uint32(TURN)
    found: Codes = (left * np.uint32(SPREAD)) ^ turned
    return found
