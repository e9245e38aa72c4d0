"""A query is read from a file as any editor saves it, and a slip in it is one line."""

from __future__ import annotations

import codecs
from functools import partial
from pathlib import Path

import duckdb
import pytest
from made_warehouse import First, fill_small

from commons_graph.commands import query as command
from commons_graph.errors import CommonsError
from commons_graph.project import Project
from commons_graph.publish.named import all_named
from commons_graph.publish.release import publish

ASKED = "# fr: Qui est là ?\r\nSELECT ?nom WHERE { ?qui a foaf:Person ; skos:prefLabel ?nom } ORDER BY ?nom\r\n"
# Windows' Notepad and Excel begin UTF-8 so.
MARKED = codecs.BOM_UTF8 + ASKED.encode()


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> First:
    def fill(warehouse: duckdb.DuckDBPyConnection) -> list[str]:
        fill_small(warehouse)
        return []

    return First.make(tmp_path_factory.mktemp("first"), fill, partial(publish, formats=["nt"]))


@pytest.fixture
def project(first: First, tmp_path: Path) -> Project:
    return first.project(tmp_path / "project")


def test_a_query_with_a_byte_order_mark(project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "question.rq").write_bytes(MARKED)
    command.run(project, str(tmp_path / "question.rq"), None, "csv", None)
    assert "Ada Ferme" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["QUESTION.RQ", "question.sparql", "Question.Sparql", "question.txt", "question"])
def test_a_query_in_a_file_of_any_name(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (tmp_path / name).write_text(ASKED, encoding="utf-8")
    command.run(project, str(tmp_path / name), None, "csv", None)
    assert "Ada Ferme" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_told_and_a_text_stays_one(project: Project) -> None:
    with pytest.raises(CommonsError, match=r"^none\.SPARQL: cannot be read"):
        command.run(project, "none.SPARQL", None, "csv", None)
    for text in ("DESCRIBE", "ASK" * 5000, "a\0b"):
        with pytest.raises(CommonsError, match=r"^query: "):
            command.run(project, text, None, "csv", None)


def test_a_query_of_the_project_with_a_byte_order_mark(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    (project.ontology_dir / "queries" / "qui.rq").write_bytes(MARKED)
    assert {"fr": "Qui est là ?"} in [query.questions for query in all_named(project)]
    command.run(project, None, "qui", "csv", None)
    assert "Ada Ferme" in capsys.readouterr().out


def test_a_query_of_the_project_that_is_no_utf_8_is_told_by_name(project: Project) -> None:
    (project.ontology_dir / "queries" / "qui.rq").write_bytes(ASKED.encode("latin-1"))
    with pytest.raises(CommonsError, match=r"qui\.rq: cannot be read"):
        command.run(project, None, "list", "csv", None)


def test_a_prefix_that_nobody_declared_is_told_in_one_line(project: Project) -> None:
    with pytest.raises(CommonsError) as told:
        command.run(project, "SELECT * {\n ?s a nulle:Part }", None, "table", None)
    assert str(told.value).startswith("query: error at 2:")
    assert "a prefix is not declared; declare it with PREFIX" in str(told.value)
    assert "\n" not in str(told.value)
