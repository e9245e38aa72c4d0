"""Shapes are read whole, and a broken one is told by its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from rdflib import Graph

from commons_graph.errors import CommonsError
from commons_graph.validate import Report, compile, compile_file, explain, graph, load, validate

DOUBLING = " ".join(f"_:p{at} sh:alternativePath ( _:p{at + 1} _:p{at + 1} ) ." for at in range(30))
BROKEN = {
    "list": ("sh:in [ rdf:first 1 ]", "sh:in: a broken list"),
    "endless list": ("sh:in _:l . _:l rdf:first 1 ; rdf:rest _:l", "a broken list"),
    "list of no shapes": ("sh:or 5", "sh:or: a broken list"),
    "unknown parameter": ("sh:minCout 1", "unknown parameter sh:minCout"),
    "itself": ("sh:node ex:S", "refers to itself"),
    "itself, through another": ("sh:not [ sh:property [ sh:path ex:p ; sh:node ex:S ] ]", "refers to itself"),
    "literal path": ('sh:property [ sh:path "name" ; sh:minCount 1 ]', "the path is the literal 'name'"),
    "no path": ("sh:property [ sh:path [ sh:minCount 1 ] ]", "sh:path is not a path"),
    "short path": ("sh:property [ sh:path ( ex:p ) ]", "fewer than two members"),
    "endless path": ("sh:property [ sh:path _:p ] . _:p sh:inversePath _:p", "a path that contains itself"),
    "bad regex": ('sh:pattern "a("', "bad regular expression"),
    "huge regex": ('sh:pattern "(x{900}){900}"', "bad regular expression"),
    "exploding regex": ('sh:pattern "\\\\b(a+)+\\\\b"', "could explode"),
    "flags": ('sh:pattern "a" ; sh:flags "y"', "unknown flags 'y'"),
    "count": ("sh:property [ sh:path ex:p ; sh:minCount -1 ]", "no whole number"),
    "count on a node shape": ("sh:minCount 1", "sh:minCount on a node shape"),
    "two datatypes": ("sh:datatype xsd:date, xsd:time", "several values of sh:datatype"),
    "class": ('sh:class "A"', "is no IRI"),
    "kind": ("sh:nodeKind ex:Thing", "unknown node kind"),
    "severity": ("sh:severity 3", "sh:severity is one IRI"),
    "message": ("sh:message 3", "is no string"),
    "bound": ("sh:minInclusive ex:one", "is no literal"),
    "flag": ('sh:closed "yes"', "neither true nor false"),
    "query": ('sh:sparql [ sh:select "SELECT $this WHERE { broken" ]', "bad SPARQL"),
    "query's prefix": ('sh:sparql [ sh:select "SELECT $this WHERE { $this foo:p 1 }" ]', "bad SPARQL"),
    "update": ('sh:sparql [ sh:select "ASK { $this ?p 1 }" ]', "is no SELECT query"),
    "minus": ('sh:sparql [ sh:select "SELECT $this WHERE { $this ?p 1 MINUS { $this ?p 2 } }" ]', "MINUS"),
    "two paths": ("sh:property [ sh:path ex:p , ex:q ; sh:minCount 1 ]", "one sh:path and this has several"),
    "two paths in one": (
        "sh:property [ sh:path [ sh:inversePath ex:p ; sh:zeroOrMorePath ex:q ] ]",
        "several paths at once",
    ),
    "literal in a path": ("sh:property [ sh:path ( ex:p 1 ) ; sh:minCount 1 ]", "the path is the literal '1'"),
    "long path": (f"sh:property [ sh:path ( {'ex:p ' * 101} ) ; sh:minCount 1 ]", "more than 100 parts"),
    "path that doubles": (
        f"sh:property [ sh:path _:p0 ] . {DOUBLING} _:p30 sh:inversePath ex:p",
        "more than 100 parts",
    ),
    "endless list of shapes": ("sh:or _:l . _:l rdf:first [ sh:class ex:B ] ; rdf:rest _:l", "a broken list"),
    "long list of shapes": (f"sh:or ( {'[ sh:class ex:B ] ' * 101} )", "a list of more than 100 shapes"),
    "deep": (f"{'sh:not [ ' * 10_000} sh:class ex:B {']' * 10_000}", "more than 50 deep"),
    "property shape without a path": ("sh:property [ sh:class ex:B ]", "a property shape without sh:path"),
    "node shape with a path": ("sh:node [ sh:path ex:p ; sh:minCount 1 ]", "a node shape with sh:path"),
    "word for a number": ('sh:property [ sh:path ex:p ; sh:minCount "x" ]', "'x' is no whole number"),
    "alternatives that explode": ('sh:pattern "\\\\b(a|a)*$"', "could explode"),
    "choices that explode": (f'sh:pattern "\\\\b{"a?" * 30}"', "could explode"),
    "JavaScript": ("sh:js [ ]", "JavaScript, which nothing here runs"),
    "an expression": ("sh:expression [ ]", "SHACL-AF, which nothing here runs"),
    "NUL": ('sh:pattern "a\\u0000"', "NUL"),
}


@pytest.mark.parametrize(("text", "problem"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_shape_is_told_by_file_line_and_name(turtle: Callable[[str], Path], text: str, problem: str) -> None:
    path = turtle(f"\nex:S a sh:NodeShape ; sh:targetClass ex:A ; {text} .")
    with pytest.raises(CommonsError, match=rf"{path}:8, http://example\.org/S") as raised:
        compile_file(path)
    assert problem in str(raised.value)
    assert "\n" not in str(raised.value)


def test_shapes_that_multiply_are_refused(shapes: Callable[[str], Graph]) -> None:
    doubled = "\n".join(f"ex:L{at} sh:and ( ex:L{at + 1} ex:L{at + 1} ) ." for at in range(30))
    with pytest.raises(CommonsError, match="more than 5000 shapes"):
        compile(shapes(f"ex:S a sh:NodeShape ; sh:targetClass ex:A ; sh:node ex:L0 . {doubled} ex:L30 sh:class ex:B ."))


def test_what_sql_cannot_run_is_named(shapes: Callable[[str], Graph]) -> None:
    compiled = compile(
        shapes(
            "ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:even ] ; "
            'sh:validator [ a sh:SPARQLAskValidator ; sh:ask "ASK { FILTER ($value != 3) }" ] . '
            "ex:S a sh:NodeShape ; sh:targetClass ex:A ; ex:even true ; sh:class ex:B ; "
            'sh:sparql [ sh:select "SELECT $this WHERE { $this ?p ?v FILTER (strlen(str(?v)) > 3) }" ] .'
        )
    )
    found = {(check.engine, check.reason.split(";")[0]) for check in compiled.not_sql}
    assert found == {("pyshacl", "custom component C"), ("sparql", "a SPARQL constraint")}
    assert len(compiled) == 3


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("ex:o <http://www.w3.org/2002/07/owl#imports> ex:far .", "far", "owl:imports is not followed"),
        ("ex:S sh:rule [ ] .", "S", "sh:rule infers nothing here"),
        ('ex:S sh:flags "i" .', "S", "sh:flags without sh:pattern constrains nothing"),
        ("ex:S sh:property [ sh:path ex:p ; sh:qualifiedMinCount 1 ] .", "S", "sh:qualifiedMinCount without"),
    ],
)
def test_what_nobody_does_is_named(shapes: Callable[[str], Graph], text: str, name: str, reason: str) -> None:
    compiled = compile(shapes(f"ex:S a sh:NodeShape ; sh:targetClass ex:A ; sh:class ex:B . {text}"))
    assert [(each[0], each[1]) for each in compiled.others] == [(f"http://example.org/{name}", "nobody")]
    assert compiled.others[0][2].startswith(reason)


def test_an_entailment_is_refused(shapes: Callable[[str], Graph]) -> None:
    with pytest.raises(CommonsError, match=r"example\.org/o: asks for the entailment"):
        compile(shapes("ex:o sh:entailment <http://www.w3.org/ns/entailment/RDFS> ."))


def test_a_class_with_constraints_is_a_shape_for_its_instances(check: Callable[[str, str], Report]) -> None:
    report = check("ex:A a rdfs:Class ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .", "ex:a a ex:A .")
    assert [row.focus for row in report.rows] == ["http://example.org/a"]


def test_what_duckdb_cannot_do_is_told_with_the_shape(
    connection: duckdb.DuckDBPyConnection, turtle: Callable[[str], Path], shapes: Callable[[str], Graph]
) -> None:
    load(connection, turtle("ex:a a ex:A ; ex:p 1 ."))
    connection.execute("SET max_expression_depth TO 60")
    deep = f"{'sh:not [ ' * 40} sh:class ex:B {']' * 40}"
    with pytest.raises(CommonsError, match=r"example\.org/S: DuckDB cannot run it"):
        validate(connection, compile(shapes(f"ex:S a sh:NodeShape ; sh:targetClass ex:A ; {deep} .")))


def test_a_mistake_in_a_file_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "shapes.ttl"
    lines = [
        "@prefix ex: <http://example.org/> .",
        "@prefix sh: <http://www.w3.org/ns/shacl#> .",
        "ex:T sh:class ex:A .",
    ]
    path.write_text("\n".join([*lines, "ex:S a sh:NodeShape ;", '  sh:property [ sh:path ex:p ; sh:maxCount "x" ] .']))
    with pytest.raises(CommonsError, match=r"shapes\.ttl:4, http://example\.org/S/p, sh:maxCount: 'x'"):
        compile_file(path)


def test_names_messages_and_hints(check: Callable[[str, str], Report]) -> None:
    report = check(
        "ex:S a sh:NodeShape ; sh:targetClass ex:A ; sh:property [ sh:path ex:p ; sh:minCount 1 ; "
        'sh:message "manque"@fr, "missing"@en ; sh:severity sh:Info ] , [ sh:path ex:p ; sh:maxLength 2 ] , '
        "[ sh:path [ sh:inversePath ( ex:q ex:r ) ] ; sh:minCount 2 ] .",
        'ex:a a ex:A . ex:b a ex:A ; ex:p "long" .',
    )
    told = {(row.shape, row.severity, row.message) for row in report.rows}
    assert told == {
        ("http://example.org/S/p", "Info", "missing"),
        ("http://example.org/S/p.2", "Violation", "is longer than 2 characters"),
        ("http://example.org/S/~q/r", "Violation", "fewer than 2 values"),
    }


def test_a_hint_is_told_once_a_shape_and_in_its_language(check: Callable[[str, str], Report]) -> None:
    report = check(
        "@prefix cgs: <https://w3id.org/commons-graph/shapes#> . "
        "ex:S a sh:NodeShape ; sh:targetClass ex:A ; sh:property ex:P , ex:Q . "
        'ex:P sh:path ex:p ; sh:minCount 1 ; cgs:hint "add p"@en , "ajouter p"@fr . '
        "ex:Q sh:path ex:q ; sh:minCount 1 . ",
        "ex:a a ex:A . ex:b a ex:A .",
    )
    assert report.hints() == {"http://example.org/P": "add p"}
    assert report.hints("fr") == {"http://example.org/P": "ajouter p"}
    assert [line for line in report.table().splitlines() if line.startswith("to do")] == ["to do      P: add p"]


def test_explain_shows_the_sql_of_a_shape(shapes: Callable[[str], Graph]) -> None:
    compiled = compile(
        shapes("ex:S a sh:NodeShape ; sh:targetClass ex:A ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .")
    )
    shown = explain(compiled, "S")
    assert "MinCountConstraintComponent" in shown
    assert "sh_iri('http://example.org/p')" in shown
    with pytest.raises(CommonsError, match="no such shape"):
        explain(compiled, "T")


def test_deactivated_shapes_find_nothing(check: Callable[[str, str], Report]) -> None:
    assert check("ex:S sh:targetClass ex:A ; sh:class ex:B ; sh:deactivated true .", "ex:a a ex:A .").conforms


def test_broken_files_are_told_by_line(tmp_path: Path) -> None:
    broken = tmp_path / "shapes.ttl"
    broken.write_text("<a:b> <a:c> <a:d> .\n<a:b> <a:c> oops .\n", "utf-8")
    with pytest.raises(CommonsError, match=r"shapes\.ttl:2: broken RDF"):
        graph(broken)
    with pytest.raises(CommonsError, match="cannot be read"):
        graph(tmp_path / "absent.ttl")
    with pytest.raises(CommonsError, match="not a kind of RDF file"):
        graph(tmp_path / "data.csv")
