"""Small graphs for the tests of validation: Turtle in, a report out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from rdflib import Graph

sys.path.insert(0, str(Path(__file__).parent))

from fresh import fresh

from commons_graph.validate import Report, compile, graph, load, validate

PREFIXES = """
@prefix ex: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory."""
    with fresh() as opened:
        yield opened


@pytest.fixture
def turtle(tmp_path: Path) -> Callable[[str], Path]:
    """Write Turtle, the common prefixes before it, to a new file."""

    def write(text: str) -> Path:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.ttl"
        path.write_text(PREFIXES + text, "utf-8")
        return path

    return write


@pytest.fixture
def shapes(turtle: Callable[[str], Path]) -> Callable[[str], Graph]:
    """A shapes graph from Turtle."""
    return lambda text: graph(turtle(text))


@pytest.fixture
def check(
    connection: duckdb.DuckDBPyConnection, turtle: Callable[[str], Path], shapes: Callable[[str], Graph]
) -> Callable[[str, str], Report]:
    """Validate data against shapes, both Turtle."""

    def run(shapes_text: str, data_text: str) -> Report:
        load(connection, turtle(data_text))
        return validate(connection, compile(shapes(shapes_text)))

    return run
