"""What a release says of itself in manifest.json.

What belongs here: counts, digests, what was held back. What does not: making files or choosing triples.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb

from commons_graph import source_report
from commons_graph.code import PACKAGE, version_of
from commons_graph.project import Project
from commons_graph.publish.public import Refused
from commons_graph.publish.sql import read

Counts = dict[str, int]
REFRESHED = ("added", "changed", "gone", "failed", "checked")
# To be raised when a release gets other files than before, so that the same graph is published anew.
LAYOUT = b"2"


def content_digest(digests: Mapping[Path, str]) -> str:
    """Give the SHA-256 of some files' names and contents, by theirs: releases with the same one say the same."""
    whole = hashlib.sha256(LAYOUT)
    for path, digest in digests.items():
        whole.update(f"{path.name}\0{digest}\0".encode())
    return whole.hexdigest()


def file_digest(path: Path) -> str:
    """Give a file's SHA-256 in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def describe_files(
    folder: Path, without: Iterable[str], digests: Mapping[Path, str]
) -> dict[str, dict[str, int | str]]:
    """Give size and SHA-256 of all files below a folder, by relative name, but not of some subfolders or files.

    Those in `digests`, the largest among them, are not read again.
    """
    skipped = set(without)
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    names = ((path, path.relative_to(folder)) for path in files)
    shown = ((path, name) for path, name in names if name.parts[0] not in skipped)
    return {name.as_posix(): describe_file(path, digests.get(path)) for path, name in shown}


def describe_file(path: Path, digest: str | None = None) -> dict[str, int | str]:
    """Give a file's size and SHA-256."""
    return {"bytes": path.stat().st_size, "sha256": digest or file_digest(path)}


def public_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Give the sizes of the public tables; entities by class, subjects by type, triples by property."""
    tables = ("triple", "statement", "entity", "document", "redirect")
    return {
        **{table: _one(connection, f"SELECT count(*) FROM {table}") for table in tables},  # noqa: S608 - our names
        "classes": _pairs(connection, "SELECT class, count(*) FROM entity GROUP BY class ORDER BY class"),
        "types": _pairs(connection, read("type_counts.sql")),
        "properties": _pairs(
            connection, "SELECT predicate, count(*) FROM triple GROUP BY predicate ORDER BY predicate"
        ),
    }


def held_back(connection: duckdb.DuckDBPyConnection, refused: Refused) -> dict[str, Any]:
    """Give from the warehouse: violations by severity and shape, quarantine by shape and source, refused triples.

    `unpublished` counts the statements that are left out by why (resolve/claims.sql and graph.sql say what each means).
    """
    return {
        "validation": {
            "by_severity": _pairs(connection, "SELECT severity, count(*) FROM violation GROUP BY ALL ORDER BY ALL"),
            "by_shape": _pairs(connection, "SELECT shape, count(*) FROM violation GROUP BY ALL ORDER BY ALL"),
        },
        "quarantine": {
            "by_shape": _pairs(connection, "SELECT shape, count(*) FROM quarantine GROUP BY ALL ORDER BY ALL"),
            "by_source": _pairs(connection, read("quarantine_by_source.sql")),
        },
        "unpublished": _pairs(connection, "SELECT reason, count(*) FROM unpublished GROUP BY ALL ORDER BY ALL"),
        "refused": {"iris": refused.iris, "triples": refused.triples},
    }


def sources(connection: duckdb.DuckDBPyConnection, project: Project) -> list[dict[str, Any]]:
    """Give the sources of the published documents: licence, number of documents, what the last refresh did."""
    found = connection.execute(read("source_counts.sql"))
    names = [column[0] for column in found.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return [{**row, **_refreshed(project, row["source"])} for row in rows]


def _refreshed(project: Project, source: str) -> dict[str, int | str]:
    report = source_report.of(project, source)
    return {name: getattr(report, name) for name in REFRESHED} if report else {}


def versions() -> dict[str, str]:
    """Give the versions of the programs that made a release, and of this stage's own code."""
    return {
        **{name: _version(name) for name in ("commons-graph", "duckdb", "pyoxigraph")},
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "publish": version_of(PACKAGE / "publish"),
    }


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "unknown"


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def _pairs(connection: duckdb.DuckDBPyConnection, query: str) -> Counts:
    return dict(connection.execute(query).fetchall())
