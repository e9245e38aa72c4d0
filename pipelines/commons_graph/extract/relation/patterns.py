"""The phrases that state relations outright: "en partenariat avec", "contactez".

What belongs here: the phrases (ontology/lexicon/patterns.yaml) and where a text has them. What does not: the subject
and the objects of each (`stated`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from commons_graph import ontology_file
from commons_graph.extract.per_word import PerWord
from commons_graph.extract.tokens import Tokens

FILE = "lexicon/patterns.yaml"
REMEMBERED = 100_000
Phrase = tuple[tuple[str, ...], str, bool]


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase in a text: its tokens as a half-open range, its predicate, and whether that goes backward."""

    first: int
    last: int
    predicate: str
    backward: bool


@dataclass(frozen=True, slots=True, eq=False)
class Patterns:
    """Phrases by the first two letters of their first word: their words, predicate, and whether they go backward."""

    phrases: dict[str, tuple[Phrase, ...]]
    begun: dict[tuple[str, str], tuple[Phrase, ...]] = field(default_factory=dict)
    """The phrases that two words begin, for words that were met together before."""
    begins: PerWord = field(init=False, repr=False)
    """Whether a word begins any."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "begins", PerWord(lambda words, row: any(self._beginning(words.folded[row]))))

    @classmethod
    def load(cls, ontology: Path) -> Patterns:
        """Read the phrases of an ontology folder, longer ones first. Raises `CommonsError` for a wrong line."""
        told: dict[str, dict[str, list[str]]] = ontology_file.load(ontology, FILE)
        found: dict[str, list[Phrase]] = {}
        for predicate, ways in told.items():
            for way, phrases in ways.items():
                for words in (tuple(phrase.split()) for phrase in phrases):
                    found.setdefault(words[0][:2], []).append((words, predicate, way == "backward"))
        return cls({key: tuple(sorted(each, key=lambda one: -len(one[0]))) for key, each in found.items()})

    def begun_by(self, word: str, behind: str) -> tuple[Phrase, ...]:
        """Give the phrases that a folded word and the one behind it begin, longer ones first."""
        phrases = self.begun.get((word, behind))
        if phrases is None:
            if len(self.begun) > REMEMBERED:
                self.begun.clear()
            phrases = self.begun[word, behind] = tuple(self._beginning(word, behind))
        return phrases

    def _beginning(self, *words: str) -> Iterator[Phrase]:
        bare = [word.rstrip("'") for word in words]
        return (each for each in self.phrases.get(words[0][:2], ()) if all(map(_fits, each[0], bare)))

    def said_in(self, tokens: Tokens) -> Iterator[Said]:
        """Give the phrases of a text in order, the longest of those that begin at a word."""
        folded = tokens.folded
        for first in self.begins.places(tokens):
            behind = folded[first + 1] if first + 1 < len(folded) else ""
            for words, predicate, backward in self.begun_by(folded[first], behind):
                if last := _matched(words, folded, first):
                    yield Said(first, last, predicate, backward)
                    break


def _matched(words: tuple[str, ...], folded: list[str], position: int) -> int:
    """Give the token behind a phrase that starts at a position, or 0. An elision's apostrophe is no difference."""
    for word in words:
        token = folded[position].rstrip("'") if position < len(folded) else ""
        if not _fits(word, token):
            return 0
        position += 1
    return position


def _fits(word: str, token: str) -> bool:
    if word == "#":
        return token.isdigit()
    whole = word.endswith(".") or len(word) < 3
    return token == word.rstrip(".") if whole else token.startswith(word)
