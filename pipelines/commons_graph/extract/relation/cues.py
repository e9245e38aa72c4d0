"""The words that announce a relation, found in a document's tokens.

What belongs here: finding them. What does not: the words (ontology/lexicon/cues.yaml), and what weight they have.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from commons_graph import ontology_file
from commons_graph.extract.per_word import PerWord
from commons_graph.extract.tokens import Tokens

FILE = "lexicon/cues.yaml"
KEY = 2
"""Letters of a phrase's first word by which it is looked up; shorter first words are whole words."""
MOST = 100_000
"""Words that are remembered."""
Phrase = tuple[tuple[str, ...], str]
Found = tuple[list[int], list[str]]


@dataclass(frozen=True, slots=True, eq=False)
class Cues:
    """The phrases by the first letters of their first word."""

    phrases: dict[str, tuple[Phrase, ...]]
    begun: dict[tuple[str, str], tuple[Phrase, ...]] = field(default_factory=dict)
    """The phrases that two words begin, for words that were met together before."""
    begins: PerWord = field(init=False, repr=False)
    """Whether a word begins any."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "begins", PerWord(lambda words, row: any(self._beginning(words.folded[row]))))

    @classmethod
    @cache
    def load(cls, ontology: Path) -> Cues:
        """Read the words of an ontology folder, once. Raises `CommonsError` for a wrong line."""
        told: dict[str, dict[str, list[str]]] = ontology_file.load(ontology, FILE)
        phrases: dict[str, list[Phrase]] = {}
        for predicate, languages in told.items():
            for phrase in (each for listed in languages.values() for each in listed):
                phrases.setdefault(phrase[:KEY], []).append((tuple(phrase.split()), predicate))
        return cls({key: tuple(listed) for key, listed in phrases.items()})

    def find(self, tokens: Tokens) -> Found:
        """Give the positions of tokens where a cue starts, in order, and for each the predicate it announces."""
        positions: list[int] = []
        predicates: list[str] = []
        folded = tokens.folded
        for position in self.begins.places(tokens):
            behind = folded[position + 1] if position + 1 < len(folded) else ""
            begun = self.begun.get((folded[position], behind))
            for words, predicate in self._met(folded[position], behind) if begun is None else begun:
                if len(words) <= 2 or _starts(words, folded, position):
                    positions.append(position)
                    predicates.append(predicate)
        return positions, predicates

    def _met(self, word: str, behind: str) -> tuple[Phrase, ...]:
        """Give the phrases that a folded word and the one behind it begin, and remember them."""
        if len(self.begun) > MOST:
            self.begun.clear()
        phrases = self.begun[word, behind] = tuple(self._beginning(word, behind))
        return phrases

    def _beginning(self, *words: str) -> Iterator[Phrase]:
        for phrase in self.phrases.get(words[0][:KEY], ()):
            if all(map(_fits, phrase[0], words)):
                yield phrase
        if len(words[0]) == 1:
            yield from (((words[0],), predicate) for _, predicate in self.phrases.get(f"{words[0]}.", ()))


def _starts(words: tuple[str, ...], folded: Sequence[str], position: int) -> bool:
    """Say whether a phrase stands at a position; apostrophes and hyphens end a token's word."""
    for word in words:
        if position >= len(folded) or not _fits(word, folded[position]):
            return False
        position += 1
    return True


def _fits(word: str, token: str) -> bool:
    return token == word[:-1] if word.endswith(".") else token.startswith(word)


def between(found: Found, first: int, last: int) -> list[str]:
    """Give the predicates announced in a half-open range of tokens."""
    positions, predicates = found
    return predicates[bisect_left(positions, first) : bisect_left(positions, last)]
