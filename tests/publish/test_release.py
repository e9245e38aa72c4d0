"""A release is there whole or not at all, and only when there is something new."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import duckdb
import pytest
from made_warehouse import save

from commons_graph.errors import CommonsError
from commons_graph.project import Project
from commons_graph.publish import store
from commons_graph.publish.diff import apply
from commons_graph.publish.manifest import file_digest
from commons_graph.publish.release import publish
from commons_graph.publish.releases import current, forget, releases
from commons_graph.publish.sql import open_public

Connection = duckdb.DuckDBPyConnection
State = Callable[..., str]
WHEN = datetime(2025, 3, 1, tzinfo=UTC)
SUBJECT = "https://w3id.org/commons-graph/id/e1"
SAYS = "http://purl.org/dc/terms/description"
STEPS = ["public copy", "provenance", "jsonld", "SPARQL store", "switch"]
quick = partial(publish, formats=("nt", "jsonld"), now=WHEN)
KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
import duckdb
from commons_graph.project import Project
from commons_graph.publish.release import publish
root, step = sys.argv[1:]
def tell(name):
    if name == step:
        os.kill(os.getpid(), signal.SIGKILL)
with duckdb.connect(root + "/warehouse.duckdb") as connection:
    project = Project(Path(root), Path(root, "warehouse"))
    publish(project, connection, ("nt", "jsonld"), datetime(2025, 3, 1, tzinfo=UTC), tell)
"""


def graph(project: Project) -> bytes:
    return (current(project).path / "graph.nt").read_bytes()


def test_a_release_holds_what_its_manifest_says(project: Project, warehouse: Connection, small: None) -> None:
    made = publish(project, warehouse, now=WHEN)
    assert made == current(project) and made.number == 1
    manifest = json.loads((made.path / "manifest.json").read_bytes())
    assert manifest["date"] == "2025-03-01T00:00:00+00:00"
    assert manifest["counts"]["classes"] == {"Group": 1, "Person": 2}
    assert [source["licence"] for source in manifest["sources"]] == ["CC-BY-SA-3.0"]
    names = {path.relative_to(made.path).as_posix() for path in made.path.rglob("*") if path.is_file()}
    assert {name for name in names if not name.startswith("store/")} == {*manifest["files"], "manifest.json"}
    for name, told in manifest["files"].items():
        assert told == {"bytes": (made.path / name).stat().st_size, "sha256": file_digest(made.path / name)}


def test_the_store_answers_about_graph_provenance_and_concepts(
    project: Project, warehouse: Connection, small: None
) -> None:
    made = quick(project, warehouse)
    text = """PREFIX org: <http://www.w3.org/ns/org#> PREFIX cg: <https://w3id.org/commons-graph/ns#>
        PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?quote { ?who org:memberOf ?group . ?s rdf:subject ?who ; rdf:object ?group ; cg:quote ?quote .
            ?concept a skos:Concept } GROUP BY ?quote ORDER BY ?quote"""
    answer = store.query(store.open_store(made.store), text)
    assert [str(row[0].value) for row in answer.rows] == [  # type: ignore[union-attr]
        "Ada Ferme is a member of the working group Water.",
        "The working group Water, with Ada Ferme.",
    ]


def test_the_first_release_adds_the_whole_graph(project: Project, warehouse: Connection, small: None) -> None:
    made = quick(project, warehouse)
    assert (made.path / "added.nt").read_bytes() == (made.path / "graph.nt").read_bytes() != b""
    assert (made.path / "removed.nt").read_bytes() == b""
    assert made.manifest["changes"]["added"] == len((made.path / "added.nt").read_bytes().splitlines())


def test_nothing_new_is_no_release(project: Project, warehouse: Connection, small: None) -> None:
    made = quick(project, warehouse)
    warehouse.execute("UPDATE statement SET last_seen = DATE '2026-01-01'")
    again = quick(project, warehouse)
    assert (made.unchanged, again.unchanged, again.number) == (False, True, 1)
    assert [path.name for path in sorted(project.releases_dir.iterdir())] == [".lock", "000001", "current"]


def test_another_ontology_is_a_release(project: Project, warehouse: Connection, small: None) -> None:
    quick(project, warehouse)
    with (project.ontology_dir / "commons.ttl").open("a") as file:
        file.write("<http://a.example/a> <http://a.example/b> <http://a.example/c> .\n")
    assert quick(project, warehouse).number == 2


def test_a_second_release_tells_what_changed(
    project: Project, warehouse: Connection, small: None, state: State
) -> None:
    first = quick(project, warehouse)
    warehouse.execute("DELETE FROM triple WHERE predicate = 'http://xmlns.com/foaf/0.1/homepage'")
    state(SUBJECT, SAYS, "new\nhere")
    second = quick(project, warehouse)
    assert second.manifest["changes"] == {"added": 1, "removed": 1, "since": 1}
    parts = (first.path / "graph.nt", second.path / "added.nt", second.path / "removed.nt")
    lines = [path.read_bytes().splitlines(keepends=True) for path in parts]
    assert b"".join(apply(*lines)) == (second.path / "graph.nt").read_bytes()
    assert [release.number for release in releases(project)] == [1, 2]
    assert current(project).number == 2


