"""Head nouns: the common word in a name that says what it names, from ontology/lexicon/heads.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from commons_graph import ontology_file
from commons_graph.extract.per_word import PerWord
from commons_graph.extract.tokens import Tokens, tokenise
from commons_graph.model import CLASSES, EntityClass

FILE = "lexicon/heads.yaml"
Head = tuple[tuple[str, ...], str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Heads:
    """Phrases as stems, by their first stem, each with its class and, or "", its kind."""

    phrases: dict[str, tuple[Head, ...]]
    begins: PerWord = field(init=False, repr=False)
    """Whether a word begins one."""

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "begins", PerWord(lambda words, rows: [stem in self.phrases for stem in words.stems[rows]])
        )

    @classmethod
    def load(cls, ontology: Path) -> Heads:
        """Read the nouns of an ontology folder. Raises `CommonsError` for a wrong line."""
        told: dict[str, list[str | dict[str, str]]] = ontology_file.load(ontology, FILE)
        found: dict[str, list[Head]] = {}
        for name, phrases in told.items():
            for phrase in phrases:
                words, kind = next(iter(phrase.items())) if isinstance(phrase, dict) else (phrase, "")
                stems = tuple(tokenise(words, ()).stems)
                found.setdefault(stems[0], []).append((stems, name, kind))
        return cls({first: tuple(sorted(heads, key=lambda each: -len(each[0]))) for first, heads in found.items()})

    def places(self, tokens: Tokens) -> Iterator[tuple[int, int, str]]:
        """Give the head nouns of a text: position, how many words, class; longer ones first."""
        stems = tokens.stems
        for at in self.begins.places(tokens):
            for phrase, name, _ in self.phrases[stems[at]]:
                length = len(phrase)
                if (length == 1 or tuple(stems[at : at + length]) == phrase) and name in CLASSES:
                    yield at, length, name

    def classes(self, stems: Sequence[str]) -> list[str]:
        """Give the classes that words announce, in their order; abstract nouns ("economy") announce none."""
        return [name for _, name, _, _ in self._found(stems) if name != "Concept"]

    def first(self, stems: Sequence[str], cls: EntityClass) -> tuple[str, int]:
        """Give the kind that the first head noun of this class announces, and how many words it takes at the start."""
        for at, name, kind, length in self._found(stems):
            if name == cls and kind:
                return kind, length if at == 0 else 0
        return "", 0

    def _found(self, stems: Sequence[str]) -> list[tuple[int, str, str, int]]:
        found: list[tuple[int, str, str, int]] = []
        for at, first in enumerate(stems):
            for phrase, name, kind in self.phrases.get(first, ()):
                if tuple(stems[at : at + len(phrase)]) == phrase and name in CLASSES:
                    found.append((at, name, kind, len(phrase)))
                    break
        return found
