"""The terms of ontology/concepts.ttl in a text, in any inflected form of French and English.

What belongs here: finding terms. What does not: which of them a document is about (`names`), and the terms.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from commons_graph.extract.tokens import fold, tokenise

THEMES = "https://w3id.org/commons-graph/concept/concepts"
CONCEPT = "https://w3id.org/commons-graph/concept/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SHORT = 4
"""An acronym so short counts only in its own capitals ("ESS", not "ess")."""


@dataclass(frozen=True, slots=True, eq=False)
class Concepts:
    """Terms as tuples of stems, by their first stem; each with its slug and, for acronyms, its exact form."""

    terms: dict[str, tuple[tuple[tuple[str, ...], str, str], ...]]

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
        terms: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        for iri in sorted(themes):
            for label in sorted(set(labels.get(iri, ()))):
                stems = tuple(stem(word) for word in tokenise(label, ()).words)
                exact = label if label.isupper() and len(label) <= SHORT else ""
                terms.setdefault(stems[0], []).append((stems, iri.removeprefix(CONCEPT), exact))
        return cls({first: tuple(sorted(found, key=lambda each: -len(each[0]))) for first, found in terms.items()})

    def find(self, words: Sequence[str], stems: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        """Give half-open ranges of tokens that are terms, with the concept's slug: the longest, from left to right."""
        position = 0
        while position < len(stems):
            for term, slug, exact in self.terms.get(stems[position], ()):
                end = position + len(term)
                if tuple(stems[position:end]) == term and (not exact or words[position] == exact):
                    yield position, end, slug
                    position = end - 1
                    break
            position += 1


def stem(word: str) -> str:
    """Give a word without case, accents and the endings of plural and feminine forms.

    >>> stem("Coopératives") == stem("coopérative"), stem("locaux") == stem("local")
    (True, True)
    """
    text = fold(word)
    if len(text) <= 3 or not text.isalpha():
        return text
    if text.endswith("aux"):
        return text[:-3] + "al"
    if text.endswith("ies"):
        return text[:-3] + "y"
    return text[:-1] if text[-1] in "sx" and not text.endswith("ss") else text
