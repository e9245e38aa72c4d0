"""The SQL gives what pySHACL gives: for our own shapes, and for shapes of every component, on generated graphs."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import duckdb
import pyarrow as pa
import pyshacl
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, SH, Graph

from commons_graph.validate import Compiled, compile, validate
from commons_graph.validate.parse_values import term
from commons_graph.validate.report import to_rdflib
from commons_graph.validate.terms import RDF as RDF_NS
from commons_graph.validate.terms import XSD, Term, literal

ONTOLOGY = Path(__file__).parents[2] / "ontology"
Triple = tuple[Term, Term, Term]
Found = set[tuple[str, str, str, str]]  # focus, value, component, source shape

EX = "http://example.org/"
ALL = """
@prefix ex: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:S1 a sh:PropertyShape ; sh:targetClass ex:A ; sh:path ex:p ; sh:minCount 1 ; sh:maxCount 2 ; sh:datatype xsd:integer .
ex:S2 a sh:PropertyShape ; sh:targetSubjectsOf ex:q ; sh:path ( ex:p ex:q ) ; sh:nodeKind sh:IRI ; sh:class ex:B .
ex:S3 a sh:PropertyShape ; sh:targetObjectsOf ex:q ; sh:path [ sh:inversePath ex:q ] ; sh:maxCount 1 .
ex:S4 a sh:PropertyShape ; sh:targetClass ex:A ; sh:path [ sh:zeroOrMorePath ex:q ] ; sh:nodeKind sh:IRI .
ex:S5 a sh:PropertyShape ; sh:targetClass ex:B ; sh:path [ sh:oneOrMorePath [ sh:alternativePath ( ex:p ex:q ) ] ] ;
  sh:minLength 2 ; sh:maxLength 20 ; sh:pattern "^[a-z:/.]+n" ; sh:flags "i" .
ex:S6 a sh:PropertyShape ; sh:targetNode ex:n1 ; sh:path [ sh:zeroOrOnePath ex:q ] ; sh:hasValue ex:n2 ; sh:in ( ex:n1 ex:n2 1 ) .
ex:S7 a sh:PropertyShape ; sh:targetClass ex:A ; sh:path ex:p ; sh:equals ex:q ; sh:disjoint ex:r .
ex:S8 a sh:PropertyShape ; sh:targetClass ex:A ; sh:path ex:r ; sh:uniqueLang true ; sh:languageIn ( "en" "fr" ) .
ex:S9 a sh:PropertyShape ; sh:targetClass ex:B ; sh:path ex:p ; sh:minInclusive 2 ; sh:maxExclusive 10 .
ex:S10 a sh:NodeShape ; sh:targetClass ex:A ; sh:closed true ; sh:ignoredProperties ( ex:q ) ; sh:property ex:S10p .
ex:S10p sh:path ex:p .
ex:S11 a sh:NodeShape ; sh:targetClass ex:B ; sh:not ex:HasR ; sh:node ex:HasQ .
ex:S12 a sh:NodeShape ; sh:targetClass ex:A ; sh:xone ( ex:HasR ex:HasQ ) .
ex:S13 a sh:NodeShape ; sh:targetClass ex:A ; sh:or ( ex:HasR ex:HasQ ) ; sh:and ( ex:HasQ ) .
ex:S14 a sh:PropertyShape ; sh:targetClass ex:A ; sh:path ex:q ; sh:qualifiedValueShape ex:HasR ;
  sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1 .
ex:S15 a sh:PropertyShape ; sh:targetClass ex:B ; sh:path ex:q ; sh:property ex:S15p .
ex:S15p sh:path ex:p ; sh:minCount 1 ; sh:nodeKind sh:Literal .
ex:S16 a sh:NodeShape ; sh:targetClass ex:A ; sh:sparql ex:S16q .
ex:S16q sh:select "SELECT $this ?value WHERE { $this <http://example.org/q>/<http://example.org/q> ?value }" .
ex:HasR sh:property [ sh:path ex:r ; sh:minCount 1 ] .
ex:HasQ sh:property [ sh:path ex:q ; sh:minCount 1 ; sh:nodeKind sh:IRI ] .
"""

nodes = st.sampled_from([Term(f"{EX}n{number}") for number in range(5)] + [Term("_:b1", "blank")])
classes = st.sampled_from([Term(f"{EX}A"), Term(f"{EX}B"), Term(f"{EX}A2")])
literals = st.one_of(
    st.sampled_from(["1", "2", "5", "10", "11", "x", "300"]).map(lambda text: literal(text, XSD + "integer")),
    st.sampled_from(["2.0", "9.99"]).map(lambda text: literal(text, XSD + "decimal")),
    st.sampled_from(["n", "Nn", "éa", "nine"]).map(literal),
    st.tuples(st.sampled_from(["eau", "n"]), st.sampled_from(["en", "fr", "de", "en-gb"])).map(
        lambda pair: literal(pair[0], lang=pair[1])
    ),
)
triples = st.lists(
    st.one_of(
        st.tuples(nodes, st.just(Term(RDF_NS + "type")), classes),
        st.tuples(nodes, st.sampled_from([Term(f"{EX}{name}") for name in "pqr"]), st.one_of(nodes, literals)),
    ),
    max_size=25,
).map(
    lambda found: [*found, (Term(f"{EX}A2"), Term("http://www.w3.org/2000/01/rdf-schema#subClassOf"), Term(f"{EX}A"))]
)


def by_sql(compiled: Compiled, data: list[Triple]) -> Found:
    rows = [(s.text, p.text, o.text, o.kind, o.datatype, o.lang) for s, p, o in data]
    columns = ("subject", "predicate", "object", "object_kind", "datatype", "lang")
    with duckdb.connect() as connection:
        table = pa.table({name: pa.array([row[at] for row in rows], pa.string()) for at, name in enumerate(columns)})
        connection.register("triple", table)
        report = validate(connection, compiled)
    nodes = {name: shape.node.key for name, shape in report.shapes.items()}
    return {(row.focus, row.value, row.component, nodes[row.shape]) for row in report.rows}


def by_pyshacl(shapes: Graph, data: list[Triple]) -> Found:
    found = Graph()
    for triple in data:
        found.add(tuple(to_rdflib(each) for each in triple))  # type: ignore[arg-type]
    _, report, _ = pyshacl.validate(found, shacl_graph=shapes, advanced=True)
    assert isinstance(report, Graph)
    tops = set(report.objects(None, SH.result))
    return {
        tuple(  # type: ignore[misc]
            "" if (value := report.value(result, name)) is None else term(value).key
            for name in (SH.focusNode, SH.value, SH.sourceConstraintComponent, SH.sourceShape)
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
        if result in tops
    }


@lru_cache
def every_component() -> tuple[Graph, Compiled]:
    shapes = Graph().parse(data=ALL, format="turtle")
    return shapes, compile(shapes)


@settings(max_examples=12, deadline=None)
@given(data=triples)
def test_every_component(data: list[Triple]) -> None:
    shapes, compiled = every_component()
    assert all(check.engine == "sql" for check in compiled)
    assert by_sql(compiled, data) == by_pyshacl(shapes, data)
