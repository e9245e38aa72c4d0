"""What the ontology folder says about resolution and publication, put where SQL can join it.

What belongs here: reading thresholds.yaml, resolution.yaml, prefixes.yaml, the head nouns of the lexicon, and from the
Turtle files the kinds below each class and the known concepts. What does not: deciding with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from commons_graph import ontology_file
from commons_graph.errors import CommonsError
from commons_graph.warehouse import Connection

FILES = ("prefixes.yaml", "thresholds.yaml", "resolution.yaml", "lexicon/heads.yaml", "commons.ttl", "concepts.ttl")
HERE = Path(__file__).parent
NUMBERS = (
    "own_page INTEGER, threshold DOUBLE, common_word DOUBLE, acronym_share DOUBLE, acronym_documents INTEGER, "
    "surname_share DOUBLE, surname_documents INTEGER, surname_others INTEGER"
)
SKOS = "http://www.w3.org/2004/02/skos/core#"
SUBCLASS = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@dataclass(frozen=True, slots=True)
class Rules:
    """The declarative part of resolution. `kinds` maps an absolute IRI to its gold class, `heads` a class to the words
    that say that a name is one of it."""

    prefixes: dict[str, str]
    thresholds: dict[str, Any]
    resolution: dict[str, Any]
    heads: dict[str, tuple[str, ...]]
    kinds: dict[str, str]
    concepts: frozenset[str]
    concept_labels: tuple[str, ...]

    def curie(self, iri: str) -> str:
        """Give the short form of an absolute IRI by the longest prefix that fits, or the IRI."""
        fits = [(len(base), name) for name, base in self.prefixes.items() if iri.startswith(base)]
        return f"{max(fits)[1]}:{iri[max(fits)[0] :]}" if fits else iri

    def iri(self, curie: str) -> str:
        """Give the absolute IRI of a CURIE. Raises `KeyError` when its prefix is unknown."""
        prefix, _, local = curie.partition(":")
        return self.prefixes[prefix] + local


def read(folder: Path) -> Rules:
    """Read the rules of an ontology folder. Raises `CommonsError` when a file is missing or wrong."""
    for name in FILES:
        if not (folder / name).is_file():
            raise CommonsError(f"ontology/{name}", "is missing", "put it back")
    prefixes, thresholds, resolution, heads = (ontology_file.load(folder, name) for name in FILES[:4])
    triples = list(_triples(folder / "concepts.ttl"))
    concepts = frozenset(s for s, p, o in triples if p == TYPE and o == SKOS + "Concept")
    labels = (o for _, p, o in triples if p in (SKOS + "prefLabel", SKOS + "altLabel"))
    kinds = _kinds(folder / "commons.ttl", prefixes, resolution["classes"])
    words = {cls: tuple(map(_head, told)) for cls, told in heads.items()}
    return Rules(prefixes, thresholds, resolution, words, kinds, concepts, tuple(sorted(set(labels))))


def fill(connection: Connection, rules: Rules) -> None:
    """Make the temporary tables of the rules in a warehouse."""
    said, limits = rules.resolution, rules.thresholds
    single = list(limits.get("single", ()))
    beside = [(below, above) for above, others in limits.get("beside", {}).items() for below in others]
    families = ((cls, name) for name, classes in said.get("families", {}).items() for cls in classes)
    _table(connection, "rule", NUMBERS, [_numbers(said, limits)])
    _table(connection, "threshold", "property VARCHAR, least DOUBLE", limits.get("properties", {}).items())
    _table(connection, "reviewed", "extractor VARCHAR", ((name,) for name in limits.get("review", ())))
    _table(connection, "single_property", "property VARCHAR", ((name,) for name in single))
    _table(connection, "beside_property", "property VARCHAR, main VARCHAR", beside)
    _table(connection, "prefix", "prefix VARCHAR, base VARCHAR", rules.prefixes.items())
    kinds = ((rules.curie(iri), cls) for iri, cls in rules.kinds.items())
    _table(connection, "class_of", "curie VARCHAR, class VARCHAR", kinds)
    _table(connection, "main_class", "class VARCHAR, curie VARCHAR", said["classes"].items())
    _table(connection, "family", "class VARCHAR, family VARCHAR", families)
    _table(connection, "generic", "label VARCHAR", ((label,) for label in said.get("generic", ())))
    _table(connection, "synonym", "class VARCHAR, number INTEGER, label VARCHAR", _synonyms(said.get("synonyms", {})))
    heads = ((cls, word) for cls, words in rules.heads.items() for word in words)
    _table(connection, "head", "class VARCHAR, label VARCHAR", heads)
    _table(connection, "led_in", "word VARCHAR", ((word,) for word in said.get("before_people", ())))
    connection.execute((HERE / "words.sql").read_text(encoding="utf-8"))
    _table(connection, "organiser_property", "property VARCHAR", ((name,) for name in said.get("organisers", ())))
    _table(connection, "concept", "iri VARCHAR", ((iri,) for iri in rules.concepts))
    _table(connection, "concept_label", "label VARCHAR", ((label,) for label in rules.concept_labels))


def _numbers(said: dict[str, Any], limits: dict[str, Any]) -> tuple[Any, ...]:
    """Give the row of `rule`. Where the file says no shares of acronyms or surnames they are NULL, and join nothing."""
    acronyms, surnames = said.get("acronyms", {}), said.get("surnames", {})
    return (
        said["own_page"], limits["default"], said.get("common_word", 0),
        acronyms.get("share"), acronyms.get("documents"),
        surnames.get("share"), surnames.get("documents"), surnames.get("others", 1),
    )  # fmt: skip


def _synonyms(told: dict[str, list[list[str]]]) -> Iterator[tuple[str, int, str]]:
    """Give each name with its class and the number of its list."""
    return ((cls, number, name) for cls, lists in told.items() for number, names in enumerate(lists) for name in names)


def _head(told: Any) -> str:
    """Give the phrase of a head noun, which stands alone or as `phrase: kind`."""
    return str(next(iter(told))) if isinstance(told, dict) else str(told)


def _kinds(path: Path, prefixes: dict[str, str], classes: dict[str, str]) -> dict[str, str]:
    below: dict[str, list[str]] = {}
    for child, predicate, parent in _triples(path):
        if predicate == SUBCLASS:
            below.setdefault(parent, []).append(child)
    kinds: dict[str, str] = {}
    for cls, curie in classes.items():
        prefix, _, local = curie.partition(":")
        if prefix not in prefixes:
            problem = f"`{curie}` has a prefix that ontology/prefixes.yaml lacks"
            raise CommonsError("ontology/resolution.yaml", problem, "add it there, or correct it here")
        todo = [prefixes[prefix] + local]
        while todo:
            iri = todo.pop()
            if iri not in kinds:
                kinds[iri] = cls
                todo += below.get(iri, [])
    return kinds


def _triples(path: Path) -> Iterator[tuple[str, str, str]]:
    try:
        for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if not isinstance(triple.subject, ox.Triple) and not isinstance(triple.object, ox.Triple):
                yield triple.subject.value, triple.predicate.value, triple.object.value
    except (SyntaxError, ValueError) as error:
        raise CommonsError(f"ontology/{path.name}", str(error).splitlines()[0], "correct the Turtle") from error


def _table(connection: Connection, name: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    import pyarrow as pa

    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({columns})")
    found = sorted(set(rows))
    if not found:
        return
    names = [column.split()[0] for column in columns.split(", ")]
    table = pa.table(dict(zip(names, map(list, zip(*found, strict=True)), strict=True)))
    connection.register("rows_to_add", table)
    connection.execute(f"INSERT INTO {name} FROM rows_to_add")
    connection.unregister("rows_to_add")
