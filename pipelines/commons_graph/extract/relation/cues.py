"""The words that announce a relation, found in a document's tokens.

What belongs here: finding them. What does not: the words (ontology/lexicon/cues.yaml), and what weight they have.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from commons_graph import ontology_file
from commons_graph.extract.relation.phrase_book import PhraseBook
from commons_graph.extract.tokens import Tokens

FILE = "lexicon/cues.yaml"
Found = tuple[list[int], list[str]]


@dataclass(frozen=True, slots=True, eq=False)
class Cues:
    """The phrases, each with the predicate that it announces."""

    phrases: PhraseBook[str]

    @classmethod
    def of(cls, told: dict[str, dict[str, list[str]]]) -> Cues:
        """Take phrases by predicate and language."""
        listed = ((name, each) for name, languages in told.items() for each in languages.values())
        return cls(PhraseBook(((tuple(each.split()), name) for name, some in listed for each in some), _fits))

    @classmethod
    @cache
    def load(cls, ontology: Path) -> Cues:
        """Read the words of an ontology folder, once. Raises `CommonsError` for a wrong line."""
        return cls.of(ontology_file.load(ontology, FILE))

    def find(self, tokens: Tokens) -> Found:
        """Give the positions of tokens where a cue starts, in order, and for each the predicate it announces."""
        met = [(at, says) for at, standing in self.phrases.found(tokens) for _, says in standing]
        return [at for at, _ in met], [says for _, says in met]


def _fits(word: str, token: str) -> bool:
    return token == word[:-1] if word.endswith(".") else token.startswith(word)


def between(found: Found, first: int, last: int) -> list[str]:
    """Give the predicates announced in a half-open range of tokens."""
    positions, predicates = found
    return predicates[bisect_left(positions, first) : bisect_left(positions, last)]