def test_the_public_copy_has_no_keys_and_no_texts(project: Project, warehouse: Connection, small: None) -> None:
    made = quick(project, warehouse)
    with open_public(made.database) as public:
        tables = {name for (name,) in public.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        assert tables == {"document", "entity", "redirect", "source", "statement", "triple"}
        with pytest.raises(duckdb.Error, match="read-only"):
            public.execute("DELETE FROM triple")


def test_held_back_statements_are_counted(project: Project, warehouse: Connection, small: None, state: State) -> None:
    held = state(SUBJECT, SAYS, "odd")
    warehouse.execute("INSERT INTO quarantine VALUES (?, 'http://a.example/Shape', 'message')", [held])
    warehouse.execute(
        "INSERT INTO violation VALUES (?, '', '', 'c', 'http://a.example/Shape', 'Warning', 'm')", [SUBJECT]
    )
    manifest = quick(project, warehouse).manifest
    assert manifest["quarantine"] == {"by_shape": {"http://a.example/Shape": 1}, "by_source": {"wiki": 1}}
    assert manifest["validation"]["by_severity"] == {"Warning": 1}


def test_old_releases_go_when_that_is_asked(project: Project, warehouse: Connection, small: None, state: State) -> None:
    for text in ("one", "two", "three"):
        state(SUBJECT, SAYS, text)
        publish(project, warehouse, formats=["nt"])
    assert forget(project, 2) == [1]
    assert [release.number for release in releases(project)] == [2, 3]
    assert (forget(project, 1), current(project).number) == ([2], 3)
    with pytest.raises(CommonsError, match="at least one"):
        forget(project, 0)


def test_a_warehouse_opened_to_read_is_enough(
    project: Project, warehouse: Connection, small: None, tmp_path: Path
) -> None:
    save(warehouse, tmp_path / "warehouse.duckdb")
    with duckdb.connect(str(tmp_path / "warehouse.duckdb"), read_only=True) as connection:
        assert quick(project, connection).manifest["counts"]["statement"] == 10


def test_an_empty_warehouse_is_a_release_too(project: Project, warehouse: Connection) -> None:
    made = quick(project, warehouse)
    assert made.manifest["counts"]["triple"] == 0
    assert (made.path / "graph.nt").read_bytes() == b""


def test_before_the_first_release(project: Project) -> None:
    assert releases(project) == []
    with pytest.raises(CommonsError, match="commons refresh"):
        current(project)


def test_two_runs_do_not_publish_at_once(project: Project, warehouse: Connection) -> None:
    project.releases_dir.mkdir(parents=True)
    with (project.releases_dir / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(CommonsError, match="another run"):
            quick(project, warehouse)


def test_a_store_that_cannot_be_made_leaves_the_current_release(
    project: Project, warehouse: Connection, small: None, state: State
) -> None:
    quick(project, warehouse)
    before = graph(project)
    (project.ontology_dir / "commons.ttl").write_text("this is no Turtle")
    state(SUBJECT, SAYS, "new")
    with pytest.raises(CommonsError, match=r"commons\.ttl"):
        quick(project, warehouse)
    assert (graph(project), current(project).number) == (before, 1)


@pytest.fixture
def undisturbed(project: Project, warehouse: Connection, small: None, state: State, tmp_path: Path) -> dict[str, bytes]:
    """What a run gives that is not killed; leaves the release before it and the warehouse to publish."""
    quick(project, warehouse)
    state(SUBJECT, SAYS, "new")
    save(warehouse, tmp_path / "warehouse.duckdb")
    shutil.copytree(project.root, tmp_path / "other", symlinks=True)
    return _files(quick(Project(tmp_path / "other", tmp_path / "other" / "warehouse"), warehouse).path)


def test_killed_at_any_step_a_second_run_ends_like_an_undisturbed_one(
    project: Project, warehouse: Connection, undisturbed: dict[str, bytes]
) -> None:
    paths = {**os.environ, "PYTHONPATH": str(Path(store.__file__).parents[2])}
    for step in STEPS:
        done = subprocess.run([sys.executable, "-c", KILLED, project.root, step], env=paths, check=False)
        assert done.returncode == -signal.SIGKILL, step
        assert current(project).number == 1
    assert _files(quick(project, warehouse).path) == undisturbed
    names = [path.name for path in sorted(project.releases_dir.iterdir())]
    assert names == [".lock", "000001", "000002", "current"]


def test_a_release_made_but_not_switched_to_is_taken_up(
    project: Project, warehouse: Connection, small: None, state: State
) -> None:
    quick(project, warehouse)
    state(SUBJECT, SAYS, "new")
    quick(project, warehouse)
    (project.releases_dir / "current").unlink()
    (project.releases_dir / "current").symlink_to("000001")
    again = quick(project, warehouse)
    assert (again.unchanged, again.number, current(project).number) == (True, 2, 2)


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in {".nt", ".jsonld"}}
