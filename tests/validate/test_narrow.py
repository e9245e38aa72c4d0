"""Checks of a few focus nodes find the same in the part of the data that they look at as in all of it."""

from __future__ import annotations

from functools import cache

import duckdb
import pytest
from fresh import fresh
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from rdflib import Graph

from commons_graph.validate import Compiled, compile
from commons_graph.validate.encode import scope
from commons_graph.validate.narrow import Bounds, bounds, narrowed
from commons_graph.validate.run import encoded, run

EX = "http://example.org/"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
HEAD = "@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> . "
SHAPES = """
ex:S1 a sh:NodeShape ; sh:targetClass ex:A ; sh:property [ sh:path ( ex:p ex:q ) ; sh:minCount 1 ; sh:class ex:B ] .
ex:S2 a sh:PropertyShape ; sh:targetClass ex:B ; sh:path [ sh:inversePath ex:p ] ; sh:maxCount 1 ; sh:class ex:A ;
  sh:property [ sh:path ex:q ; sh:minCount 1 ] .
ex:S3 a sh:NodeShape ; sh:targetObjectsOf ex:q ; sh:or ( [ sh:class ex:B ] [ sh:property ex:NoQ ] ) ;
  sh:property [ sh:path ex:p ; sh:equals ex:q ; sh:node [ sh:property ex:NoQ ] ] .
ex:NoQ sh:path ( [ sh:inversePath ex:q ] ex:p ) ; sh:maxCount 0 .
ex:S4 a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:closed true ; sh:property [ sh:path ex:p ] .
ex:S5 a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:sparql [ sh:select "SELECT $this WHERE { $this ex:p+ $this }" ] .
""".replace("ex:p+", f"<{EX}p>+")
Triple = tuple[str, str, str]
names = st.sampled_from([f"{EX}n{number}" for number in range(6)])
types = st.tuples(names, st.just(TYPE), st.sampled_from([f"{EX}A", f"{EX}B"]))
facts = st.tuples(names, st.sampled_from([f"{EX}p", f"{EX}q"]), names)


@cache
def compiled(shapes: str = SHAPES) -> Compiled:
    return compile(Graph().parse(data=HEAD + shapes, format="turtle"))


def results(connection: duckdb.DuckDBPyConnection, limits: Bounds | None) -> list[tuple[str, ...]]:
    with narrowed(connection, limits):
        run(connection, compiled(), scoped=True, queried=False)
        return connection.execute("FROM sh_result ORDER BY ALL").fetchall()


@settings(max_examples=10, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(triples=st.sets(st.one_of(types, facts), max_size=18), few=st.sets(names, min_size=1, max_size=2))
def test_what_lies_near_is_enough(triples: set[Triple], few: set[str]) -> None:
    with fresh() as connection:
        connection.execute(
            "CREATE TABLE triple (subject VARCHAR, predicate VARCHAR, object VARCHAR, "
            "object_kind VARCHAR DEFAULT 'iri', datatype VARCHAR DEFAULT '', lang VARCHAR DEFAULT '')"
        )
        connection.execute("CREATE TABLE few AS SELECT unnest(?::VARCHAR[]) AS subject", [sorted(few)])
        for triple in sorted(triples):
            connection.execute("INSERT INTO triple (subject, predicate, object) VALUES (?, ?, ?)", triple)
        with encoded(connection, compiled(), "triple"):
            scope(connection, "few")
            whole = results(connection, None)
            assert results(connection, bounds(compiled())) == whole
            assert results(connection, None) == whole


@pytest.mark.parametrize(
    "shape",
    [
        pytest.param("sh:property [ sh:path [ sh:oneOrMorePath ex:p ] ; sh:maxCount 1 ]", id="a path without an end"),
        pytest.param('sh:sparql [ sh:select "SELECT $this WHERE { $this ?any $this }" ]', id="a query, any property"),
    ],
)
def test_what_may_look_anywhere_is_given_everything(shape: str) -> None:
    assert bounds(compiled(f"ex:S a sh:NodeShape ; sh:targetClass ex:A ; {shape} .")) is None
