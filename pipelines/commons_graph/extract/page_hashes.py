"""Hashes of features of 32 bits, each group of features with a seed of its own.

What belongs here: hashing, also of features that come in two parts, whose strings are then never made. What does not:
which features there are (`page_features`, `page_pairs`). A checksum goes on where another one ended, so that
`crc32(a + b)` is `crc32(b, crc32(a))`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from zlib import crc32


def encoded(features: Sequence[str]) -> list[bytes]:
    """Give features, none of which holds NUL, as bytes: in one go, since pages have hundreds."""
    return "\0".join(features).encode("utf-8", "replace").split(b"\0") if features else []


def whole(features: Sequence[str], seed: int) -> Iterator[int]:
    """Give the hash of each feature."""
    return map(crc32, encoded(features), repeat(seed))


def joined(left: Sequence[str], right: Sequence[str], seed: int) -> Iterator[int]:
    """Give the hashes of `left&right`, for each of the left ones with each of the right ones."""
    behind, before = encoded(right), whole([f"{one}&" for one in left], seed)
    return chain.from_iterable(map(crc32, behind, repeat(each)) for each in before)


def running(words: Sequence[bytes], one: str, two: str, seed: int) -> Iterator[int]:
    """Give the hashes of each word behind the name `one`, and of each two neighbours behind the name `two`."""
    single, double = whole((one, two), seed)
    pairs = map(crc32, [b" " + word for word in words[1:]], map(crc32, words, repeat(double)))
    return chain(map(crc32, words, repeat(single)), pairs)
