"""Makes the kinds of words from a whole corpus: words that stand among the same words are of one kind. Deterministic.

Positive pointwise mutual information of each word with its four neighbours, each at its own place, made dense by
truncated SVD (Levy and Goldberg, Neural Word Embedding as Implicit Matrix Factorization, 2014), then k-means.
"""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.cluster import KMeans, MiniBatchKMeans
from sklearn.decomposition import TruncatedSVD

from commons_graph.extract.segments import Ints
from commons_graph.extract.tokens import TOKEN
from commons_graph.extract.vocabulary import shape
from commons_graph.extract.word_kinds import WordKinds

LEAST = 12
"""Times that a word must come to have a kind."""
TELLING = 2_000
"""The most frequent words stand for themselves as neighbours, all others for their shape."""
SHAPES = 6
PLACES = (-2, -1, 1, 2)
SMOOTH = 0.75
"""Power of a neighbour's frequency, so that rare neighbours say less."""
DIMENSIONS, KINDS, WIDER = 96, 512, 48
FITTED = 30_000
"""The most frequent words, by which the kinds are found; rarer ones join the nearest kind."""


class _Numbers(dict[str, int]):
    """The number of each word, in the order of their first use."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self)
        return number


def make(texts: Iterable[str]) -> WordKinds:
    """Give the kinds of the words of all texts."""
    numbers = _Numbers()
    parts = [np.fromiter((numbers[word] for word in TOKEN.findall(text)), dtype=np.int32) for text in texts]
    sequence = np.concatenate(parts)
    words = list(numbers)
    counts = np.bincount(sequence, minlength=len(words))
    order = np.argsort(-counts, kind="stable")
    frequent = order[counts[order] >= LEAST]
    rank = np.full(len(words), -1, dtype=np.int64)
    rank[frequent] = np.arange(len(frequent))
    shapes = np.array([shape(word) for word in words], dtype=np.int64)
    neighbours = np.where((rank >= 0) & (rank < TELLING), rank, TELLING + shapes)
    vectors = _vectors(_counted(rank[sequence], neighbours[sequence], len(frequent)))
    return _table([words[number] for number in frequent], *grouped(vectors, KINDS, WIDER))


def _counted(ranks: Ints, neighbours: Ints, size: int) -> csr_matrix:
    """Count how often each word has each neighbour at each place."""
    width = TELLING + SHAPES
    return hstack([_at(place, ranks, neighbours, (size, width)) for place in PLACES]).tocsr()


def _at(place: int, ranks: Ints, neighbours: Ints, shape_: tuple[int, int]) -> csr_matrix:
    rows, columns = (ranks[:-place], neighbours[place:]) if place > 0 else (ranks[-place:], neighbours[:place])
    kept = rows >= 0
    keys, times = np.unique(rows[kept] * shape_[1] + columns[kept], return_counts=True)
    return csr_matrix((times.astype(np.float32), (keys // shape_[1], keys % shape_[1])), shape=shape_)


def _vectors(counts: csr_matrix) -> NDArray[np.float32]:
    """Give a vector of length one for each word."""
    rows, columns = np.asarray(counts.sum(1)).ravel(), np.asarray(counts.sum(0)).ravel()
    total = rows.sum()
    met = counts.tocoo()
    expected = rows[met.row] * columns[met.col] ** SMOOTH * total ** (1 - SMOOTH)
    information = np.log(met.data * total / expected)
    telling = information > 0
    positive = csr_matrix((information[telling], (met.row[telling], met.col[telling])), shape=counts.shape)
    fitted = TruncatedSVD(min(DIMENSIONS, min(positive.shape) - 1), random_state=0, n_iter=4).fit(positive)
    vectors = fitted.transform(positive) / np.sqrt(fitted.singular_values_ + 1e-9)
    found: NDArray[np.float32] = (vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)).astype(np.float32)
    return found


def grouped(vectors: NDArray[np.float32], kinds: int, wider: int) -> tuple[Ints, Ints]:
    """Give the kind of each word and the wider kind of each kind, both from zero; the most frequent words first."""
    kinds = min(kinds, len(vectors))
    means = MiniBatchKMeans(kinds, random_state=0, batch_size=4096, n_init=3, max_iter=60).fit(vectors[:FITTED])
    found = means.predict(vectors)
    sizes = np.bincount(found, minlength=kinds)
    ordered = KMeans(min(wider, kinds), random_state=0, n_init=4)
    return found, ordered.fit_predict(means.cluster_centers_, sample_weight=sizes)


def _table(words: list[str], kinds: Ints, wider: Ints) -> WordKinds:
    """Put the words in the order of their numbers; kind 0 is left for unknown ones."""
    codes = np.array([crc32(word.encode()) for word in words], dtype=np.uint32)
    _, first = np.unique(codes, return_index=True)
    return WordKinds(codes[first], (kinds[first] + 1).astype(np.uint16), np.append(0, wider + 1).astype(np.uint8))
