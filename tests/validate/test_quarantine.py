"""Quarantine heals with as little as it reasonably can, and always heals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import Graph

from commons_graph.validate import compile, heal, validate

EX = "http://example.org/"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
Statement = tuple[str, str, str, str, float]  # subject, predicate, object, lang, confidence

SHAPES = """
ex:S a sh:NodeShape ; sh:targetClass ex:Person ;
  sh:property [ sh:path ex:name ; sh:minCount 1 ] ,
    [ sh:path ex:name ; sh:uniqueLang true ] ,
    [ sh:path ex:name ; sh:not [ sh:pattern "http" ] ] ,
    [ sh:path ex:home ; sh:maxCount 1 ] ,
    [ sh:path ex:knows ; sh:class ex:Person ; sh:nodeKind sh:IRI ] ;
  sh:not [ sh:class ex:Body ] .
ex:NoCycle a sh:NodeShape ; sh:targetSubjectsOf ex:partOf ;
  sh:sparql [ sh:select "SELECT $this WHERE { $this <http://example.org/partOf>+ $this }" ] .
ex:Firm rdfs:subClassOf ex:Body .
ex:Warned a sh:NodeShape ; sh:targetClass ex:Person ; sh:severity sh:Warning ; sh:property ex:Nick .
ex:Nick a sh:PropertyShape ; sh:path ex:nick ; sh:minCount 1 ; sh:severity sh:Warning .
"""


def fill(connection: duckdb.DuckDBPyConnection, statements: list[Statement]) -> None:
    connection.execute("CREATE OR REPLACE TABLE statement (statement_id VARCHAR, confidence DOUBLE)")
    connection.execute("CREATE OR REPLACE TABLE quarantine (statement_id VARCHAR, shape VARCHAR, message VARCHAR)")
    connection.execute(
        "CREATE OR REPLACE TABLE resolved (statement_id VARCHAR, subject VARCHAR, predicate VARCHAR, object VARCHAR, "
        "object_kind VARCHAR, datatype VARCHAR, lang VARCHAR)"
    )
    for number, (subject, predicate, value, lang, confidence) in enumerate(statements):
        kind = "iri" if value.startswith("ex:") else "literal"
        row = [f"s{number}", EX + subject, TYPE if predicate == "a" else EX + predicate]
        text = value.replace("ex:", EX)
        connection.execute("INSERT INTO resolved VALUES (?, ?, ?, ?, ?, '', ?)", [*row, text, kind, lang])
        connection.execute("INSERT INTO statement VALUES (?, ?)", [f"s{number}", confidence])


def healed(connection: duckdb.DuckDBPyConnection, shapes: Graph, statements: list[Statement]) -> set[str]:
    """Heal and give the statements that wait, after asking that nothing is left to heal."""
    fill(connection, statements)
    compiled = compile(shapes, shapes)
    healing = heal(connection, compiled)
    connection.execute(
        "CREATE OR REPLACE VIEW triple AS SELECT * FROM resolved "
        "WHERE statement_id NOT IN (SELECT statement_id FROM quarantine)"
    )
    assert not validate(connection, compiled).violations
    assert not healing.remaining
    waiting = connection.execute("SELECT statement_id FROM quarantine").fetchall()
    assert len(waiting) == healing.statements == len(set(waiting))
    return {statement for (statement,) in waiting}


ANN: list[Statement] = [("ann", "a", "ex:Person", "", 0.9), ("ann", "name", "Ann", "en", 0.9)]


@pytest.mark.parametrize(
    ("added", "waiting"),
    [
        pytest.param([], set(), id="nothing"),
        pytest.param([("ann", "name", "http://ann", "fr", 0.9)], {"s2"}, id="value"),
        pytest.param([("ann", "name", "Anna", "en", 0.5), ("ann", "name", "Anne", "fr", 0.1)], {"s2"}, id="language"),
        pytest.param([("ann", "home", "ex:h1", "", 0.3), ("ann", "home", "ex:h2", "", 0.8)], {"s2"}, id="too many"),
        pytest.param([("ann", "knows", "ex:bob", "", 0.9)], {"s2"}, id="class of a value"),
        pytest.param([("ann", "a", "ex:Firm", "", 0.5)], {"s2"}, id="classes, by a subclass"),
        pytest.param([("ann", "a", "ex:Firm", "", 0.95), ("ann", "a", "ex:Body", "", 0.5)], {"s0"}, id="more sure"),
        pytest.param(
            [("bob", "a", "ex:Person", "", 0.9), ("ann", "knows", "ex:bob", "", 0.9), ("bob", "home", "ex:h", "", 1)],
            {"s2", "s3", "s4"},
            id="whole entity and what points to it",
        ),
        pytest.param(
            [("ann", "partOf", "ex:b", "", 0.9), ("b", "partOf", "ex:ann", "", 0.2)], {"s2", "s3"}, id="query"
        ),
    ],
)
def test_little_is_taken(
    connection: duckdb.DuckDBPyConnection, shapes: Callable[[str], Graph], added: list[Statement], waiting: set[str]
) -> None:
    assert healed(connection, shapes(SHAPES), ANN + added) == waiting


def test_each_row_says_why(connection: duckdb.DuckDBPyConnection, shapes: Callable[[str], Graph]) -> None:
    healed(connection, shapes(SHAPES), [*ANN, ("ann", "home", "ex:h1", "", 0.3), ("ann", "home", "ex:h2", "", 0.8)])
    (row,) = connection.execute("SELECT shape, message FROM quarantine").fetchall()
    assert row == (f"{EX}S/home", "more than 1 values")


def test_what_only_the_ontology_breaks_is_told(
    connection: duckdb.DuckDBPyConnection, shapes: Callable[[str], Graph], turtle: Callable[[str], Path]
) -> None:
    fill(connection, ANN)
    healing = heal(connection, compile(shapes(SHAPES), shapes(SHAPES + "ex:zoe a ex:Person .")))
    assert [row[:2] for row in healing.remaining] == [(f"{EX}zoe", f"{EX}S/name")]


names = st.sampled_from(["ann", "bob", "cid"])
statements = st.lists(
    st.one_of(
        st.tuples(names, st.just("a"), st.sampled_from(["ex:Person", "ex:Body", "ex:Firm"]), st.just("")),
        st.tuples(names, st.just("name"), st.sampled_from(["A", "B", "http"]), st.sampled_from(["", "en", "fr"])),
        st.tuples(names, st.sampled_from(["home", "knows", "partOf"]), names.map("ex:{}".format), st.just("")),
    ),
    max_size=14,
    unique=True,
)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=statements)
def test_it_always_heals(
    connection: duckdb.DuckDBPyConnection, shapes: Callable[[str], Graph], found: list[tuple[str, str, str, str]]
) -> None:
    healed(connection, shapes(SHAPES), [(*row, 0.5 + at / 100) for at, row in enumerate(found)])
