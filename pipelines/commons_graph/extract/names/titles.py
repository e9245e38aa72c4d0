"""Runs of words that the gazetteer knows: a title or a common link text, wherever it stands in a text.

What belongs here: finding them, for all words of a text at once. What does not: the gazetteer itself, and what its
entries say (`features`).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from commons_graph.extract.codes import code
from commons_graph.extract.gazetteer import CLASSES, Gazetteer, Hashes
from commons_graph.extract.names.capitals import IS_NAMING, Hint
from commons_graph.extract.names.name_hashes import NameHashes
from commons_graph.extract.names.words import JOINING
from commons_graph.extract.per_word import PerWord
from commons_graph.extract.segments import Ints
from commons_graph.extract.tokens import Tokens
from commons_graph.extract.vocabulary import OWN, PLAIN, Vocabulary

GRAMS = 5
INSIDE = frozenset(code(sign) for sign in ("-", "&", "'"))
"""The signs, by their own form's code, that a known name may have between its words."""
BEGINS, ENDS, PART, SKIPPED = 1, 2, 4, 8
"""What a word may be in a known name: its first, its last, any word of it, a sign between its words."""
HINTS = tuple(f"known {cls} {min(links, 4)}" for cls in CLASSES for links in range(10))
"""The hint for each value of the gazetteer."""


class Titles:
    """Finds what a gazetteer knows. What is told of a word is remembered."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.roles = PerWord(self._role)
        self.hashes = NameHashes()

    def find(self, tokens: Tokens) -> Iterator[Hint]:
        """Give runs that are known: capitalised words, or two small words and more."""
        roles = self.roles.of(tokens)
        first = np.flatnonzero(roles & BEGINS)
        hashes, turns = self.hashes.of_words(tokens)
        name = hashes[first]
        alone = IS_NAMING[tokens.vocabulary.shapes[tokens.rows[first]]]
        yield from self._known(first[alone], 1, name[alone])
        for more in range(1, GRAMS):
            within = first + more < len(roles)
            first, name = first[within], name[within]
            role = roles[first + more]
            goes_on = role & (PART | SKIPPED) != 0
            first, name, role = first[goes_on], name[goes_on], role[goes_on]
            part = role & PART != 0
            name = np.where(part, name * turns[first + more] + hashes[first + more], name)
            ends = role & ENDS != 0
            yield from self._known(first[ends], more + 1, name[ends])

    def _known(self, first: Ints, length: int, names: Hashes) -> Iterator[Hint]:
        values = self.gazetteer.look_up(names)
        met = np.flatnonzero(values >= 0)
        for start, value in zip(first[met].tolist(), values[met].tolist(), strict=True):
            yield start, start + length, HINTS[value]

    def _role(self, words: Vocabulary, rows: slice) -> list[int]:
        codes = words.codes[rows][:, (PLAIN, OWN)].tolist()
        told = zip(words.plain[rows], words.folded[rows], codes, strict=True)
        return [self._told(plain, folded, *both) for plain, folded, both in told]

    def _told(self, plain: str, folded: str, first: int, own: int) -> int:
        if not plain:
            return SKIPPED if own in INSIDE else 0
        if folded in JOINING:
            return PART
        return PART | ENDS | (BEGINS if first in self.gazetteer.firsts else 0)
