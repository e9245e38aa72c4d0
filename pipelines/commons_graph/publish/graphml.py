"""GraphML, for tools that draw and measure networks.

What belongs here: entities and concepts as nodes, relations between them as edges. What does not: literals other
than a node's class and label, which such tools have no place for.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
from pyoxigraph import parse

from commons_graph.publish.namespaces import SKOS, shorten
from commons_graph.publish.ntriples import concatenate
from commons_graph.publish.sql import HERE, copy, read, script

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="class" for="node" attr.name="class" attr.type="string"/>
<key id="label" for="node" attr.name="label" attr.type="string"/>
<key id="relation" for="edge" attr.name="relation" attr.type="string"/>
<key id="property" for="edge" attr.name="property" attr.type="string"/>
<graph id="commons" edgedefault="directed">
"""
TAIL = "</graph>\n</graphml>\n"


def write_graphml(
    connection: duckdb.DuckDBPyConnection, path: Path, prefixes: dict[str, str], concepts: Path | None = None
) -> None:
    """Write the network of a release; labels of concepts come from the Turtle file `concepts`."""
    parts = [path.with_name(f".{path.name}.{part}") for part in ("head", "nodes", "edges", "tail")]
    _name(connection, prefixes, concepts)
    parts[0].write_text(HEAD, encoding="utf-8")
    copy(connection, read("graphml_nodes.sql"), parts[1])
    copy(connection, read("graphml_edges.sql"), parts[2])
    parts[3].write_text(TAIL, encoding="utf-8")
    concatenate(parts, path)


def _name(connection: duckdb.DuckDBPyConnection, prefixes: dict[str, str], concepts: Path | None) -> None:
    connection.execute("CREATE OR REPLACE TEMP TABLE concept_label (iri VARCHAR, label VARCHAR)")
    connection.execute("CREATE OR REPLACE TEMP TABLE property_name (property VARCHAR, name VARCHAR)")
    properties = [row[0] for row in connection.execute("SELECT DISTINCT predicate FROM triple").fetchall()]
    _fill(connection, "property_name", [(iri, shorten(iri, prefixes)) for iri in properties])
    if concepts is not None and concepts.is_file():
        _fill(connection, "concept_label", _labels(concepts))
    script(connection, HERE / "graphml.sql")


def _labels(concepts: Path) -> list[tuple[str, str]]:
    found = (quad for quad in parse(path=concepts) if quad.predicate.value == f"{SKOS}prefLabel")
    return [(quad.subject.value, quad.object.value) for quad in found if quad.object.language == "en"]


def _fill(connection: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[str, str]]) -> None:
    if rows:
        columns = [list(column) for column in zip(*rows, strict=True)]
        connection.execute(f"INSERT INTO {table} SELECT unnest(?), unnest(?)", columns)
