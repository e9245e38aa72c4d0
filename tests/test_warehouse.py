"""The warehouse: built whole or not at all, from the lake, and closed to the rest of the machine."""

import os
import shutil
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest

from commons_graph import lake, warehouse
from commons_graph.errors import CommonsError
from commons_graph.lake_made import Made
from commons_graph.model import Block, Document, Statement, content_id
from commons_graph.project import Project

ROOT = Path(__file__).parents[1]
DAY = date(2025, 1, 6)


@pytest.fixture
def project(tmp_path) -> Project:
    (tmp_path / "sources").mkdir()
    shutil.copytree(ROOT / "warehouse" / "migrations", tmp_path / "warehouse" / "migrations")
    for name, trust in (("wiki", 0.6), ("letters", 0.8)):
        fields = {"title": name, "connector": "folder", "address": "https://x.example/", "language": "en"}
        fields |= {"licence": "https://x.example/licence", "publisher": "We", "trust": str(trust)}
        lines = "".join(f"{key}: {value}\n" for key, value in fields.items())
        (tmp_path / "sources" / f"{name}.yaml").write_text(lines)
    return Project(tmp_path, tmp_path / "warehouse")


def fill(project: Project, source: str, title: str, mark: str = "1") -> None:
    document = Document(content_id(source, title), source, f"https://x.example/{title}", title, title,
                        (Block("title", 0, len(title)),), (), "en", "wiki entry")  # fmt: skip
    statement = Statement(content_id("st", source, title), document.key, "skos:prefLabel", title, "", "", "en",
                          document.document_id, 0, len(title), title, "rule", "1", 0.9)  # fmt: skip
    paths = lake.documents_path(project.lake_dir, source, 3), lake.statements_path(project.lake_dir, source, 3)
    lake.write_documents(paths[0], [document], Made(mark, "1"), day=DAY)
    lake.write_statements(paths[1], [statement], Made(mark, "1"), day=DAY)


def rows(path: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_a_build_loads_the_lake_and_knows_the_sources(project):
    fill(project, "wiki", "Coop des Communs")
    fill(project, "letters", "L'infolettre d'août")
    path = warehouse.build(project)
    assert rows(path, "SELECT source, title FROM document ORDER BY ALL") == [
        ("letters", "L'infolettre d'août"), ("wiki", "Coop des Communs")]  # fmt: skip
    assert rows(path, "SELECT source, value, first_seen FROM statement ORDER BY ALL") == [
        ("letters", "L'infolettre d'août", DAY), ("wiki", "Coop des Communs", DAY)]  # fmt: skip
    assert rows(path, "SELECT source, trust FROM source ORDER BY ALL") == [("letters", 0.8), ("wiki", 0.6)]


def test_a_lake_of_a_source_that_is_no_longer_declared_stays_out(project):
    fill(project, "wiki", "A")
    fill(project, "gone", "B")
    assert rows(warehouse.build(project), "SELECT title FROM document") == [("A",)]


def test_a_build_of_an_empty_lake_gives_empty_tables(project):
    assert rows(warehouse.build(project), "SELECT count(*) FROM statement") == [(0,)]


def test_nothing_is_built_twice_and_every_change_is_seen(project):
    seen = []
    step = warehouse.Step("v1", lambda connection, old: seen.append(old))
    fill(project, "wiki", "A")
    path = warehouse.build(project, step)
    warehouse.build(project, step)
    assert seen == [None]
    fill(project, "wiki", "B", "2")
    warehouse.build(project, step)
    assert seen == [None, path]
    warehouse.build(project, warehouse.Step("v2", step.run))
    assert seen == [None, path, path]


def test_a_failing_step_leaves_the_old_warehouse_and_the_next_build_ends_well(project):
    fill(project, "wiki", "A")
    path = warehouse.build(project)
    before = path.read_bytes()
    fill(project, "wiki", "B", "2")
    with pytest.raises(ZeroDivisionError):
        warehouse.build(project, warehouse.Step("x", lambda connection, old: 1 / 0))
    assert path.read_bytes() == before
    assert rows(warehouse.build(project), "SELECT title FROM document") == [("B",)]


KILLED = """
import os, signal, sys
from pathlib import Path
from commons_graph import warehouse
from commons_graph.project import Project
root = Path(sys.argv[1])
die = lambda connection, old: os.kill(os.getpid(), signal.SIGKILL)
warehouse.build(Project(root, root / "warehouse"), warehouse.Step("x", die))
"""


def test_a_killed_build_leaves_the_old_warehouse_and_the_next_build_ends_well(project):
    fill(project, "wiki", "A")
    path = warehouse.build(project)
    fill(project, "wiki", "B", "2")
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "pipelines")}
    done = subprocess.run([sys.executable, "-c", KILLED, str(project.root)], env=environment, check=False)
    assert done.returncode == -signal.SIGKILL
    assert rows(path, "SELECT title FROM document") == [("A",)]
    assert rows(warehouse.build(project), "SELECT title FROM document") == [("B",)]


def test_a_damaged_warehouse_is_built_anew(project):
    fill(project, "wiki", "A")
    path = warehouse.build(project)
    path.write_bytes(b"not a database")
    assert warehouse.built_from(project) is None
    assert rows(warehouse.build(project), "SELECT title FROM document") == [("A",)]


def test_migrations_are_applied_once_and_only_whole(project, tmp_path):
    folder = tmp_path / "sql"
    folder.mkdir()
    (folder / "0001_a.sql").write_text("CREATE TABLE a (x INTEGER);")
    with warehouse.connect(project, tmp_path / "m.duckdb") as connection:
        assert warehouse.migrate(connection, folder) == ["0001_a.sql"]
        assert warehouse.migrate(connection, folder) == []
        (folder / "0002_b.sql").write_text("CREATE TABLE b (x INTEGER);")
        (folder / "0003_c.sql").write_text("CREATE TABL c;")
        with pytest.raises(CommonsError, match=r"0003_c\.sql"):
            warehouse.migrate(connection, folder)
        assert connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall() == [
            ("a",), ("migration",)]  # fmt: skip
        (folder / "0001_a.sql").write_text("CREATE TABLE a (y INTEGER);")
        with pytest.raises(CommonsError, match=r"0001_a\.sql: was applied"):
            warehouse.migrate(connection, folder)


@pytest.mark.parametrize("query", ["FROM read_text('/etc/hostname')", "INSTALL httpfs", "ATTACH '/tmp/elsewhere.db'"])
def test_the_rest_of_the_machine_is_out_of_reach(project, query):
    with (
        warehouse.connect(project, project.warehouse_dir / "a.duckdb") as connection,
        pytest.raises(duckdb.PermissionException),
    ):
        connection.execute(query)


@pytest.mark.parametrize(("memory", "threads"), [("much", "2"), ("1GB", "many"), ("1GB", "0"), ("", "2")])
def test_wrong_settings_are_said_in_one_line(project, memory, threads):
    with pytest.raises(CommonsError, match="COMMONS_MEMORY"):
        warehouse.connect(project, project.warehouse_dir / "a.duckdb", settings=warehouse.Settings(memory, threads))


def test_a_warehouse_that_is_not_there_is_said(project):
    with pytest.raises(CommonsError, match=r"warehouse\.duckdb: cannot be opened"):
        warehouse.connect(project, read_only=True)


def test_an_empty_setting_is_as_none(monkeypatch):
    monkeypatch.setenv("COMMONS_MEMORY", "")
    monkeypatch.setenv("COMMONS_THREADS", "")
    assert warehouse.Settings().memory == "2GB"
    assert int(warehouse.Settings().threads) > 0
