"""Turtle and JSON-LD from those of the release before: the same bytes, but for the lines of entities that changed.

What belongs here: which lines are an entity's, and putting new ones in their places. What does not: how they are
written (`turtle`, `jsonld`), what changed (`diff`), and whether the files before may be trusted (`store_next`). Only
new lines have to be proved: the others were, and are the ones that were.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

import duckdb

from commons_graph.publish.jsonld import write_jsonld
from commons_graph.publish.jsonld_terms import load_context
from commons_graph.publish.ntriples import prove
from commons_graph.publish.turtle import write_turtle

Blocks: TypeAlias = Iterator[tuple[str, bytes]]
"""What an entity's lines are sorted by, and the lines."""
BEGIN = b'{"@id": "'


def subjects(*files: Path) -> set[str]:
    """Give the IRIs of all subjects of some N-Triples files."""
    found: set[str] = set()
    for file in files:
        with file.open("rb") as lines:
            found.update(map(_subject, lines))
    return found


def rewrite_turtle(graph: Path, path: Path, before: Path, changed: set[str], prefixes: dict[str, str]) -> None:
    """Write what `write_turtle` writes of a graph, from the file before and the entities that changed since.

    Raises `CommonsError` when the new lines cannot be read again.
    """
    some, few = path.with_name(f".{path.name}.nt"), path.with_name(f".new.{path.name}")
    with graph.open("rb") as lines:
        some.write_bytes(b"".join(line for line in lines if _subject(line) in changed))
    write_turtle(some, few, prefixes)
    prove(few)
    gone = {f"{iri}>": b"" for iri in changed}
    new = gone | {key: block for key, block in _turtle(few, prefixes) if key}
    with path.open("wb") as out:
        out.writelines(block for _, block in _merged(_turtle(before, prefixes), new))
    some.unlink()
    few.unlink()


def rewrite_jsonld(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    before: Path,
    changed: set[str],
    ontology: tuple[Path, dict[str, str]],
) -> None:
    """Write what `write_jsonld` writes, as `rewrite_turtle` does."""
    few = path.with_name(f".new.{path.name}")
    write_jsonld(connection, few, load_context(*ontology), changed)
    prove(few)
    new = dict.fromkeys(changed, b"") | dict(_jsonld(few))
    with path.open("wb") as out, before.open("rb") as old:
        out.write(old.readline().rstrip(b"\n"))
        between = b"\n"
        for _, block in _merged(_jsonld(before), new):
            out.write(between + block)
            between = b",\n"
        out.write(b"\n]}\n")
    few.unlink()


def _subject(line: bytes) -> str:
    return line.partition(b"> ")[0][1:].decode()


def _merged(old: Blocks, new: Mapping[str, bytes]) -> Iterable[tuple[str, bytes]]:
    kept = ((key, block) for key, block in old if key not in new)
    return heapq.merge(kept, sorted((key, block) for key, block in new.items() if block))


def _turtle(path: Path, prefixes: dict[str, str]) -> Blocks:
    """Give the blocks, sorted as the lines of graph.nt, and before them each line of prefixes with ""."""
    with path.open("rb") as lines:
        key, block = "", b""
        for line in lines:
            if not line.startswith(b"\t"):
                if block:
                    yield key, block
                key, block = _name(line, prefixes), b""
            block += line
        if block:
            yield key, block


def _name(line: bytes, prefixes: dict[str, str]) -> str:
    """Give by what a block of Turtle is sorted: its subject as N-Triples write it."""
    word = line.partition(b" ")[0].decode()
    if word == "@prefix":
        return ""
    if word.startswith("<"):
        return word[1:]
    prefix, _, local = word.partition(":")
    return prefixes[prefix] + local.replace("\\", "") + ">"


def _jsonld(path: Path) -> Blocks:
    with path.open("rb") as lines:
        for line in lines:
            if line.startswith(BEGIN):
                yield line[len(BEGIN) : line.index(b'"', len(BEGIN))].decode(), line.rstrip(b",\n")
