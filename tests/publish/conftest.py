"""A small warehouse, filled by hand, that the tests of this stage publish."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import duckdb
import pytest

from commons_graph.project import Project

sys.path.insert(0, str(Path(__file__).parent))

import made_warehouse

State = Callable[..., str]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty project folder with the real ontology."""
    return made_warehouse.make_project(tmp_path)


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse in memory with the real tables: one source, two documents."""
    with duckdb.connect() as connection:
        made_warehouse.make_tables(connection)
        yield connection


@pytest.fixture
def document(warehouse: duckdb.DuckDBPyConnection) -> Callable[[str, str, str], None]:
    """Add a document by its identifier, address and title."""
    return partial(made_warehouse.add_document, warehouse)


@pytest.fixture
def entity(warehouse: duckdb.DuckDBPyConnection) -> Callable[[str, str, str], str]:
    """Add an entity with its class and label; give its IRI."""
    return partial(made_warehouse.add_entity, warehouse)


@pytest.fixture
def state(warehouse: duckdb.DuckDBPyConnection) -> State:
    """Add one statement and its triple; give the statement's identifier."""
    return partial(made_warehouse.add_statement, warehouse)


@pytest.fixture
def small(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Two people, a group and what joins them."""
    made_warehouse.fill_small(warehouse)
