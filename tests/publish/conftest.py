"""A small warehouse, filled by hand, that the tests of this stage publish."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from commons_graph.model import content_id
from commons_graph.project import Project

ROOT = Path(__file__).parents[2]
ID = "https://w3id.org/commons-graph/id/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
MEMBER = "http://www.w3.org/ns/org#memberOf"
State = Callable[..., str]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty project folder with the real ontology."""
    shutil.copytree(ROOT / "ontology", tmp_path / "ontology", ignore=shutil.ignore_patterns("lexicon"))
    return Project(tmp_path, tmp_path / "warehouse")


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse in memory with the real tables: one source, two documents."""
    with duckdb.connect() as connection:
        for path in sorted((ROOT / "warehouse" / "migrations").glob("*.sql")):
            connection.execute(path.read_text(encoding="utf-8"))
        connection.execute(
            "INSERT INTO source (source, title, address, connector, language, licence, publisher, trust) "
            "VALUES ('wiki', 'A wiki', 'https://wiki.example/', 'folder', 'en', 'CC-BY-SA-3.0', 'Its writers', 0.5)"
        )
        for number in (1, 2):
            add_document(connection, f"doc{number}", f"https://wiki.example/Page_{number}", f"Page {number}")
        yield connection


def add_document(connection: duckdb.DuckDBPyConnection, document_id: str, address: str, title: str) -> None:
    connection.execute(
        "INSERT INTO document (document_id, source, address, title, language, kind, date, redirect, capture, "
        "first_seen, last_seen) VALUES (?, 'wiki', ?, ?, 'en', 'wiki entry', '2025-01', '', '', ?, ?)",
        [document_id, address, title, date(2025, 1, 1), date(2025, 2, 1)],
    )


@pytest.fixture
def entity(warehouse: duckdb.DuckDBPyConnection, state: State) -> Callable[[str, str, str], str]:
    """Add an entity with its class and label; give its IRI."""

    def add(entity: str, cls: str, label: str) -> str:
        warehouse.execute("INSERT INTO entity VALUES (?, ?, ?, 'en')", [entity, cls, label])
        state(ID + entity, TYPE, iri=f"http://xmlns.com/foaf/0.1/{cls}")
        state(ID + entity, f"{SKOS}prefLabel", label, lang="en")
        return ID + entity

    return add


@pytest.fixture
def state(warehouse: duckdb.DuckDBPyConnection) -> State:
    """Add one statement and its triple; give the statement's identifier."""

    def add(
        subject: str, predicate: str, value: str = "", *, iri: str = "", datatype: str = "", lang: str = "",
        document: str = "doc1", quote: str = "Somebody says so.",
    ) -> str:  # fmt: skip
        found = content_id(subject, predicate, iri or value, datatype, lang, document)
        triple = [subject, predicate, iri or value, "iri" if iri else "literal", datatype, lang]
        warehouse.execute(
            "INSERT INTO statement VALUES (?, 'k', 'p', ?, ?, ?, ?, ?, 3, 12, ?, 'cue', '1', 0.9, 'wiki', ?, ?)",
            [found, value, iri, datatype, lang, document, quote, date(2025, 1, 1), date(2025, 2, 1)],
        )
        warehouse.execute("INSERT INTO resolved VALUES (?, ?, ?, ?, ?, ?, ?)", [found, *triple])
        warehouse.execute("INSERT INTO triple SELECT ?, ?, ?, ?, ?, ? EXCEPT FROM triple", triple)
        return found

    return add


@pytest.fixture
def small(entity: Callable[[str, str, str], str], state: State) -> None:
    """Two people, a group and what joins them."""
    ada, group = entity("e1", "Person", "Ada Ferme"), entity("e2", "Group", "Working group Water")
    entity("e3", "Person", "Bo Lac")
    state(ada, MEMBER, iri=group, quote="Ada Ferme is a member of the working group Water.")
    state(ada, MEMBER, iri=group, document="doc2", quote="The working group Water, with Ada Ferme.")
    state(group, "http://purl.org/dc/terms/subject", iri="https://w3id.org/commons-graph/concept/water")
    state(group, "http://xmlns.com/foaf/0.1/homepage", iri="https://water.example/")
