"""RDF files read, through pyoxigraph: as rows for DuckDB, as terms, or as an rdflib graph with its literals untouched.

What belongs here: files and their mistakes. What does not: what is done with the triples.
"""

# ruff: noqa: S608  # SQL is put together here from names that the compiler made and terms that `quote` wrote

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow as pa
import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from commons_graph.errors import CommonsError
from commons_graph.validate.encode import Triple, relation
from commons_graph.validate.transfer import from_ox

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
_BATCH = 50_000
_COLUMNS = ("subject", "predicate", "object", "object_kind", "datatype", "lang")
Row = tuple[str, str, str, str, str, str]


def quads(path: Path, base: str | None = None, rename: bool = False) -> Iterator[ox.Quad]:
    """Give the statements of an RDF file of any format in `FORMATS`; named graphs are read as one.

    With `rename`, its blank nodes get new names.

    Raises CommonsError with the file and the line for a file that is missing, of unknown format or broken.
    """
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise CommonsError(str(path), "not a kind of RDF file that can be read", "use " + ", ".join(sorted(FORMATS)))
    try:
        with path.open("rb") as file:
            if file.read(len(BOM_UTF8)) != BOM_UTF8:  # which Windows' editors write, and Turtle's grammar lacks
                file.seek(0)
            base = base or path.resolve().as_uri()
            yield from ox.parse(file, format=form, base_iri=base, rename_blank_nodes=rename)
    except SyntaxError as error:
        place = f"{path}:{error.lineno}" if error.lineno else str(path)
        raise CommonsError(place, f"broken RDF: {error.msg}", "correct the file") from None
    except (OSError, ValueError) as error:
        raise CommonsError(str(path), f"cannot be read: {error}", "check the path and the file") from None


def load(connection: duckdb.DuckDBPyConnection, path: Path, table: str = "triple", base: str | None = None) -> int:
    """Add the triples of an RDF file to a temporary table, made where there is none; give their number.

    Blank nodes of a second file are renamed, so that they stay apart from those of the first.
    """
    typed = ", ".join(f"{name} VARCHAR" for name in _COLUMNS)
    connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS {relation(table)} ({typed})")
    more = connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchall() != []
    total = 0
    rows = (row(quad) for quad in quads(path, base, more))
    while batch := list(islice(rows, _BATCH)):
        columns = {name: pa.array([row[at] for row in batch], pa.string()) for at, name in enumerate(_COLUMNS)}
        connection.register("sh_batch", pa.table(columns))
        connection.execute(f"INSERT INTO {table} SELECT * FROM sh_batch")
        connection.unregister("sh_batch")
        total += len(batch)
    return total


def row(quad: ox.Quad) -> Row:
    """Give a statement as a row of the triple table."""
    subject, predicate, object_ = quad.subject, quad.predicate, quad.object
    return (_name(subject), _name(predicate), *_object(object_))


def _name(node: object) -> str:
    return node.value if isinstance(node, ox.NamedNode) else str(node)


def _object(node: object) -> tuple[str, str, str, str]:
    if isinstance(node, ox.Literal):
        datatype = "" if node.language else node.datatype.value
        return node.value, "literal", datatype, node.language or ""
    return _name(node), "iri" if isinstance(node, ox.NamedNode) else "blank", "", ""


def triples(path: Path) -> list[Triple]:
    """Read an RDF file as terms, in its order and faster than a graph; raises CommonsError as `quads` does."""
    return [(from_ox(quad.subject), from_ox(quad.predicate), from_ox(quad.object)) for quad in quads(path)]


def graph(path: Path, base: str | None = None) -> Graph:
    """Read an RDF file as an rdflib graph; raises CommonsError as `quads` does.

    Unlike rdflib's own parsers it tells the line of a mistake and keeps `"1"^^xsd:boolean` from becoming `true`.
    """
    found = Graph()
    for quad in quads(path, base):
        found.add((_node(quad.subject), _node(quad.predicate), _node(quad.object)))
    return found


def _node(node: object) -> Node:
    if isinstance(node, ox.NamedNode):
        return URIRef(node.value)
    if isinstance(node, ox.Literal):
        plain = node.language or node.datatype.value.endswith("#string")
        datatype = None if plain else URIRef(node.datatype.value)
        return Literal(node.value, lang=node.language, datatype=datatype, normalize=False)
    return BNode(str(node).removeprefix("_:"))
