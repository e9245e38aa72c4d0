"""Two bodies of evidence on each page, as matrices: its own words, and what links to it say.

What belongs here: which features take part, and turning coefficients of read pages into weights of features.
What does not: where features come from (`page_features`, `page_links`) and the fit (`softmax`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from commons_graph.extract.page_features import GROUPS
from commons_graph.extract.training import page_topics
from commons_graph.extract.training.page_matrix import Hashes, counts, matrix
from commons_graph.extract.training.page_topics import Matrix, Topics

TOPICS = (80, 80, 80, 40, 40, 80, 40, 80, 80, 0)
"""How many directions each group of features has."""
IMPORTANCE = (1.5, 1, 1, 1, 1, 0.3, 1, 1, 0.3, 1)
"""How much each group of features counts in a page's sum."""
LINK_TOPICS = 80
SHARE = 1.0
"""How much the directions count beside the features themselves."""
PARTS = len(GROUPS) + 1
OFTEN = 40
"""A feature of so many pages is kept though no read page has it: the directions give it a weight."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Features, a row a page of the whole corpus (`everyone`), the rows of the read pages, and the directions.

    `importance` holds how much each feature counts; all features of a direction count the same.
    """

    features: Hashes
    group: npt.NDArray[np.uint8]
    importance: Matrix
    everyone: Any
    read: Any
    topics: tuple[Topics, ...]

    def products(self) -> Matrix:
        """Give the inner products of the read pages."""
        result: Matrix = (self.read @ sparse.diags(self.importance) @ self.read.T).toarray()
        for topics in self.topics:
            places = topics.places(self.read)
            result += self.importance[topics.columns[0]] * (places @ places.T)
        result /= PARTS
        return result

    def weights(self, coefficients: Matrix) -> Matrix:
        """Give the weights of the features, from the coefficients of the read pages."""
        result = np.asarray(self.read.T @ coefficients)
        for topics in self.topics:
            topics.add_weights(result, topics.places(self.read), coefficients)
        weights: Matrix = self.importance[:, None] * result / PARTS
        return weights


def own_evidence(pages: Sequence[list[list[int]]], read: npt.NDArray[np.intp]) -> Evidence:
    """Give the evidence of the pages' own words; `pages` are hashes by group, `read` the numbers of read pages."""
    parts = [
        _frequent([page[number] for page in pages], [pages[row][number] for row in read])
        for number in range(len(GROUPS))
    ]
    group = np.repeat(np.arange(len(parts), dtype=np.uint8), [len(part) for part in parts])
    features, first = np.unique(np.concatenate(parts), return_index=True)
    everyone = matrix([[hash_ for part in page for hash_ in part] for page in pages], features, group[first])
    topics = tuple(
        page_topics.find(everyone, np.flatnonzero(group[first] == number), TOPICS[number], SHARE)
        for number in range(len(GROUPS))
        if TOPICS[number]
    )
    importance = np.array(IMPORTANCE)[group[first]]
    return Evidence(features, group[first], importance, everyone, everyone[read], topics)


def link_evidence(linked: dict[str, set[int]], read: Sequence[str]) -> Evidence:
    """Give the evidence of links, by title in lower case; a read page that nothing links to has an empty row."""
    said = [sorted(linked.get(title, ())) for title in read]
    rows = [sorted(found) for found in linked.values()]
    features = _frequent(rows, said)
    group = np.zeros(len(features), np.uint8)
    everyone = matrix(rows, features, group)
    topics = page_topics.find(everyone, np.arange(len(features)), LINK_TOPICS, SHARE)
    return Evidence(features, group, np.ones(len(features)), everyone, matrix(said, features, group), (topics,))


def _frequent(everywhere: Sequence[Sequence[int]], read: Sequence[Sequence[int]]) -> Hashes:
    """Give the features of two read pages and five of all, or of many pages, but not of nearly all."""
    every, number = counts(everywhere)
    near, times = counts(read)
    useful = np.isin(every, near[times >= 2]) & (number >= 5) | (number >= OFTEN)
    result: Hashes = every[useful & (number < 0.97 * len(everywhere))]
    return result
