"""The files of a release: which there are and how each is made from the public copy.

What belongs here: names of formats and files. What does not: how a format is written (one module each).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from commons_graph.errors import CommonsError
from commons_graph.publish.before import Before
from commons_graph.publish.graphml import write_graphml
from commons_graph.publish.jsonld import write_jsonld
from commons_graph.publish.jsonld_terms import load_context
from commons_graph.publish.namespaces import prefixes
from commons_graph.publish.ntriples import write_graph, write_quads
from commons_graph.publish.packed import USUAL, Sizes, write_packed
from commons_graph.publish.parquet import write_parquet
from commons_graph.publish.turtle import write_turtle

# Format of `commons export` -> file or folder of a release.
FORMATS = {
    "nt": "graph.nt",
    "nq": "graph.nq",
    "ttl": "graph.ttl",
    "jsonld": "graph.jsonld",
    "parquet": "parquet",
    "graphml": "graph.graphml",
}
GZIP_FROM = 10_000_000


@dataclass(frozen=True, slots=True)
class Making:
    """What files are made from: the public copy, the folder to write to, the folder with the ontology's files."""

    connection: duckdb.DuckDBPyConnection
    folder: Path
    ontology: Path


def write(making: Making, format: str, path: Path) -> None:
    """Write the graph in one of `FORMATS`. Raises `CommonsError` when there is no such format."""
    if format not in WRITERS:
        raise CommonsError(f"--format {format}", "there is no such format", f"choose one of {', '.join(FORMATS)}")
    WRITERS[format](making, path)


def compress(path: Path, before: Before, least: int = GZIP_FROM, sizes: Sizes = USUAL) -> list[Path]:
    """Put a .gz beside a file of at least so many bytes, and give it; the same bytes for the same file.

    What the file has in common with that of the release before is taken from there.
    """
    if path.stat().st_size < least:
        return []
    packed, names = path.with_name(f"{path.name}.gz"), (path.name, f"{path.name}.gz")
    old = before.release.path if before.release is not None and before.has(*names) else None
    write_packed(path, packed, (old / names[0], old / names[1]) if old is not None else None, sizes)
    return [packed]


def _turtle(making: Making, path: Path) -> None:
    graph = making.folder / FORMATS["nt"]
    if graph.is_file():
        write_turtle(graph, path, prefixes(making.ontology))
        return
    write_graph(making.connection, path.with_name(f".{path.name}.nt"))
    write_turtle(path.with_name(f".{path.name}.nt"), path, prefixes(making.ontology))
    path.with_name(f".{path.name}.nt").unlink()


def _jsonld(making: Making, path: Path) -> None:
    context = load_context(making.ontology / "context.jsonld", prefixes(making.ontology))
    write_jsonld(making.connection, path, context)


def _graphml(making: Making, path: Path) -> None:
    write_graphml(making.connection, path, prefixes(making.ontology), making.ontology / "concepts.ttl")


WRITERS: dict[str, Callable[[Making, Path], None]] = {
    "nt": lambda making, path: write_graph(making.connection, path),
    "nq": lambda making, path: write_quads(making.connection, path),
    "ttl": _turtle,
    "jsonld": _jsonld,
    "parquet": lambda making, path: write_parquet(making.connection, path),
    "graphml": _graphml,
}
