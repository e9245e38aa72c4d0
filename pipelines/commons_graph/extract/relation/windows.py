"""The words around and between mentions as features, for all mentions and meetings of documents at once.

What belongs here: windows of words and cues, as rows of numbers (`segments`). What does not: which pairs there are, and
with what their features are joined (`features`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from commons_graph.extract.codes import Codes, code, joined_each
from commons_graph.extract.relation.layout import Layout
from commons_graph.extract.relation.mentions import Mentions, begins
from commons_graph.extract.segments import Ints, Segments, side_by_side
from commons_graph.extract.vocabulary import SEVEN
from commons_graph.extract.word_kinds import KINDS

BETWEEN, SHORTEST = 8, 5
AHEAD, BEHIND = 4, 3
BEFORE, AFTER, TWO_BEFORE, TWO_AFTER, WITHIN, PAIRED, SHORT, LONG = (
    np.array([code(name)], dtype=np.uint32)
    for name in ("before", "after", "before two", "after two", "b", "b two", "between", "between long")
)
GAP = 6
"""Empty words behind each document: nothing is looked for further away."""
NO_WORDS = np.zeros(GAP, dtype=np.uint32)
NOWHERE = np.zeros((1, 2), dtype=np.int64)
DISTANCES = np.array([code(f"distance {bits}") for bits in range(40)], dtype=np.uint32)
SENTENCES = np.array([code(f"same sentence {same}") for same in (False, True)], dtype=np.uint32)


@dataclass(frozen=True, slots=True)
class Spots:
    """The places of mentions in `Windows`: tokens, sentence, and the tokens of the block around them."""

    first: Ints
    last: Ints
    sentence: Ints
    low: Ints
    high: Ints

    @classmethod
    def of(cls, mentions: Mentions) -> Spots:
        """Read the places of mentions."""
        layouts, document = mentions.layouts, mentions.document
        blocks = [_blocks(layout) for layout in layouts]
        moved = begins([len(layout.tokens) + GAP for layout in layouts])[document]
        low, high = np.concatenate(blocks)[mentions.block + begins([len(each) for each in blocks])[document]].T
        sentences = begins([len(layout.bounds) + 1 for layout in layouts])[document]
        return cls(
            mentions.first + moved, mentions.last + moved, mentions.sentence + sentences, low + moved, high + moved
        )


def _blocks(layout: Layout) -> Ints:
    """Give the tokens of each block as a half-open range; a text without blocks has one that nothing stands in."""
    bounds = [layout.tokens.span(block.start, block.end) for block in layout.blocks]
    return np.array(bounds or [(len(layout.tokens), 0)], dtype=np.int64)


class Windows:
    """What is read of the words of documents once, for all mentions: one document behind the other, gaps between."""

    def __init__(self, layouts: Sequence[Layout]) -> None:
        self.stems: Codes = np.concatenate([part for each in layouts for part in (_stems(each), NO_WORDS)])
        self.within = joined_each(WITHIN, self.stems)
        self.paired = joined_each(joined_each(PAIRED, self.stems[:-1]), self.stems[1:])
        kinds = [part for each in layouts for part in (each.kinds, np.zeros(GAP, dtype=np.int64))]
        self.kinds: Codes = KINDS[np.concatenate(kinds)]
        self.within_kinds = joined_each(WITHIN, self.kinds)
        self.begins: list[int] = begins([len(each.tokens) + GAP for each in layouts]).tolist()
        """Where each document begins."""
        laid = list(zip(layouts, self.begins, strict=True))
        self.cue_at = np.array([at + more for each, more in laid for at in each.cues[0]], dtype=np.int64)
        announced = [predicate for each in layouts for predicate in each.cues[1]]
        self.predicates = list(dict.fromkeys(announced))
        numbers = {predicate: number for number, predicate in enumerate(self.predicates)}
        self.cue_says: Ints = np.array([numbers[predicate] for predicate in announced], dtype=np.int64)
        bounds = [np.concatenate((each.bounds, NOWHERE)) + more for each, more in laid]
        self.bounds: Ints = np.concatenate(bounds)
        """The tokens of each sentence; behind those of each document an empty one."""

    def before(self, spots: Spots) -> Segments:
        """Give for each spot the words before it, and the last two as one."""
        one = np.where(spots.first - 1 >= spots.low, self.stems[spots.first - 1], 0)
        two = np.where(spots.first - 2 >= spots.low, self.stems[spots.first - 2], 0)
        both = joined_each(joined_each(TWO_BEFORE, two), one)
        low = np.maximum(spots.low, spots.first - AHEAD)
        words = Segments.windows(self.stems, low, spots.first)
        kinds = Segments.windows(self.kinds, np.maximum(low, spots.first - 2), spots.first)
        return side_by_side((Segments.single(both), words.joined(BEFORE), kinds.joined(BEFORE)))

    def after(self, spots: Spots) -> Segments:
        """Give for each spot the words behind it, and the first two as one."""
        one = np.where(spots.last < spots.high, self.stems[np.minimum(spots.last, len(self.stems) - 1)], 0)
        two = np.where(spots.last + 1 < spots.high, self.stems[np.minimum(spots.last + 1, len(self.stems) - 1)], 0)
        both = joined_each(joined_each(TWO_AFTER, one), two)
        high = np.minimum(spots.high, spots.last + BEHIND)
        words = Segments.windows(self.stems, spots.last, high)
        kinds = Segments.windows(self.kinds, spots.last, np.minimum(high, spots.last + 2))
        return side_by_side((Segments.single(both), words.joined(AFTER), kinds.joined(AFTER)))

    def between(self, first: Ints, last: Ints) -> Segments:
        """Give the words of ranges and their pairs; of long ranges the first and the last ones."""
        sizes = np.maximum(last - first, 0)
        long = sizes > 2 * BETWEEN
        gap = long.astype(np.int64)
        head = np.where(long, first + BETWEEN, first + sizes)
        tail, end = np.where(long, last - BETWEEN, 0), np.where(long, last, 0)
        seam = np.stack((self._pair(head - 1, None), self._pair(None, tail)), axis=1).ravel()
        seams = np.stack((gap, gap), axis=1).ravel().astype(bool)
        return side_by_side(
            (
                Segments.single(self._whole(first, sizes, self.stems)),
                Segments.single(self._whole(first, sizes, self.kinds)),
                Segments.windows(self.within_kinds, first, head),
                Segments.windows(self.within_kinds, tail, end),
                Segments.windows(self.within, first, head),
                Segments(np.repeat(joined_each(WITHIN, LONG), int(gap.sum())), gap),
                Segments.windows(self.within, tail, end),
                Segments.windows(self.paired, first, head - 1),
                Segments(seam[seams], 2 * gap),
                Segments.windows(self.paired, tail, end - 1),
            )
        )

    def cues(self, name: str, first: Ints, last: Ints) -> Segments:
        """Give the predicates that words in the ranges announce."""
        codes = np.array([code(f"{name} {predicate}") for predicate in self.predicates], dtype=np.uint32)
        at, end = np.searchsorted(self.cue_at, first), np.searchsorted(self.cue_at, last)
        return Segments.windows(codes[self.cue_says], at, end)

    def _whole(self, first: Ints, sizes: Ints, words: Codes) -> Codes:
        """Give few words as one number."""
        whole = np.repeat(SHORT, len(first))
        for step in range(SHORTEST - 1):
            longer = joined_each(whole, words[np.minimum(first + step, len(words) - 1)])
            whole = np.where(step < sizes, longer, whole)
        return np.where(sizes < SHORTEST, whole, LONG)

    def _pair(self, left: Ints | None, right: Ints | None) -> Codes:
        """Give the pair of a word and the gap that stands for what is left out."""
        one = LONG if left is None else self.stems[np.maximum(left, 0)]
        other = LONG if right is None else self.stems[right]
        return joined_each(joined_each(PAIRED, one), other)


def _stems(layout: Layout) -> Codes:
    found: Codes = layout.tokens.vocabulary.codes[layout.tokens.rows, SEVEN]
    return found
