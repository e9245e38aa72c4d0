"""The warehouse: one DuckDB file, built from the lake beside the old one and then put in its place.

What belongs here: the connection, the migrations, loading the lake, and the build. What does not: what the tables
mean after loading (`commons_graph.resolve`, `commons_graph.validate`), which comes in as steps.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from commons_graph import lake, lake_past
from commons_graph.errors import CommonsError
from commons_graph.model import content_id
from commons_graph.project import Project

LOAD = Path(__file__).with_name("warehouse_load.sql")
COPIES = Path(__file__).with_name("warehouse_copies.sql")
Connection = duckdb.DuckDBPyConnection
QUIET = "SET enable_progress_bar = false"
"""DuckDB draws a bar on the standard output where it takes a process for an interactive one, as with `python -c`."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How much of the machine DuckDB may use. Set with COMMONS_MEMORY (`2GB`) and COMMONS_THREADS."""

    memory: str = field(default_factory=lambda: os.environ.get("COMMONS_MEMORY") or "2GB")
    threads: str = field(default_factory=lambda: os.environ.get("COMMONS_THREADS") or str(os.cpu_count() or 2))


@dataclass(frozen=True, slots=True)
class Step:
    """Something that a build does after loading: `run` fills tables, `fingerprint` says from what besides the lake.

    `run` gets the connection and the path of the warehouse that is being replaced, or None where there is none.
    """

    fingerprint: str
    run: Callable[[Connection, Path | None], None]


def warehouse_path(project: Project) -> Path:
    """Give where the warehouse is."""
    return project.warehouse_dir / "warehouse.duckdb"


def connect(
    project: Project, path: Path | None = None, *, read_only: bool = False, settings: Settings | None = None
) -> Connection:
    """Open the warehouse, or the DuckDB file at `path`. Nothing outside `project.warehouse_dir` can be reached from it.

    Raises `CommonsError` when another process writes it, it is damaged, or the settings are wrong.
    """
    path = path or warehouse_path(project)
    work = project.warehouse_dir / "work"
    work.mkdir(parents=True, exist_ok=True)
    try:
        connection = duckdb.connect(str(path), read_only=read_only, config=_config(work, settings or Settings()))
    except duckdb.IOException as error:
        raise CommonsError(str(path), "cannot be opened (in use, missing or damaged)", _first_line(error)) from error
    except duckdb.Error as error:
        remedy = "set COMMONS_MEMORY to a size as 2GB and COMMONS_THREADS to a number"
        raise CommonsError(str(path), _first_line(error), remedy) from error
    connection.execute(QUIET)
    connection.execute(f"SET allowed_directories = [{_quoted(project.warehouse_dir)}]")
    connection.execute("SET enable_external_access = false")
    return connection


def migrate(connection: Connection, folder: Path) -> list[str]:
    """Apply the numbered .sql files of a folder that were not applied yet, all in one transaction; give their names.

    Raises `CommonsError` when a file that was applied has changed since, or is missing, or is wrong.
    """
    connection.execute("CREATE TABLE IF NOT EXISTS migration (name VARCHAR NOT NULL, hash VARCHAR NOT NULL)")
    applied = dict(connection.execute("FROM migration").fetchall())
    scripts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("[0-9]*.sql"))}
    _refuse_changed(applied, scripts, folder)
    todo = [name for name in scripts if name not in applied]
    connection.execute("BEGIN")
    try:
        for name in todo:
            connection.execute(scripts[name])
            connection.execute("INSERT INTO migration VALUES (?, ?)", [name, content_id(scripts[name])])
        connection.execute("COMMIT")
    except duckdb.Error as error:
        connection.execute("ROLLBACK")
        raise CommonsError(str(folder / name), f"is wrong: {_first_line(error)}", "correct the SQL") from error
    return todo


