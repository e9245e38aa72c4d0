"""A small project whose lake a test fills line by line."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb
import pytest

from commons_graph import lake, warehouse
from commons_graph.lake_made import Made
from commons_graph.model import Block, Document, Statement, bucket_of, content_id, statement_id
from commons_graph.project import Project
from commons_graph.resolve import graph
from commons_graph.resolve.step import step

ROOT = Path(__file__).parents[2]
TRUST = {"wiki": 0.6, "coop": 0.8, "letters": 0.8}
DAY = date(2025, 1, 6)
CONCEPTS = "<https://w3id.org/commons-graph/concept/commons> a <http://www.w3.org/2004/02/skos/core#Concept> ."
SMALL = warehouse.Settings("500MB", "1")


@dataclass
class World:
    """A project, and what its lake shall hold."""

    project: Project
    documents: dict[str, Document] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)

    def document(self, source: str, title: str, redirect: str = "", kind: str = "") -> Document:
        kind = kind or ("wiki entry" if source == "wiki" else "web page")
        language, address = ("en" if source == "wiki" else "fr"), f"https://{source}.example/{title}"
        blocks = (Block("title", 0, len(title)),)
        made = Document(
            content_id(source, title), source, address, title, title, blocks, (), language, kind, redirect=redirect
        )
        return self.documents.setdefault(made.document_id, made)

    def say(
        self, document: Document, subject: str, name: str, value: str, confidence: float = 0.9, at: int = 0, **more: str
    ) -> str:
        """Add a statement; a value of the form `source:…`, a CURIE or an address is an object. Give its identifier."""
        made = statement_id(subject, name, value, document.document_id)
        is_object = value.split(":")[0] in (*TRUST, "cgc", "https") or name in ("rdf:type", "dct:type")
        ends = ("", value) if is_object else (value, "")
        lang = more.get("lang", "" if is_object else document.language)
        evidence = (document.document_id, at, at + 1, value, "rule", "1", confidence)
        self.statements.append(Statement(made, subject, name, *ends, more.get("datatype", ""), lang, *evidence))
        return made

    def page(self, title: str, cls: str, source: str = "wiki") -> str:
        """Add a page with its own subject; give the subject's key."""
        document = self.document(source, title)
        return self.mention(document, document.key, title, cls)

    def mention(self, document: Document, key: str, label: str, cls: str, confidence: float = 0.9) -> str:
        """Add what a document says of an entity that it names; give the key, which may be told by the label alone."""
        key = key or f"{document.source}:{document.document_id}#{label}"
        self.say(document, key, "rdf:type", cls, confidence)
        self.say(document, key, "skos:prefLabel", label, confidence)
        return key

    def decide(self, text: str) -> None:
        folder = self.project.sources_dir / "decisions"
        folder.mkdir(exist_ok=True)
        (folder / "all.yaml").write_text("decisions:\n" + text, encoding="utf-8")

    def write(self) -> None:
        for source in TRUST:
            for bucket in range(64):
                here = [d for d in self.documents.values() if d.source == source and bucket_of(d.address) == bucket]
                ids = {d.document_id for d in here}
                said = [s for s in self.statements if s.document_id in ids]
                made = Made(content_id(repr(here), repr(said)), "1")
                if here:
                    lake.write_documents(
                        lake.documents_path(self.project.lake_dir, source, bucket), here, made, day=DAY
                    )
                    lake.write_statements(
                        lake.statements_path(self.project.lake_dir, source, bucket), said, made, day=DAY
                    )

    def build(self) -> "Built":
        self.write()
        warehouse.build(self.project, step(self.project), settings=SMALL)
        return Built(warehouse.connect(self.project, settings=SMALL))


@dataclass
class Built:
    """The warehouse that came of it."""

    connection: duckdb.DuckDBPyConnection

    def rows(self, query: str) -> list[tuple]:
        return self.connection.execute(query).fetchall()

    def entity(self, key: str) -> str:
        return self.connection.execute("SELECT entity FROM identity WHERE key = ?", [key]).fetchone()[0]

    def same(self, *keys: str) -> bool:
        return len({self.entity(key) for key in keys}) == 1

    def facts(self, key: str) -> set[tuple[str, str]]:
        """What is published of an entity: the last part of the predicate, and the object."""
        query = "SELECT predicate, object, lang FROM resolved WHERE subject = 'https://w3id.org/commons-graph/id/' || ?"
        found = self.connection.execute(query, [self.entity(key)]).fetchall()
        return {(p.replace("#", "/").rpartition("/")[2], o + (f"@{lang}" if lang else "")) for p, o, lang in found}

    def why_not(self, statement: str) -> str:
        found = self.connection.execute("SELECT reason FROM unpublished WHERE statement_id = ?", [statement]).fetchone()
        return found[0] if found else ""

    def tables(self) -> dict[str, list[tuple]]:
        """All tables that do not tell the past, in the order of their rows."""
        graph.publishable(self.connection)
        names = (
            "source",
            "document",
            "statement",
            "identity",
            "entity",
            "resolved",
            "unpublished",
            "triple",
        )
        return {name: self.rows(f"FROM {name}") for name in names}


@pytest.fixture
def world(tmp_path) -> World:
    return new_world(tmp_path)


@pytest.fixture(scope="session")
def worlds(tmp_path_factory) -> Callable[[], World]:
    """Make as many as a test wants."""
    return lambda: new_world(tmp_path_factory.mktemp("world"))


def new_world(root: Path) -> World:
    shutil.copytree(ROOT / "warehouse" / "migrations", root / "warehouse" / "migrations")
    (root / "ontology" / "lexicon").mkdir(parents=True)
    for name in ("prefixes.yaml", "thresholds.yaml", "resolution.yaml", "lexicon/heads.yaml", "commons.ttl"):
        shutil.copy(ROOT / "ontology" / name, root / "ontology" / name)
    (root / "ontology" / "concepts.ttl").write_text(CONCEPTS)
    (root / "sources").mkdir()
    for name, trust in TRUST.items():
        (root / "sources" / f"{name}.yaml").write_text(
            f"title: {name}\nconnector: folder\naddress: https://{name}.example/\nlanguage: fr\n"
            f"licence: https://{name}.example/licence\npublisher: We\ntrust: {trust}\n"
        )
    return World(Project(root, root / "warehouse"))
