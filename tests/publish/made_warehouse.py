"""A small warehouse filled by hand, and a release of one that many tests go on from copies of.

What belongs here: making them. What does not: how pytest hands them out (conftest.py).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import duckdb

from commons_graph.model import content_id
from commons_graph.project import Project
from commons_graph.publish.releases import Release, current

ROOT = Path(__file__).parents[2]
ID = "https://w3id.org/commons-graph/id/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
MEMBER = "http://www.w3.org/ns/org#memberOf"
Connection = duckdb.DuckDBPyConnection


def make_project(folder: Path) -> Project:
    """Make a project folder with the real ontology and nothing else."""
    shutil.copytree(ROOT / "ontology", folder / "ontology", ignore=shutil.ignore_patterns("lexicon"))
    return Project(folder, folder / "warehouse")


def make_tables(connection: Connection) -> None:
    """Make the real tables, with one source and two documents."""
    for path in sorted((ROOT / "warehouse" / "migrations").glob("*.sql")):
        connection.execute(path.read_text(encoding="utf-8"))
    connection.execute(
        "INSERT INTO source (source, title, address, connector, language, licence, publisher, trust) "
        "VALUES ('wiki', 'A wiki', 'https://wiki.example/', 'folder', 'en', 'CC-BY-SA-3.0', 'Its writers', 0.5)"
    )
    for number in (1, 2):
        add_document(connection, f"doc{number}", f"https://wiki.example/Page_{number}", f"Page {number}")


def add_document(connection: Connection, document_id: str, address: str, title: str) -> None:
    connection.execute(
        "INSERT INTO document (document_id, source, address, title, language, kind, date, redirect, capture, "
        "first_seen, last_seen) VALUES (?, 'wiki', ?, ?, 'en', 'wiki entry', '2025-01', '', '', ?, ?)",
        [document_id, address, title, date(2025, 1, 1), date(2025, 2, 1)],
    )


def add_entity(connection: Connection, entity: str, cls: str, label: str) -> str:
    """Add an entity with its class and label; give its IRI."""
    connection.execute("INSERT INTO entity VALUES (?, ?, ?, 'en')", [entity, cls, label])
    add_statement(connection, ID + entity, TYPE, iri=f"http://xmlns.com/foaf/0.1/{cls}")
    add_statement(connection, ID + entity, f"{SKOS}prefLabel", label, lang="en")
    return ID + entity


def add_statement(
    connection: Connection, subject: str, predicate: str, value: str = "", *, iri: str = "", datatype: str = "",
    lang: str = "", document: str = "doc1", quote: str = "Somebody says so.",
) -> str:  # fmt: skip
    """Add one statement and its triple; give the statement's identifier."""
    found = content_id(subject, predicate, iri or value, datatype, lang, document)
    triple = [subject, predicate, iri or value, "iri" if iri else "literal", datatype, lang]
    connection.execute(
        "INSERT INTO statement VALUES (?, 'k', 'p', ?, ?, ?, ?, ?, 3, 12, ?, 'cue', '1', 0.9, 'wiki', ?, ?)",
        [found, value, iri, datatype, lang, document, quote, date(2025, 1, 1), date(2025, 2, 1)],
    )
    connection.execute("INSERT INTO resolved VALUES (?, ?, ?, ?, ?, ?, ?)", [found, *triple])
    connection.execute("INSERT INTO triple SELECT ?, ?, ?, ?, ?, ? EXCEPT FROM triple", triple)
    return found


def fill_small(connection: Connection) -> None:
    """Add two people, a group and what joins them."""
    ada = add_entity(connection, "e1", "Person", "Ada Ferme")
    group = add_entity(connection, "e2", "Group", "Working group Water")
    add_entity(connection, "e3", "Person", "Bo Lac")
    say = partial(add_statement, connection)
    say(ada, MEMBER, iri=group, quote="Ada Ferme is a member of the working group Water.")
    say(ada, MEMBER, iri=group, document="doc2", quote="The working group Water, with Ada Ferme.")
    say(group, "http://purl.org/dc/terms/subject", iri="https://w3id.org/commons-graph/concept/water")
    say(group, "http://xmlns.com/foaf/0.1/homepage", iri="https://water.example/")


def save(connection: Connection, path: Path) -> None:
    """Write a warehouse that is in memory to a file."""
    connection.execute(f"ATTACH '{path}' AS saved")
    connection.execute("COPY FROM DATABASE memory TO saved")
    connection.execute("DETACH saved")


@dataclass(frozen=True, slots=True)
class First:
    """A project folder with a first release, the warehouse that it was made of, and what `fill` gave when filling it.

    Nothing changes these: tests take copies.
    """

    folder: Path
    filled: list[str]

    @classmethod
    def make(cls, folder: Path, fill: Callable[[Connection], list[str]], publish: Callable[..., Release]) -> First:
        """Fill a warehouse and publish it."""
        with duckdb.connect() as connection:
            make_tables(connection)
            filled = fill(connection)
            publish(make_project(folder / "project"), connection)
            save(connection, folder / "warehouse.duckdb")
        return cls(folder, filled)

    @property
    def release(self) -> Release:
        """The release, for tests that only read it."""
        root = self.folder / "project"
        return current(Project(root, root / "warehouse"))

    def project(self, folder: Path) -> Project:
        """Copy the project folder to a new one."""
        shutil.copytree(self.folder / "project", folder, symlinks=True)
        return Project(folder, folder / "warehouse")

    @contextmanager
    def warehouse(self) -> Iterator[Connection]:
        """Open a copy of the warehouse in memory."""
        with duckdb.connect() as connection:
            connection.execute(f"ATTACH '{self.folder / 'warehouse.duckdb'}' AS saved (READ_ONLY)")
            connection.execute("COPY FROM DATABASE saved TO memory")
            connection.execute("DETACH saved")
            yield connection