def build(project: Project, *steps: Step, settings: Settings | None = None) -> Path:
    """Build the warehouse from the lake and run the steps on it; give its path.

    It is made beside the old one and takes its place when it is whole, so that a build may be killed at any moment.
    Where the old one was built from the same lake, sources and steps, it stays as it is.
    """
    path = warehouse_path(project)
    fingerprint = _fingerprint(project, steps)
    before = built_from(project)
    if before == fingerprint:
        return path
    beside = project.warehouse_dir / "work" / "warehouse.duckdb"
    for leftover in (beside, beside.with_name("warehouse.duckdb.wal")):
        leftover.unlink(missing_ok=True)
    with connect(project, beside, settings=settings) as connection:
        migrate(connection, migrations_dir(project))
        load(connection, project)
        for step in steps:
            step.run(connection, path if before else None)
        connection.execute("INSERT INTO built VALUES (?)", [fingerprint])
        connection.execute("CHECKPOINT")
    _replace(beside, path)
    return path


@contextmanager
def attached(connection: Connection, old: Path) -> Iterator[str]:
    """Inside, the tables of another warehouse can be read; give the name under which they stand."""
    connection.execute(f"ATTACH {_quoted(old)} AS old (READ_ONLY)")
    try:
        yield "old"
    finally:
        connection.execute("DETACH old")


def built_from(project: Project) -> str | None:
    """Give the fingerprint of what the warehouse was built from, or None where there is no whole warehouse."""
    if not warehouse_path(project).exists():
        return None
    try:
        with connect(project, read_only=True) as connection:
            row = connection.execute("SELECT max(fingerprint) FROM built").fetchone()
    except (CommonsError, duckdb.Error):
        return None
    return str(row[0]) if row and row[0] else None


def load(connection: Connection, project: Project) -> None:
    """Fill `source`, `document`, `statement` and what is past of both from the lake in order, each issue once."""
    sources = project.sources()
    columns = "id, title, address, connector, language, licence, publisher, trust"
    rows = [[getattr(source, name) for name in columns.split(", ")] for source in sources]
    if rows:
        connection.executemany("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    past = f"{lake_past.FOLDER}/"
    kinds = [("documents", ""), ("statements", ""), ("documents", past), ("statements", past)]
    for script, (kind, below) in zip(LOAD.read_text(encoding="utf-8").split(";\n"), kinds, strict=True):
        files = [str(path) for path in _lake_files(project, kind, below)]
        if files:
            connection.execute(script, [files])
    connection.execute(COPIES.read_text(encoding="utf-8"))


def migrations_dir(project: Project) -> Path:
    """Give the folder of the migrations; it is declarative, so it lies in the project and not where runs write."""
    return project.root / "warehouse" / "migrations"


def _fingerprint(project: Project, steps: Sequence[Step]) -> str:
    files = [*_lake_files(project, "documents"), *_lake_files(project, "statements")]
    lakes = [
        f"{path.relative_to(project.lake_dir)} {lake.fingerprint(path)} {lake.version(path)} {path.stat().st_size}"
        for path in files
    ]
    scripts = [path.read_text(encoding="utf-8") for path in sorted(migrations_dir(project).glob("[0-9]*.sql"))]
    own = [path.read_text(encoding="utf-8") for path in (Path(__file__), LOAD, COPIES)]
    return content_id(*lakes, *map(repr, project.sources()), *scripts, *own, *(step.fingerprint for step in steps))


def _lake_files(project: Project, kind: str, below: str = "") -> list[Path]:
    folders = (project.lake_dir / kind / source.id for source in project.sources())
    return sorted(path for folder in folders for path in folder.glob(f"{below}[0-9][0-9].parquet"))


def _refuse_changed(applied: dict[str, str], scripts: dict[str, str], folder: Path) -> None:
    for name, digest in applied.items():
        if name not in scripts or content_id(scripts[name]) != digest:
            problem = "was applied to this warehouse and has changed since"
            raise CommonsError(str(folder / name), problem, "put it back, and write a new file with the next number")


def _config(work: Path, settings: Settings) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "memory_limit": settings.memory,
        "threads": settings.threads,
        "temp_directory": str(work / "duckdb"),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "python_enable_replacements": False,
    }


def _replace(beside: Path, path: Path) -> None:
    for name in (beside, beside.parent):
        handle = os.open(name, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
    path.with_name(path.name + ".wal").unlink(missing_ok=True)
    beside.replace(path)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
