"""N-Triples and N-Quads, straight from SQL.

What belongs here: the line-based files of a release and the proof that they can be read. What does not: what may be
published (`public`), other formats. The files are sorted and the same bytes for the same graph, so that two releases
can be compared with `cmp`.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import duckdb
from pyoxigraph import parse

from commons_graph.errors import CommonsError
from commons_graph.publish.patch import write_patched
from commons_graph.publish.sql import copy, read

# provenance.nt is one part after the other, each sorted; the big one first, so that it need not be copied.
PROVENANCE = ("statement", "source", "extractor", "document")
STATEMENT = b"<https://w3id.org/commons-graph/statement/"


def write_graph(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write graph.nt: the published triples, and `dct:isReplacedBy` for entities that were merged into another."""
    copy(connection, read("graph.sql"), path)


def write_quads(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write graph.nq: each triple in a named graph for each document that states it."""
    copy(connection, read("quads.sql"), path)


def write_provenance(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write provenance.nt: the published statements as nodes, their documents, sources and extractors."""
    parts = [path.with_name(f".{path.name}.{part}") for part in PROVENANCE]
    copy(connection, read(f"provenance_{PROVENANCE[0]}.sql"), parts[0])
    _close_provenance(connection, parts, path)


def rewrite_provenance(
    connection: duckdb.DuckDBPyConnection, path: Path, before: Path, changed: dict[str, bytes]
) -> None:
    """Write what `write_provenance` writes, from the file of a release before and the lines of statements since."""
    parts = [path.with_name(f".{path.name}.{part}") for part in PROVENANCE]
    blocks = ((b"%s%s> " % (STATEMENT, key.encode()), lines) for key, lines in changed.items())
    write_patched(before, parts[0], STATEMENT, blocks)
    _close_provenance(connection, parts, path)


def _close_provenance(connection: duckdb.DuckDBPyConnection, parts: Sequence[Path], path: Path) -> None:
    for part, name in zip(parts[1:], PROVENANCE[1:], strict=True):
        copy(connection, read(f"provenance_{name}.sql"), part)
    concatenate(parts, path)


def write_seen(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write seen.nt: when each statement was first and last seen. Apart, because it changes at every refresh."""
    copy(connection, read("seen.sql"), path)


def concatenate(parts: Sequence[Path], path: Path) -> None:
    """Put files together into one, in place of them: the first is renamed and the others are copied behind it."""
    parts[0].replace(path)
    with path.open("ab") as whole:
        for part in parts[1:]:
            with part.open("rb") as piece:
                shutil.copyfileobj(piece, whole, 1 << 20)
            part.unlink()


def prove(path: Path) -> int:
    """Parse a file whole and give how many triples it has; raise `CommonsError` when it is not what its suffix says."""
    try:
        return sum(1 for _ in parse(path=path))
    except SyntaxError as error:
        raise CommonsError(
            str(path), f"the file written cannot be read again: {error}", "please report this"
        ) from error
