"""Quarantine heals with as little as it reasonably can, and always heals."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import duckdb
import pytest
from examples import examples
from fresh import fresh
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_terms import PREFIXES
from rdflib import Graph

from commons_graph.validate import Compiled, compile, heal, validate

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


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    shapes = Graph().parse(data=PREFIXES + SHAPES, format="turtle")
    return compile(shapes, shapes)


def healed(connection: duckdb.DuckDBPyConnection, compiled: Compiled, statements: list[Statement]) -> set[str]:
    """Heal and give the statements that wait, after asking that nothing is left to heal."""
    fill(connection, statements)
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


LITTLE: dict[str, tuple[list[Statement], set[str]]] = {
    "nothing": ([], set()),
    "value": ([("ann", "name", "http://ann", "fr", 0.9)], {"s2"}),
    "language": ([("ann", "name", "Anna", "en", 0.5), ("ann", "name", "Anne", "fr", 0.1)], {"s2"}),
    "too many": ([("ann", "home", "ex:h1", "", 0.3), ("ann", "home", "ex:h2", "", 0.8)], {"s2"}),
    "class of a value": ([("ann", "knows", "ex:bob", "", 0.9)], {"s2"}),
    "classes, by a subclass": ([("ann", "a", "ex:Firm", "", 0.5)], {"s2"}),
    "more sure": ([("ann", "a", "ex:Firm", "", 0.95), ("ann", "a", "ex:Body", "", 0.5)], {"s0"}),
    "whole entity and what points to it": (
        [("bob", "a", "ex:Person", "", 0.9), ("ann", "knows", "ex:bob", "", 0.9), ("bob", "home", "ex:h", "", 1)],
        {"s2", "s3", "s4"},
    ),
    "the less sure of a loop": ([("ann", "partOf", "ex:b", "", 0.9), ("b", "partOf", "ex:ann", "", 0.2)], {"s3"}),
    "one name is wrong": ([("ann", "name", "http://ann", "en", 0.95), ("ann", "home", "ex:h", "", 0.5)], {"s2"}),
    "the class without a name": ([("bob", "a", "ex:Person", "", 0.9), ("bob", "a", "ex:Body", "", 0.3)], {"s2"}),
}
"""What is said beside ANN, and what of it waits."""


def renamed(statements: list[Statement], mark: str) -> list[Statement]:
    """Say the same of other things."""
    return [
        (s + mark, p, value + mark if value.startswith("ex:") and p != "a" else value, *more)
        for s, p, value, *more in statements
    ]


@pytest.fixture(scope="module")
def waiting(compiled: Compiled) -> dict[str, set[str]]:
    """Heal each of LITTLE, all in one graph, of things of their own; give what waits by the place in its own list."""
    said = [renamed(ANN + added, f"_{at}") for at, (added, _) in enumerate(LITTLE.values())]
    places = [(name, f"s{at}") for name, rows in zip(LITTLE, said, strict=True) for at in range(len(rows))]
    with fresh() as connection:
        found = healed(connection, compiled, [row for rows in said for row in rows])
    return {
        each: {place for number, (name, place) in enumerate(places) if name == each and f"s{number}" in found}
        for each in LITTLE
    }


@pytest.mark.parametrize("name", LITTLE)
def test_little_is_taken(waiting: dict[str, set[str]], name: str) -> None:
    assert waiting[name] == LITTLE[name][1]


def test_a_loop_costs_its_least_supported_triple_and_no_hub(
    connection: duckdb.DuckDBPyConnection, compiled: Compiled
) -> None:
    typed: list[Statement] = [(place, "a", "ex:Place", "", 0.9) for place in ("spain", "barcelona", "europe")]
    sure: list[Statement] = [("barcelona", "partOf", "ex:spain", "", 0.6)] * 15
    sure += [("spain", "partOf", "ex:europe", "", 0.5)] * 12
    wrong: list[Statement] = [
        ("spain", "partOf", "ex:barcelona", "", 0.7),
        ("europe", "partOf", "ex:barcelona", "", 0.8),
    ]
    statements = [*wrong, *typed, *sure]
    assert healed(connection, compiled, statements) == {"s0", "s1"}


def test_each_row_says_why(connection: duckdb.DuckDBPyConnection, compiled: Compiled) -> None:
    healed(connection, compiled, [*ANN, ("ann", "home", "ex:h1", "", 0.3), ("ann", "home", "ex:h2", "", 0.8)])
    (row,) = connection.execute("SELECT shape, message FROM quarantine").fetchall()
    assert row == (f"{EX}S/home", "more than 1 values")


def test_what_only_the_ontology_breaks_is_told(
    connection: duckdb.DuckDBPyConnection, shapes: Callable[[str], Graph], turtle: Callable[[str], Path]
) -> None:
    fill(connection, ANN)
    healing = heal(connection, compile(shapes(SHAPES), shapes(SHAPES + "ex:zoe a ex:Person .")))
    assert [row[:2] for row in healing.remaining] == [(f"{EX}zoe", f"{EX}S/name")]


def test_what_the_ontology_breaks_is_told_after_rounds_that_look_elsewhere(
    connection: duckdb.DuckDBPyConnection, shapes: Callable[[str], Graph]
) -> None:
    fill(connection, [*ANN, ("ann", "home", "ex:h1", "", 0.3), ("ann", "home", "ex:h2", "", 0.8)])
    healing = heal(connection, compile(shapes(SHAPES), shapes(SHAPES + "ex:zoe a ex:Person .")))
    assert healing.statements == 1
    assert [row[:2] for row in healing.remaining] == [(f"{EX}zoe", f"{EX}S/name")]


def keeps_whole(statements: list[Statement], waiting: set[str]) -> bool:
    """Tell whether of each entity without a class that is left everything waits: nothing of it can be published."""
    numbered = [(f"s{number}", *row) for number, row in enumerate(statements)]
    for entity in {row[0] for row in statements}:
        classes = {name for name, subject, predicate, *_ in numbered if subject == entity and predicate == "a"}
        about = {name for name, subject, _, value, *_ in numbered if subject == entity or value == f"ex:{entity}"}
        if classes and classes <= waiting and not about <= waiting:
            return False
    return True


def which_heal(connection: duckdb.DuckDBPyConnection, compiled: Compiled, kept_out: list[set[str]]) -> list[bool]:
    """Tell of each set of statements whether all is well without it: each in a world of its own, all looked at once."""
    connection.execute("CREATE OR REPLACE TABLE gone (world INTEGER, statement_id VARCHAR)")
    rows = [(world, statement) for world, chosen in enumerate(kept_out) for statement in chosen]
    connection.executemany("INSERT INTO gone VALUES (?, ?)", [*rows, (-1, "")])
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE worlds AS SELECT DISTINCT subject || '_' || world AS subject, predicate, "
        f"object || CASE WHEN object_kind = 'iri' AND predicate <> '{TYPE}' THEN '_' || world ELSE '' END AS object, "
        f"object_kind, datatype, lang FROM resolved r, range({len(kept_out)}) w (world) "
        "WHERE NOT EXISTS (SELECT 1 FROM gone g WHERE g.world = w.world AND g.statement_id = r.statement_id)"
    )
    bad = {int(row.root.rsplit("_", 1)[1]) for row in validate(connection, compiled, "worlds").violations}
    return [world not in bad for world in range(len(kept_out))]


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


@settings(max_examples=examples(4, 12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=statements)
def test_it_always_heals_and_to_take_less_would_not_heal(
    connection: duckdb.DuckDBPyConnection, compiled: Compiled, found: list[tuple[str, str, str, str]]
) -> None:
    rows = [(*row, 0.5 + at / 100) for at, row in enumerate(found)]
    waiting = healed(connection, compiled, rows)
    chosen = sorted(waiting)[:8]
    less = [waiting - set(back) for size in range(1, len(chosen) + 1) for back in combinations(chosen, size)]
    less = [kept for kept in less if keeps_whole(rows, kept)]
    assert not any(which_heal(connection, compiled, less))


@settings(max_examples=examples(4, 8), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=statements)
def test_where_no_classes_exclude_each_other_the_fewest_wait(
    connection: duckdb.DuckDBPyConnection, compiled: Compiled, found: list[tuple[str, str, str, str]]
) -> None:
    alone = [row for row in found if row[1] != "a" or row[2] == "ex:Person"][:8]
    rows = [(*row, 0.5 + at / 100) for at, row in enumerate(alone)]
    waiting = healed(connection, compiled, rows)
    every = [f"s{number}" for number in range(len(rows))]
    fewer = [set(chosen) for size in range(len(waiting)) for chosen in combinations(every, size)]
    fewer = [chosen for chosen in fewer if keeps_whole(rows, chosen)]
    assert not any(which_heal(connection, compiled, fewer) if fewer else [])


@settings(max_examples=examples(2, 4), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=statements, beside=statements)
def test_what_waits_of_one_thing_is_the_same_whatever_waits_beside_it(
    connection: duckdb.DuckDBPyConnection,
    compiled: Compiled,
    found: list[tuple[str, str, str, str]],
    beside: list[tuple[str, str, str, str]],
) -> None:
    rows = [(*row, 0.5 + at / 100) for at, row in enumerate(found) if row[1] != "partOf"]
    moved = [
        (f"z{row[0]}", row[1], row[2] if row[1] == "a" else row[2].replace("ex:", "ex:z"), row[3]) for row in beside
    ]
    more = [(*row, 0.5 + at / 100) for at, row in enumerate(moved) if row[1] != "partOf"]
    apart = {f"s{number}" for number in range(len(rows))}
    assert healed(connection, compiled, rows + more) & apart == healed(connection, compiled, rows)
