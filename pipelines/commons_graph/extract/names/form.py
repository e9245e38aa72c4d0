"""What a name alone looks like, without any text around it: its words' endings, shapes and head nouns, as numbers.

What belongs here: features of a name's own words, for all names of a text at once. Whole names are not among them, so
that a model learns what names look like and not the names of its training documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from commons_graph.extract.codes import Codes, code, joined_each
from commons_graph.extract.names.heads import Heads
from commons_graph.extract.names.texts import Texts
from commons_graph.extract.segments import Ints, spread
from commons_graph.extract.vocabulary import ENDING, FIRST, HEAD, LOWER
from commons_graph.extract.word_kinds import KINDS, WIDER, WordKinds

Rows = tuple[Ints, Codes]
"""Numbers of rows, and a feature for each of them."""
LENGTHS = np.array([code(f"length {length}") for length in range(9)], dtype=np.uint32)
PLACES = np.array([code(f"head {place}") for place in range(3)], dtype=np.uint32)
FIRST_WORD, LAST_WORD, END, BEGINNING, FIRSTS, WORD = (
    np.uint32(code(name)) for name in ("first", "last", "ending", "beginning", "firsts", "word")
)
ANY_KIND = np.uint32(code("any kind"))
MOST_HEADS = 3


class Forms:
    """The words of texts, and the head nouns among them, for names that are ranges of words."""

    def __init__(self, texts: Texts, heads: Heads, kinds: WordKinds) -> None:
        self.words = texts.codes
        self.shapes = texts.shapes
        self.kinds: Ints = texts.laid(kinds.of, 0, np.int64)
        self.wider = kinds.wider[self.kinds].astype(np.int64)
        self.signs = texts.signs()
        each = zip(texts.tokens, texts.first.tolist(), strict=True)
        found = [(begin + at, length, cls) for one, begin in each for at, length, cls in heads.places(one)]
        self.at = np.array([at for at, _, _ in found], dtype=np.int64)
        self.length = np.array([length for _, length, _ in found], dtype=np.int64)
        self.classes = np.array([code(cls) for _, _, cls in found], dtype=np.uint32)

    def features(self, first: Ints, last: Ints) -> Iterator[Rows]:
        """Give the features of names that are half-open ranges of words, none of them empty."""
        every = np.arange(len(first))
        sizes = last - first
        pairs = zip(first.tolist(), last.tolist(), strict=True)
        shapes = np.array([_shape(self.signs[one:other]) for one, other in pairs], dtype=np.uint32).reshape(-1, 2)
        yield every, shapes[:, 0]
        yield every, shapes[:, 1]
        yield every, LENGTHS[np.minimum(sizes, 8)]
        yield every, joined_each(self.words[first, FIRST], FIRST_WORD)
        yield every, joined_each(self.words[last - 1, FIRST], LAST_WORD)
        yield every, joined_each(self.words[last - 1, ENDING], END)
        yield every, joined_each(self.words[first, ENDING], BEGINNING)
        yield from self._words(first, last)
        yield from self._kinds(first, last)
        yield from self._heads(first, last)

    def _words(self, first: Ints, last: Ints) -> Iterator[Rows]:
        sizes = last - first
        long = np.flatnonzero(sizes > 1)
        two = joined_each(self.words[first[long], FIRST], self.words[first[long] + 1, FIRST])
        yield long, joined_each(two, FIRSTS)
        rows, at = np.repeat(np.arange(len(first)), sizes), spread(first, sizes)
        common = (self.shapes[at] == LOWER) | (sizes[rows] > 1)
        yield rows[common], joined_each(self.words[at[common], HEAD], WORD)

    def _kinds(self, first: Ints, last: Ints) -> Iterator[Rows]:
        """Give the kinds of the words, of the first and of the last one, and the wider kinds of all as one."""
        every, sizes = np.arange(len(first)), last - first
        rows, at = np.repeat(every, sizes), spread(first, sizes)
        yield rows, joined_each(KINDS[self.kinds[at]], ANY_KIND)
        yield rows, joined_each(WIDER[self.wider[at]], ANY_KIND)
        one, other = KINDS[self.kinds[first]], KINDS[self.kinds[last - 1]]
        yield every, joined_each(one, FIRST_WORD)
        yield every, joined_each(other, LAST_WORD)
        whole = np.full(len(first), ANY_KIND)
        for step in range(4):
            longer = joined_each(whole, WIDER[self.wider[np.minimum(first + step, len(self.wider) - 1)]])
            whole = np.where(step < sizes, longer, whole)
        yield every, whole

    def _heads(self, first: Ints, last: Ints) -> Iterator[Rows]:
        """Give the classes that head nouns announce, and whether they are the first, the second or a later word."""
        low = np.searchsorted(self.at, first)
        sizes = np.searchsorted(self.at, last) - low
        rows, found = np.repeat(np.arange(len(first)), sizes), spread(low, sizes)
        inside = self.at[found] + self.length[found] <= last[rows]
        rows, found = rows[inside], found[inside]
        fresh = np.ones(len(rows), dtype=np.bool_)
        fresh[1:] = (rows[1:] != rows[:-1]) | (self.at[found[1:]] != self.at[found[:-1]])
        rows, found = rows[fresh], found[fresh]
        early = np.arange(len(rows)) - np.searchsorted(rows, rows) < MOST_HEADS
        rows, found = rows[early], found[early]
        yield rows, joined_each(PLACES[np.minimum(self.at[found] - first[rows], 2)], self.classes[found])

    def alone(self) -> Codes:
        """Give for each token the class that it announces as a head noun by itself, or 0."""
        found = np.zeros(len(self.shapes), dtype=np.uint32)
        single = np.flatnonzero(self.length == 1)[::-1]
        found[self.at[single]] = self.classes[single]
        return found


@lru_cache(maxsize=100_000)
def _shape(signs: str) -> tuple[int, int]:
    """Give the numbers of a name's shape: squeezed, and its first six signs with whether it is one word."""
    squeezed = "".join(sign for at, sign in enumerate(signs) if not at or sign != signs[at - 1])
    return code(f"form {squeezed}"), code(f"shapes {signs[:6]} {len(signs) == 1}")
