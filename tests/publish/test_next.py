"""A release made from the one before is the one that is made from nothing."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import duckdb
import pytest
from examples import examples
from made_warehouse import First, add_statement, fill_small
from pyoxigraph import Store

from commons_graph.project import Project
from commons_graph.publish import release
from commons_graph.publish.patch import write_patched
from commons_graph.publish.releases import Release, current

SUBJECT = "https://w3id.org/commons-graph/id/e1"
SAYS = "http://purl.org/dc/terms/description"
DELETED = "DELETE FROM statement WHERE statement_id = $picked"
EDITS = (
    "UPDATE statement SET quote = 'Somebody else says so.' WHERE statement_id = $picked",
    "UPDATE statement SET confidence = 0.25, extractor_version = '2' WHERE statement_id = $picked",
    "UPDATE statement SET document_id = 'doc2' WHERE statement_id = $picked",
    "UPDATE document SET title = 'Another \"title\"', date = '' WHERE document_id = 'doc2'",
    DELETED,
    "UPDATE source SET publisher = 'Somebody'",
    "INSERT INTO redirect VALUES ('e9', 'e1')",
)
FILES = ("graph.nt", "provenance.nt", "seen.nt", "graph.ttl", "graph.jsonld")
publish = partial(release.publish, formats=("nt", "ttl", "jsonld"), now=datetime(2025, 3, 1, tzinfo=UTC))


def fill(warehouse: duckdb.DuckDBPyConnection) -> list[str]:
    """Add statements enough that a change of some is small; give their identifiers."""
    fill_small(warehouse)
    return [add_statement(warehouse, SUBJECT, SAYS, f"text {at}", quote=f"quote\n{at}") for at in range(90)]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> First:
    """The first release of these statements, which all tests go on from."""
    return First.make(tmp_path_factory.mktemp("first"), fill, publish)


@pytest.fixture
def project(first: First, tmp_path: Path) -> Project:
    return first.project(tmp_path / "project")


@pytest.fixture
def warehouse(first: First) -> Iterator[duckdb.DuckDBPyConnection]:
    with first.warehouse() as connection:
        yield connection


@pytest.fixture
def before(project: Project) -> Release:
    """The first release."""
    return current(project)


@pytest.fixture
def many(first: First) -> list[str]:
    """The identifiers of the statements."""
    return first.filled


def contents(made: Release) -> tuple[dict[str, bytes], set[str]]:
    held = [str(quad) for quad in Store.read_only(str(made.store))]
    assert len(held) == made.manifest["counts"]["store"]
    named = {quad for quad in held if "_:" not in quad}
    return {name: (made.path / name).read_bytes() for name in FILES}, named


@pytest.mark.parametrize("seed", range(examples(3, 6)))
def test_random_edits_give_the_release_that_is_made_from_nothing(
    project: Project, warehouse: duckdb.DuckDBPyConnection, many: list[str], before: Release, seed: int
) -> None:
    drawn = random.Random(seed)
    old = contents(before)
    for edit in drawn.sample(EDITS, 3):
        warehouse.execute(edit, {"picked": drawn.choice(many)} if "$picked" in edit else None)
    made = publish(project, warehouse)
    assert shared(before.store, made.store)
    other = Project(project.root, project.root / "elsewhere")
    assert contents(made) == contents(publish(other, warehouse))
    assert contents(before) == old
    shutil.rmtree(before.path)
    assert contents(made)[1]


def test_a_document_that_comes_to_share_its_address_gets_another_name_everywhere(
    project: Project,
    warehouse: duckdb.DuckDBPyConnection,
    many: list[str],
    state: Callable[..., str],
    document: Callable[[str, str, str], None],
) -> None:
    online = "https://letters.example/online"
    document("letter1", online, "Letter 1")
    state(SUBJECT, SAYS, "text 1", document="letter1")
    before = publish(project, warehouse)
    document("letter2", online, "Letter 2")
    state(SUBJECT, SAYS, "text 1", document="letter2")
    made = publish(project, warehouse)
    assert shared(before.store, made.store)
    _, held = contents(made)
    assert not any(f"<{online}>" in quad for quad in held)
    assert {number for number in (1, 2) if any(f"<{online}#letter{number}>" in quad for quad in held)} == {1, 2}
    assert contents(made) == contents(publish(Project(project.root, project.root / "elsewhere"), warehouse))


@pytest.fixture(scope="module")
def without_one(first: First, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release without the first statement, made from nothing."""
    project = first.project(tmp_path_factory.mktemp("without") / "project")
    with first.warehouse() as warehouse:
        warehouse.execute(DELETED, {"picked": first.filled[0]})
        return publish(Project(project.root, project.root / "elsewhere"), warehouse)


@pytest.mark.parametrize("name", ["graph.nt", "provenance.nt", "commons.duckdb"])
def test_damage_on_the_disk_is_not_handed_on(
    project: Project,
    warehouse: duckdb.DuckDBPyConnection,
    many: list[str],
    before: Release,
    without_one: Release,
    name: str,
) -> None:
    held = bytearray((before.path / name).read_bytes())
    held[len(held) // 2] ^= 1
    (before.path / name).write_bytes(held)
    warehouse.execute(DELETED, {"picked": many[0]})
    made = publish(project, warehouse)
    assert not shared(before.store, made.store)
    assert contents(made) == contents(without_one)


def shared(one: Path, other: Path) -> bool:
    """Tell whether two stores have a file in common."""
    files = [{path.stat().st_ino for path in store.glob("*.sst")} for store in (one, other)]
    return bool(files[0] & files[1])


def test_another_ontology_makes_the_store_anew(
    project: Project, warehouse: duckdb.DuckDBPyConnection, before: Release
) -> None:
    with (project.ontology_dir / "commons.ttl").open("a") as file:
        file.write("<http://a.example/a> <http://a.example/b> <http://a.example/c> .\n")
    made = publish(project, warehouse)
    assert not shared(before.store, made.store)
    assert made.manifest["counts"]["store"] == before.manifest["counts"]["store"] + 1


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ([], "a1 a2 b1 d1 "),
        ([("a", "a3 ")], "a3 b1 d1 "),
        ([("a", ""), ("d", "")], "b1 "),
        ([("b", "b2 b3 "), ("c", "c1 "), ("e", "e1 ")], "a1 a2 b2 b3 c1 d1 e1 "),
        ([("A", "A1 "), ("a", "a1 ")], "A1 a1 b1 d1 "),
    ],
)
def test_blocks_are_put_in_their_place(tmp_path: Path, blocks: list[tuple[str, str]], expected: str) -> None:
    def lines(text: str) -> bytes:
        return b"".join(b"<%s .\n" % line.encode() for line in text.split())

    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(lines("a1 a2 b1 d1") + b"_:other\n")
    write_patched(old, new, b"<", [(b"<" + begin.encode(), lines(text)) for begin, text in blocks])
    assert new.read_bytes() == lines(expected)


def test_nothing_before_is_all_new(tmp_path: Path) -> None:
    (tmp_path / "old").touch()
    write_patched(tmp_path / "old", tmp_path / "new", b"<", [(b"<a", b"<a .\n")])
    assert (tmp_path / "new").read_bytes() == b"<a .\n"
