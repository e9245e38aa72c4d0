"""What is told of a word wherever it stands, asked once a distinct word and then read for all words of a text at once.

What belongs here: remembering. What does not: what is told (each lexicon says it of its own words).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from commons_graph.extract.segments import Ints
from commons_graph.extract.tokens import Tokens
from commons_graph.extract.vocabulary import Vocabulary

Tell = Callable[[Vocabulary, slice], Sequence[int] | Ints]
"""Says the numbers of the words in some rows of the vocabulary."""


class PerWord:
    """A number for each word of the present vocabulary; words that are new are asked for when a text holds them."""

    def __init__(self, tell: Tell) -> None:
        self.tell = tell
        self.vocabulary: Vocabulary | None = None
        self.asked = 0
        self.numbers: Ints = np.zeros(1024, dtype=np.int64)

    def of(self, tokens: Tokens) -> Ints:
        """Give the number of each word of a text."""
        if tokens.vocabulary is not self.vocabulary:
            self.vocabulary, self.asked = tokens.vocabulary, 0
        if self.asked < len(tokens.vocabulary):
            self._ask(tokens.vocabulary)
        found: Ints = self.numbers[tokens.rows]
        return found

    def places(self, tokens: Tokens) -> list[int]:
        """Give the tokens whose number is not 0, in order."""
        found: list[int] = np.flatnonzero(self.of(tokens)).tolist()
        return found

    def _ask(self, words: Vocabulary) -> None:
        if len(words) > len(self.numbers):
            self.numbers = np.concatenate((self.numbers, np.zeros(2 * len(words), dtype=np.int64)))
        fresh = slice(self.asked, len(words))
        self.numbers[fresh] = self.tell(words, fresh)
        self.asked = len(words)
