"""The gazetteer's hashes of names that are ranges of a text's words, made from what is told of each word once.

What belongs here: growing a hash by a word. What does not: the hash of a name that is a string (`extract.gazetteer`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from commons_graph.extract.gazetteer import TURN, Hashes, name_hash
from commons_graph.extract.names.texts import Texts
from commons_graph.extract.names.words import without_article
from commons_graph.extract.per_word import PerWord
from commons_graph.extract.segments import Ints
from commons_graph.extract.tokens import Tokens
from commons_graph.extract.vocabulary import Vocabulary


class NameHashes:
    """What is told of each word: its hash, what a hash is multiplied by before it, and its hash at a name's start."""

    def __init__(self) -> None:
        self.hashes, self.turns, self.opening = PerWord(_hashes), PerWord(_turns), PerWord(_opening)

    def of_words(self, tokens: Tokens) -> tuple[Hashes, Hashes]:
        """Give the hash of each word of a text, and what the hash of the words before it is multiplied by."""
        return self.hashes.of(tokens).view(np.uint64), self.turns.of(tokens).view(np.uint64)

    def of_names(self, texts: Texts, first: Ints, last: Ints) -> Hashes:
        """Give the hashes of the folded names that half-open ranges of words are, without an article before them."""
        told = ((self.hashes, 0), (self.turns, 1), (self.opening, 0))
        hashes, turns, opening = (texts.laid(each.of, gap, np.int64).view(np.uint64) for each, gap in told)
        first = _words(first, last, hashes != 0)
        whole, bare = hashes[first], opening[first]
        at, going = first + 1, np.flatnonzero(first + 1 < last)
        while len(going):
            turn, word = turns[at[going]], hashes[at[going]]
            whole[going] = whole[going] * turn + word
            bare[going] = bare[going] * turn + word
            at += 1
            going = going[at[going] < last[going]]
        found: Hashes = np.where(bare == 0, whole, bare)  # an article alone is a name
        return found


def _words(first: Ints, last: Ints, is_word: NDArray[np.bool_]) -> Ints:
    """Give the ranges' starts behind the signs that they begin with."""
    while (signs := ~is_word[first] & (first + 1 < last)).any():
        first = first + signs
    return first


def _hashes(words: Vocabulary, rows: slice) -> list[int]:
    return [_signed(name_hash(plain)) for plain in words.plain[rows]]


def _turns(words: Vocabulary, rows: slice) -> list[int]:
    return [_signed(pow(TURN, len(plain.split()), 2**64)) for plain in words.plain[rows]]


def _opening(words: Vocabulary, rows: slice) -> list[int]:
    told = zip(words.plain[rows], words.folded[rows], strict=True)
    return [_signed(name_hash(without_article(plain, folded))) for plain, folded in told]


def _signed(number: int) -> int:
    """Give 64 bits as they stand in signed numbers."""
    return number - 2**64 if number >= 2**63 else number
