"""The .gz of a release's large files go on from those of the release before."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import duckdb
import pytest
from made_warehouse import First, fill_small

from commons_graph.project import Project
from commons_graph.publish import release
from commons_graph.publish.manifest import describe_file
from commons_graph.publish.packed import BETWEEN
from commons_graph.publish.releases import Release, current

FILE = "provenance.nt.gz"
MARKED = b"\0\0\xff\xff\x02\0" + BETWEEN
"""The end of a piece with one more empty block, which is left in one that is taken over."""
QUOTES = """
CREATE TEMP TABLE many AS SELECT md5(i::VARCHAR) AS id, 'text ' || i AS text FROM range(1100) AS t(i);
INSERT INTO statement SELECT id, 'k', 'p', text, '', '', '', 'doc1', 3, 12, repeat(id || ' ', 300), 'cue', '1', 0.9,
    'wiki', DATE '2025-01-01', DATE '2025-02-01' FROM many;
INSERT INTO triple SELECT 'https://w3id.org/commons-graph/id/e1', 'http://purl.org/dc/terms/description', text,
    'literal', '', '' FROM many;
INSERT INTO resolved SELECT id, t.* FROM many JOIN triple AS t ON object = text;
"""
publish = partial(release.publish, formats=("nt",), now=datetime(2025, 3, 1, tzinfo=UTC))


def fill(warehouse: duckdb.DuckDBPyConnection) -> list[str]:
    """Add statements with quotes so long that provenance.nt is worth packing; give their identifiers."""
    fill_small(warehouse)
    warehouse.execute(QUOTES)
    return [found for (found,) in warehouse.execute("SELECT id FROM many ORDER BY id").fetchall()]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> First:
    """The first release of these statements, which all tests go on from."""
    return First.make(tmp_path_factory.mktemp("first"), fill, publish)


@pytest.fixture
def project(first: First, tmp_path: Path) -> Project:
    return first.project(tmp_path / "project")


@pytest.fixture
def changed(first: First) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse with one statement less and another quote."""
    with first.warehouse() as connection:
        connection.execute("DELETE FROM statement WHERE statement_id = ?", [first.filled[300]])
        connection.execute("UPDATE statement SET quote = 'So.' WHERE statement_id = ?", [first.filled[800]])
        yield connection


@pytest.fixture
def anew(project: Project, changed: duckdb.DuckDBPyConnection) -> bytes:
    """The file as it is made from nothing."""
    made = publish(Project(project.root, project.root / "elsewhere"), changed)
    return (made.path / FILE).read_bytes()


def replace(before: Release, held: bytes) -> None:
    """Put another file into a release, and its digest into the manifest."""
    (before.path / FILE).write_bytes(held)
    manifest = json.loads((before.path / "manifest.json").read_bytes())
    manifest["files"][FILE] = describe_file(before.path / FILE)
    (before.path / "manifest.json").write_text(json.dumps(manifest))


def test_pieces_that_did_not_change_are_taken_over(
    project: Project, changed: duckdb.DuckDBPyConnection, anew: bytes
) -> None:
    before = current(project)
    replace(before, (before.path / FILE).read_bytes().replace(BETWEEN, MARKED))
    made = publish(project, changed)
    held = (made.path / FILE).read_bytes()
    assert held.replace(MARKED, BETWEEN) == anew
    assert held.count(MARKED) > 30
    assert 0 < held.count(BETWEEN) - held.count(MARKED) <= 12
    assert gzip.decompress(held) == (made.path / "provenance.nt").read_bytes()
    assert made.manifest["files"][FILE] == describe_file(made.path / FILE)


def test_damage_on_the_disk_is_not_handed_on(project: Project, changed: duckdb.DuckDBPyConnection, anew: bytes) -> None:
    file = current(project).path / FILE
    held = bytearray(file.read_bytes())
    held[len(held) // 2] ^= 1
    file.write_bytes(held)
    assert (publish(project, changed).path / FILE).read_bytes() == anew


def test_what_another_program_packed_is_not_taken_over(
    project: Project, changed: duckdb.DuckDBPyConnection, anew: bytes
) -> None:
    before = current(project)
    replace(before, (before.path / FILE).read_bytes().replace(BETWEEN, MARKED))
    manifest = json.loads((before.path / "manifest.json").read_bytes())
    manifest["versions"]["zlib"] = "another"
    (before.path / "manifest.json").write_text(json.dumps(manifest))
    assert (publish(project, changed).path / FILE).read_bytes() == anew
