"""Looking again only at what a change can affect gives the report of all data."""

from __future__ import annotations

from functools import cache

import duckdb
import pytest
from fresh import fresh
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from rdflib import Graph

from commons_graph.validate import Compiled, affected, compile, merge, update, validate
from commons_graph.validate.paths import Alternative, Inverse, Predicate, Repeat, Sequence
from commons_graph.validate.reach import stops

EX = "http://example.org/"
SHAPES = """
@prefix ex: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
ex:S1 a sh:NodeShape ; sh:targetClass ex:A ; sh:property ex:S1p .
ex:S1p sh:path ( ex:p ex:q ) ; sh:minCount 1 ; sh:class ex:B .
ex:S2 a sh:PropertyShape ; sh:targetClass ex:B ; sh:path [ sh:inversePath ex:p ] ; sh:maxCount 1 ; sh:property ex:S2q .
ex:S2q sh:path ex:q ; sh:minCount 1 .
ex:S3 a sh:PropertyShape ; sh:targetObjectsOf ex:q ; sh:path [ sh:oneOrMorePath ex:p ] ; sh:node ex:HasQ .
ex:HasQ sh:property [ sh:path ex:q ; sh:maxCount 0 ] .
ex:S4 a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:closed true ; sh:property [ sh:path ex:p ] .
ex:S5 a sh:NodeShape ; sh:targetClass ex:A ;
  sh:sparql [ sh:select "SELECT $this WHERE { $this <http://example.org/p>+ $this }" ] .
"""
Triple = tuple[str, str, str]
names = st.sampled_from([f"{EX}n{number}" for number in range(6)])
types = st.tuples(
    names, st.just("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), st.sampled_from([f"{EX}A", f"{EX}B"])
)
facts = st.tuples(names, st.sampled_from([f"{EX}p", f"{EX}q"]), names)
graphs = st.sets(st.one_of(types, facts), max_size=18)


@cache
def compiled() -> Compiled:
    return compile(Graph().parse(data=SHAPES, format="turtle"))


def fill(connection: duckdb.DuckDBPyConnection, table: str, triples: set[Triple]) -> None:
    columns = (
        "(subject VARCHAR, predicate VARCHAR, object VARCHAR, object_kind VARCHAR, datatype VARCHAR, lang VARCHAR)"
    )
    connection.execute(f"CREATE TABLE {table} {columns}")
    for triple in sorted(triples):
        connection.execute(f"INSERT INTO {table} VALUES (?, ?, ?, 'iri', '', '')", triple)


@settings(max_examples=8, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(before=graphs, added=st.sets(st.one_of(types, facts), max_size=3), data=st.data())
def test_the_merged_report_is_the_whole_report(before: set[Triple], added: set[Triple], data: st.DataObject) -> None:
    removed = data.draw(st.sets(st.sampled_from(sorted(before)), max_size=3)) if before else set()
    after = (before - removed) | added
    with fresh() as connection:
        fill(connection, "before", before)
        fill(connection, "triple", after)
        connection.execute("CREATE TABLE changed (subject VARCHAR)")
        for subject in {triple[0] for triple in before ^ after}:
            connection.execute("INSERT INTO changed VALUES (?)", [subject])
        old = validate(connection, compiled(), "before")
        name = affected(connection, compiled(), "changed", before="before")
        new = validate(connection, compiled(), focus=name)
        whole = validate(connection, compiled())
        assert merge(connection, old, new).rows == whole.rows
        assert update(connection, compiled(), old, "changed", "triple", "before").rows == whole.rows


def test_a_change_affects_only_what_sees_it(connection: duckdb.DuckDBPyConnection) -> None:
    chain = {(f"{EX}n{number}", f"{EX}p", f"{EX}n{number + 1}") for number in (0, 2, 4)}
    types = {(f"{EX}n{number}", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", f"{EX}B") for number in range(5)}
    fill(connection, "triple", chain | types)
    connection.execute(f"CREATE TABLE changed AS SELECT '{EX}n1' AS subject")
    affected(connection, compiled(), "changed")
    found = {subject for (subject,) in connection.execute("SELECT subject FROM affected").fetchall()}
    assert {f"{EX}n0", f"{EX}n1"} <= found
    assert not found & {f"{EX}n2", f"{EX}n3", f"{EX}n4"}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (Predicate("a"), [()]),
        (Sequence((Predicate("a"), Predicate("b"))), [(), (Predicate("a"),)]),
        (
            Inverse(Sequence((Predicate("a"), Predicate("b")))),
            [(Inverse(Predicate("b")),), (Inverse(Predicate("b")), Inverse(Predicate("a")))],
        ),
        (Alternative((Inverse(Predicate("a")), Predicate("b"))), [(Inverse(Predicate("a")),), ()]),
    ],
)
def test_a_stop_is_a_node_whose_own_triples_are_walked_along(
    path: Sequence, expected: list[tuple[object, ...]]
) -> None:
    assert stops(path) == expected


def test_a_repeated_path_stops_at_every_turn() -> None:
    assert stops(Repeat(Predicate("a"), 1, True)) == [(Repeat(Predicate("a"), 0, True),)]
