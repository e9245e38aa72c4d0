"""dataset.ttl says what a release is, whose, and which files it has."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import duckdb
from pyoxigraph import RdfFormat, parse

from commons_graph.project import Project
from commons_graph.publish.release import publish

Connection = duckdb.DuckDBPyConnection
State = Callable[..., str]
quick = partial(publish, formats=("nt",))


def test_the_description_is_about_all_files(project: Project, warehouse: Connection, small: None) -> None:
    made = quick(project, warehouse)
    found = list(parse(path=made.path / "dataset.ttl", format=RdfFormat.TURTLE))
    sums = {quad.object.value for quad in found if quad.predicate.value.endswith("checksumValue")}
    files = {name: told["sha256"] for name, told in made.manifest["files"].items() if name != "dataset.ttl"}
    assert sums == set(files.values())
    licences = [quad.object.value for quad in found if quad.predicate.value == "http://purl.org/dc/terms/license"]
    assert licences == ["CC-BY-SA-3.0"] * 2


def test_the_description_says_what_the_dataset_is_whose_and_under_which_licence(
    project: Project, warehouse: Connection, small: None, state: State
) -> None:
    def told() -> set[tuple[str, str]]:
        quads = list(parse(path=quick(project, warehouse).path / "dataset.ttl", format=RdfFormat.TURTLE))
        names = {quad.subject: quad.object.value for quad in quads if quad.predicate.value.endswith("foaf/0.1/name")}
        said = [quad for quad in quads if "/release/" in str(quad.subject)]
        return {(q.predicate.value.rpartition("/")[2], names.get(q.object, str(q.object.value))) for q in said}

    first = told()
    assert {("publisher", "commons-graph"), ("license", "CC-BY-SA-3.0")} <= first
    assert [text for name, text in first if name == "description" and "documents (2)" in text and "(10)" in text]
    warehouse.execute("INSERT INTO source SELECT * REPLACE ('other' AS source, 'CC0' AS licence) FROM source")
    warehouse.execute("UPDATE document SET source = 'other' WHERE document_id = 'doc2'")
    second = {name for name, _ in told()}
    assert "license" not in second
    assert "rights" in second
