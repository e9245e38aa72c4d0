"""Phrases of a lexicon where they stand in a text, found by what begins them.

What belongs here: looking up. A word is asked once which phrases it begins; a phrase is compared with a text only where
the next word may go on with one. What does not: which phrases there are, and what each says (`cues`, `patterns`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from commons_graph.extract.per_word import PerWord
from commons_graph.extract.tokens import Tokens

KEY = 2
"""Letters of a phrase's first word by which it is looked up; shorter first words are whole words."""
MOST = 100_000
"""Words of which is remembered what they begin."""
ANY = "#"
"""What no letters of a token tell: each is compared."""
Says = TypeVar("Says")
Words = tuple[str, ...]
Fits = Callable[[str, str], bool]
"""Says whether a word of a phrase and a folded token are one."""


@dataclass(frozen=True, slots=True)
class Begun(Generic[Says]):
    """The phrases that a word begins, those of it alone, and how the second words of the others begin."""

    phrases: tuple[tuple[Words, Says], ...]
    alone: tuple[tuple[Words, Says], ...]
    seconds: Words


class PhraseBook(Generic[Says]):
    """Phrases in their order, each with what it says. A word's full stop is no letter of it."""

    def __init__(self, phrases: Iterable[tuple[Words, Says]], fits: Fits) -> None:
        self.fits = fits
        self.phrases: dict[str, list[tuple[Words, Says]]] = {}
        for words, says in phrases:
            self.phrases.setdefault(_letters(words[0])[:KEY], []).append((words, says))
        self.firsts = {key: tuple(_letters(words[0]) for words, _ in each) for key, each in self.phrases.items()}
        self.begins = PerWord(lambda words, rows: [self._may_begin(word) for word in words.folded[rows]])
        self.begun: dict[str, Begun[Says]] = {}

    def found(self, tokens: Tokens) -> Iterator[tuple[int, list[tuple[Words, Says]]]]:
        """Give the positions of tokens where phrases stand, in order, with those phrases."""
        folded = tokens.folded
        last = len(folded) - 1
        for position in self.begins.places(tokens):
            begun = self.begun.get(folded[position]) or self._begun(folded[position])
            if position < last and folded[position + 1].startswith(begun.seconds):
                if standing := [each for each in begun.phrases if self._stands(each[0], folded, position)]:
                    yield position, standing
            elif begun.alone:
                yield position, list(begun.alone)

    def _may_begin(self, word: str) -> bool:
        return word.startswith(self.firsts.get(word[:KEY], ()))

    def _begun(self, word: str) -> Begun[Says]:
        """Give what a word begins, and remember it."""
        if len(self.begun) > MOST:
            self.begun.clear()
        phrases = tuple(each for each in self.phrases.get(word[:KEY], ()) if self.fits(each[0][0], word))
        alone = tuple(each for each in phrases if len(each[0]) == 1)
        seconds = tuple(_letters(words[1]) for words, _ in phrases if len(words) > 1)
        begun = self.begun[word] = Begun(phrases, alone, seconds)
        return begun

    def _stands(self, words: Words, folded: Sequence[str], position: int) -> bool:
        """Say whether the words behind the first one stand behind a position."""
        more = folded[position + 1 : position + len(words)]
        return len(more) == len(words) - 1 and all(map(self.fits, words[1:], more))


def _letters(word: str) -> str:
    return "" if word == ANY else word.rstrip(".")
