"""What a release's own ontology says of a term: a concept, a class, a property.

What belongs here: looking one term up. What does not: what the graph says with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from commons_graph.publish.namespaces import RDF, RDFS, SKOS

FILES = ("commons.ttl", "concepts.ttl")
LANGUAGES = ("en", "fr")


@dataclass(frozen=True, slots=True)
class Term:
    """A term's kind ("Concept", "Class", …), label and meaning, in English and French; each "" where it has none."""

    kind: str = ""
    label: str = ""
    about: str = ""


def term(ontology: Path, iri: str) -> Term:
    """Give what the ontology in a folder says of an IRI; an empty term where it says nothing."""
    kind, said = "", dict[str, dict[str, str]]()
    for path in filter(Path.is_file, (ontology / name for name in FILES)):
        for quad in parse(path=path, format=RdfFormat.TURTLE):
            if not isinstance(quad.subject, NamedNode) or quad.subject.value != iri:
                continue
            if quad.predicate.value == f"{RDF}type" and isinstance(quad.object, NamedNode):
                kind = kind or quad.object.value.replace("#", "/").rpartition("/")[2]
            elif isinstance(quad.object, Literal):
                said.setdefault(quad.predicate.value, {})[quad.object.language or ""] = quad.object.value
    label = said.get(f"{SKOS}prefLabel") or said.get(f"{RDFS}label") or {}
    return Term(kind, _joined(label), _joined(said.get(f"{SKOS}definition", {})))


def _joined(texts: Mapping[str, str]) -> str:
    first = [texts[language] for language in LANGUAGES if language in texts]
    return " / ".join(first or list(texts.values())[:1])
