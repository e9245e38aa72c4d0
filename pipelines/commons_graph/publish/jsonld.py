"""JSON-LD, for programs that read JSON: one object an entity, in the words of ontology/context.jsonld.

What belongs here: the graph as one document with one entity a line. What does not: how a value is written under a
context (`jsonld_terms`). Everything is also RDF: any JSON-LD reader gives back the triples of graph.nt.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb

from commons_graph.publish.jsonld_terms import Terms
from commons_graph.publish.sql import read

Row = tuple[str, str, str, str, str, str]
BATCH = 20_000


def write_jsonld(
    connection: duckdb.DuckDBPyConnection, path: Path, context: dict[str, Any], only: Collection[str] | None = None
) -> None:
    """Write all published triples, or `only` those of some entities, under a context.

    Lines of the file: head, one entity each, tail.
    """
    terms = Terms(context)
    with path.open("w", encoding="utf-8") as out:
        out.write('{"@context": ' + json.dumps(context, ensure_ascii=False) + ', "@graph": [')
        before = "\n"
        for subject, rows in groupby(_rows(connection, only), key=lambda row: row[0]):
            out.write(before + json.dumps(_entity(subject, rows, terms), ensure_ascii=False))
            before = ",\n"
        out.write("\n]}\n")


def _rows(connection: duckdb.DuckDBPyConnection, only: Collection[str] | None) -> Iterator[Row]:
    query = read("jsonld.sql")
    if only is None:
        found = connection.execute(query)
    else:
        some = f"SELECT * FROM ({query}) WHERE subject IN (SELECT unnest(?)) ORDER BY ALL"  # noqa: S608
        found = connection.execute(some, [sorted(only)])
    while batch := found.fetchmany(BATCH):
        yield from batch


def _entity(subject: str, rows: Iterable[Row], terms: Terms) -> dict[str, Any]:
    entity: dict[str, Any] = {"@id": subject}
    for _, predicate, value, kind, datatype, lang in rows:
        key, written, language = terms.write(predicate, value, kind, datatype, lang)
        if language:
            entity.setdefault(key, {}).setdefault(language, []).append(written)
        elif key in entity:
            held = entity[key]
            entity[key] = [*held, written] if isinstance(held, list) else [held, written]
        else:
            entity[key] = written
    return entity
