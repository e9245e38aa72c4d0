"""The phrases that state relations outright: "en partenariat avec", "contactez".

What belongs here: the phrases (ontology/lexicon/patterns.yaml) and where a text has them. What does not: the subject
and the objects of each (`stated`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from commons_graph import ontology_file
from commons_graph.extract.relation.phrase_book import ANY, PhraseBook
from commons_graph.extract.tokens import Tokens

FILE = "lexicon/patterns.yaml"
PERSON = "person"
Way = tuple[str, bool, str]
"""A predicate, whether the phrase says it backward, and who may stand before it: anybody (""), only a `PERSON`, or
("near person") only a person in the sentence, and anybody in a heading or as what all is about."""


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase in a text: its tokens as a half-open range, and what it says, as `Way` tells it."""

    first: int
    last: int
    predicate: str
    backward: bool
    who: str


@dataclass(frozen=True, slots=True, eq=False)
class Patterns:
    """The phrases, longer ones first."""

    phrases: PhraseBook[Way]

    @classmethod
    def load(cls, ontology: Path) -> Patterns:
        """Read the phrases of an ontology folder. Raises `CommonsError` for a wrong line."""
        told: dict[str, dict[str, list[str]]] = ontology_file.load(ontology, FILE)
        found = [
            (tuple(phrase.split()), (predicate, way.endswith("backward"), way.rpartition(" ")[0]))
            for predicate, ways in told.items()
            for way, phrases in ways.items()
            for phrase in phrases
        ]
        return cls(PhraseBook(sorted(found, key=lambda one: -len(one[0])), _fits))

    def said_in(self, tokens: Tokens) -> Iterator[Said]:
        """Give the phrases of a text in order, of those that begin at a word the longest, and none inside another."""
        ends: dict[str, int] = {}
        for first, ((words, way), *_) in self.phrases.found(tokens):
            if first >= ends.get(way[0], 0):
                ends[way[0]] = first + len(words)
                yield Said(first, first + len(words), *way)


def _fits(word: str, folded: str) -> bool:
    """Compare a word of a phrase with a token. An elision's apostrophe is no difference."""
    token = folded.rstrip("'")
    if word == ANY:
        return token.isdigit()
    whole = word.endswith(".") or len(word) < 3
    return token == word.rstrip(".") if whole else token.startswith(word)
