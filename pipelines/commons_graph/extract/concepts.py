"""The terms of ontology/concepts.ttl in a text, in any inflected form of French and English.

What belongs here: finding terms. What does not: which of them a document is about (`names`), and the terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from commons_graph.extract.per_word import PerWord
from commons_graph.extract.tokens import Tokens, tokenise

THEMES = "https://w3id.org/commons-graph/concept/concepts"
CONCEPT = "https://w3id.org/commons-graph/concept/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SHORT = 4
"""An acronym so short counts only in its own capitals ("ESS", not "ess")."""


@dataclass(frozen=True, slots=True, eq=False)
class Concepts:
    """Terms as tuples of stems, each with the slugs that bear it and, for acronyms, their exact form.

    `lengths` gives for a first stem how many words its terms have, most first; `of_field` holds the stems of all their
    longer words: the words of the field.
    """

    terms: dict[tuple[str, ...], tuple[tuple[str, str], ...]]
    lengths: dict[str, tuple[int, ...]]
    of_field: frozenset[str]
    begins: PerWord = field(init=False, repr=False)
    """Whether a word begins a term."""
    holds: PerWord = field(init=False, repr=False)
    """Whether it is one of the field."""

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "begins", PerWord(lambda words, rows: [stem in self.lengths for stem in words.stems[rows]])
        )
        object.__setattr__(
            self, "holds", PerWord(lambda words, rows: [stem in self.of_field for stem in words.stems[rows]])
        )

    @classmethod
    def load(cls, path: Path) -> Concepts:
        """Read the themes of concepts.ttl (legal forms and kinds are read from names, not from prose)."""
        from pyoxigraph import Literal, NamedNode, RdfFormat, parse

        labels: dict[str, list[str]] = {}
        themes: set[str] = set()
        for triple in parse(path=str(path), format=RdfFormat.TURTLE):
            subject, predicate, object = triple.subject, triple.predicate.value, triple.object
            if not isinstance(subject, NamedNode):
                continue
            if predicate == SKOS + "inScheme" and isinstance(object, NamedNode) and object.value == THEMES:
                themes.add(subject.value)
            elif predicate in (SKOS + "prefLabel", SKOS + "altLabel") and isinstance(object, Literal):
                labels.setdefault(subject.value, []).append(object.value)
        terms: dict[tuple[str, ...], tuple[tuple[str, str], ...]] = {}
        for iri in sorted(themes):
            for label in sorted(set(labels.get(iri, ()))):
                stems = tuple(tokenise(label, ()).stems)
                exact = label if label.isupper() and len(label) <= SHORT else ""
                terms[stems] = (*terms.get(stems, ()), (iri.removeprefix(CONCEPT), exact))
        return cls(terms, _lengths(terms), frozenset(word for stems in terms for word in stems if len(word) > SHORT))

    def find(self, tokens: Tokens) -> Iterator[tuple[int, int, str]]:
        """Give half-open ranges of tokens that are terms, with the concept's slug: the longest, from left to right."""
        behind, stems = 0, tokens.stems
        for position in self.begins.places(tokens):
            if position < behind:
                continue
            for length in self.lengths[stems[position]]:
                term = tuple(stems[position : position + length])  # at the text's end it is shorter
                told = self.terms.get(term, ())
                slug = next((slug for slug, exact in told if not exact or tokens.words[position] == exact), "")
                if slug:
                    behind = position + len(term)
                    yield position, behind, slug
                    break


def _lengths(terms: Iterable[tuple[str, ...]]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for stems in terms:
        found.setdefault(stems[0], set()).add(len(stems))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}
