"""Turtle and JSON-LD that go on from the release before are the ones that are made from nothing."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

import duckdb
import pytest
from examples import examples
from made_warehouse import First, add_entity, add_statement
from pyoxigraph import NamedNode, Store, parse

from commons_graph.project import Project
from commons_graph.publish import by_entity, release
from commons_graph.publish.releases import Release, current, find_current
from commons_graph.publish.turtle import write_turtle

SAYS = "http://purl.org/dc/terms/description"
LINK = "http://purl.org/dc/terms/relation"
LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
ODD = ("\n.\ncgid:a a cgid:b .\n", 'tab\tand "quotes" \\', "\r\n", ',\n{"@id": "x"}', "é\u2028", "@prefix a: <b> .")
NAMES = ("a", "a-b", "a.b", "a~", "A", "ab", *(f"e{number}" for number in range(60)))
FORMATS = {"ttl": "graph.ttl", "jsonld": "graph.jsonld"}
publish = partial(release.publish, formats=("nt", *FORMATS), now=datetime(2025, 3, 1, tzinfo=UTC))


def fill(warehouse: duckdb.DuckDBPyConnection) -> list[str]:
    """Add entities with names that sort differently with and without what stands behind them, and texts of all kinds.

    Gives their IRIs.
    """
    found = [add_entity(warehouse, name, "Organization", f"Label of {name}") for name in NAMES]
    for number, iri in enumerate(found):
        add_statement(warehouse, iri, SAYS, ODD[number % len(ODD)], lang=("", "fr")[number % 2])
        add_statement(warehouse, iri, LINK, iri=found[number // 2])
    return found


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> First:
    """The first release of these entities, which all tests go on from."""
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
def iris(first: First) -> list[str]:
    """What the entities are called."""
    return first.filled


@pytest.fixture(scope="module")
def anew(first: First, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Release]:
    """Make a release from nothing, once after the same edits: each the number of an entity and what goes of it."""

    @cache
    def make(*edits: tuple[int, str]) -> Release:
        with first.warehouse() as warehouse:
            for number, what in edits:
                edit(warehouse, first.filled[number], what)
            return from_nothing(first.project(tmp_path_factory.mktemp("anew") / "project"), warehouse)

    return make


def edit(warehouse: duckdb.DuckDBPyConnection, iri: str, what: str) -> None:
    """Take an entity away, or one thing that it says."""
    condition = "true" if what == "all" else "predicate = ?"
    given = [iri] if what == "all" else [iri, what]
    ids = f"SELECT statement_id FROM resolved WHERE subject = ? AND {condition}"
    warehouse.execute(f"DELETE FROM statement WHERE statement_id IN ({ids})", given)


@pytest.mark.parametrize("seed", range(examples(3, 8)))
def test_random_changes_give_the_files_that_are_made_from_nothing(
    project: Project, warehouse: duckdb.DuckDBPyConnection, iris: list[str], state: Callable[..., str], seed: int
) -> None:
    drawn = random.Random(seed)
    for iri in drawn.sample(iris, 3):
        edit(warehouse, iri, drawn.choice(["all", SAYS, LINK, LABEL]))
    state(drawn.choice(iris), SAYS, "Something new.", lang="en")
    state(f"{iris[0].removesuffix('a')}{drawn.choice(['0', 'a+', 'a-', 'zz'])}", SAYS, drawn.choice(ODD))
    assert_as_from_nothing(project, warehouse)


def test_a_release_in_which_nothing_of_the_graph_changed(
    project: Project, warehouse: duckdb.DuckDBPyConnection, iris: list[str]
) -> None:
    warehouse.execute(
        "UPDATE statement SET confidence = 0.3 WHERE statement_id = (SELECT min(statement_id) FROM resolved)"
    )
    assert_as_from_nothing(project, warehouse)


def test_names_of_all_characters_find_their_lines_again(tmp_path: Path) -> None:
    prefixes = {"cgid": "https://a.example/id/", "cg": "https://a.example/", "h": "https://a.example/h#"}
    told = (chr(code) for code in (*range(33, 0x250), 0x2028, 0x20AC, 0x1F600))
    named = (
        f"{base}{name}" for base in prefixes.values() for each in told for name in (each, f"a{each}b", f"%41{each}")
    )
    iris = sorted(filter(is_iri, named))
    drawn = random.Random(1)
    gone, came, other = (set(drawn.sample(iris, 100)) for _ in range(3))
    files = {"old": sorted(set(iris) - came), "new": sorted(set(iris) - gone)}
    for name, subjects in files.items():
        lines = (f'<{iri}> <{SAYS}> "{name if iri in other else ""}" .\n' for iri in subjects)
        (tmp_path / f"{name}.nt").write_text("".join(sorted(lines)), encoding="utf-8")
        write_turtle(tmp_path / f"{name}.nt", tmp_path / f"{name}.ttl", prefixes)
    changed = gone | came | other
    by_entity.rewrite_turtle(tmp_path / "new.nt", tmp_path / "made.ttl", tmp_path / "old.ttl", changed, prefixes)
    assert (tmp_path / "made.ttl").read_bytes() == (tmp_path / "new.ttl").read_bytes()


def is_iri(text: str) -> bool:
    try:
        return bool(NamedNode(text))
    except ValueError:
        return False


@pytest.mark.parametrize("name", FORMATS.values())
def test_a_damaged_file_is_made_anew_and_a_whole_one_is_gone_on_from(
    project: Project,
    warehouse: duckdb.DuckDBPyConnection,
    iris: list[str],
    before: Release,
    anew: Callable[..., Release],
    name: str,
) -> None:
    other(before.path / name)
    edit(warehouse, iris[0], SAYS)
    made = assert_as_from_nothing(project, warehouse, anew((0, SAYS)))
    other(made.path / name)
    claim(made, name)
    edit(warehouse, iris[1], SAYS)
    assert b"Label of E9" in (publish(project, warehouse).path / name).read_bytes()


def test_another_context_makes_json_anew(
    project: Project, warehouse: duckdb.DuckDBPyConnection, iris: list[str]
) -> None:
    path = project.ontology_dir / "context.jsonld"
    told = json.loads(path.read_bytes())
    told["@context"] = {"words": SAYS} | {
        key: told["@context"][key] for key in ("skos", "dct") if key in told["@context"]
    }
    path.write_text(json.dumps(told))
    edit(warehouse, iris[0], LINK)
    assert_as_from_nothing(project, warehouse)


def test_other_prefixes_make_both_anew(project: Project, warehouse: duckdb.DuckDBPyConnection, iris: list[str]) -> None:
    path = project.ontology_dir / "prefixes.yaml"
    path.write_text(path.read_text().replace("cgid: ", "thing: "))
    edit(warehouse, iris[0], LINK)
    assert b"\nthing:e9 " in (assert_as_from_nothing(project, warehouse).path / "graph.ttl").read_bytes()


@pytest.mark.parametrize("name", ["context.jsonld", "concepts.ttl"])
def test_a_file_that_the_ontology_has_no_more_is_not_gone_on_from(
    project: Project, warehouse: duckdb.DuckDBPyConnection, iris: list[str], name: str
) -> None:
    (project.ontology_dir / name).unlink()
    edit(warehouse, iris[0], LINK)
    assert_as_from_nothing(project, warehouse)


def test_what_other_programs_wrote_is_not_gone_on_from(
    project: Project,
    warehouse: duckdb.DuckDBPyConnection,
    iris: list[str],
    before: Release,
    anew: Callable[..., Release],
) -> None:
    for name in FORMATS.values():
        other(before.path / name)
        claim(before, name)
    manifest = json.loads((before.path / "manifest.json").read_bytes())
    manifest["versions"]["publish"] = "another"
    (before.path / "manifest.json").write_text(json.dumps(manifest))
    edit(warehouse, iris[0], SAYS)
    assert_as_from_nothing(project, warehouse, anew((0, SAYS)))


@pytest.mark.parametrize("name", FORMATS.values())
def test_a_format_that_the_release_before_lacks_is_made(
    project: Project,
    warehouse: duckdb.DuckDBPyConnection,
    iris: list[str],
    before: Release,
    anew: Callable[..., Release],
    name: str,
) -> None:
    (before.path / name).unlink()
    edit(warehouse, iris[0], SAYS)
    assert_as_from_nothing(project, warehouse, anew((0, SAYS)))


@pytest.mark.parametrize("step", ["ttl", "jsonld", "SPARQL store"])
def test_a_release_that_broke_off_leaves_nothing_to_the_next(
    project: Project, warehouse: duckdb.DuckDBPyConnection, iris: list[str], anew: Callable[..., Release], step: str
) -> None:
    def stop(told: str) -> None:
        if told == step:
            raise InterruptedError(step)

    edit(warehouse, iris[0], "all")
    with pytest.raises(InterruptedError):
        publish(project, warehouse, tell=stop)
    edit(warehouse, iris[1], SAYS)
    assert_as_from_nothing(project, warehouse, anew((0, "all"), (1, SAYS)))


def other(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"Label of e9", b"Label of E9"))


def claim(made: Release, name: str) -> None:
    """Have the manifest of a release say that a file is as it should be."""
    manifest = json.loads((made.path / "manifest.json").read_bytes())
    manifest["files"][name]["sha256"] = hashlib.sha256((made.path / name).read_bytes()).hexdigest()
    (made.path / "manifest.json").write_text(json.dumps(manifest))


def from_nothing(project: Project, warehouse: duckdb.DuckDBPyConnection) -> Release:
    return publish(Project(project.root, project.root / "elsewhere"), warehouse)


def assert_as_from_nothing(
    project: Project, warehouse: duckdb.DuckDBPyConnection, new: Release | None = None
) -> Release:
    publish(project, warehouse)
    made = find_current(project.releases_dir)
    assert made is not None
    assert made.number > 1
    new = new or from_nothing(project, warehouse)
    for name in FORMATS.values():
        assert (made.path / name).read_bytes() == (new.path / name).read_bytes()
        said = {str(quad.triple) for quad in parse(path=made.path / name)}
        assert said == {str(quad.triple) for quad in parse(path=made.path / "graph.nt")}
    assert held(made) == held(new)
    assert not [path.name for path in made.path.iterdir() if path.name.startswith(".")]
    return made


def held(made: Release) -> set[str]:
    """Give what the store says, but for what has no name."""
    return {said for quad in Store.read_only(str(made.store)) if "_:" not in (said := str(quad))}
