"""The three forms of a report, files of every format, and texts that try to break out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pyshacl
import pytest
from fresh import fresh
from rdflib import RDF, SH, Graph, Literal, URIRef

from commons_graph.errors import CommonsError
from commons_graph.validate import Report, affected, compile, load, validate
from commons_graph.validate.regex import python_match, translate
from commons_graph.validate.terms import from_key, literal

SHAPES = "ex:S a sh:NodeShape ; sh:targetClass ex:A ; sh:property ex:P . ex:P sh:path ex:p ; sh:maxLength 3 ."
DATA = 'ex:a a ex:A ; ex:p "ok", "too \\"long\\"\\n"@fr .'


def test_the_standards_report_is_rdf(check: Callable[[str, str], Report]) -> None:
    report = check(SHAPES, DATA)
    read = Graph().parse(data=report.ntriples(), format="nt")
    (result,) = read.subjects(RDF.type, SH.ValidationResult)
    assert str(read.value(result, SH.sourceShape)) == "http://example.org/P"
    assert read.value(result, SH.value) == Literal('too "long"\n', lang="fr")
    assert len(Graph().parse(data=report.turtle(), format="turtle")) == len(read)


REPORT = """
ex:Report a sh:NodeShape ; sh:targetClass sh:ValidationReport ;
  sh:property [ sh:path sh:conforms ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:boolean ] ,
    [ sh:path sh:result ; sh:minCount 5 ; sh:class sh:ValidationResult ] .
ex:Result a sh:NodeShape ; sh:targetClass sh:ValidationResult ; sh:closed true ; sh:ignoredProperties ( rdf:type ) ;
  sh:property [ sh:path sh:focusNode ; sh:minCount 1 ; sh:maxCount 1 ] , [ sh:path sh:value ; sh:maxCount 1 ] ,
    [ sh:path sh:resultPath ; sh:maxCount 1 ; sh:nodeKind sh:BlankNodeOrIRI ] ,
    [ sh:path sh:resultSeverity ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path sh:sourceConstraintComponent ; sh:minCount 1 ; sh:maxCount 1 ; sh:pattern "ConstraintComponent$" ] ,
    [ sh:path sh:sourceShape ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:BlankNodeOrIRI ] ,
    [ sh:path sh:resultMessage ; sh:minCount 1 ; sh:uniqueLang true ] .
"""


def test_a_report_is_as_the_standard_wants_it(
    check: Callable[[str, str], Report], shapes: Callable[[str], Graph], turtle: Callable[[str], Path]
) -> None:
    report = check(
        "ex:S a sh:NodeShape ; sh:targetClass ex:A ; sh:closed true ; sh:severity ex:Grave ; sh:property "
        '[ sh:path [ sh:inversePath ( ex:p ex:q ) ] ; sh:minCount 1 ; sh:message "un"@fr , "one"@en ] , '
        "[ sh:path ex:p ; sh:closed true ; sh:in ( 1 ) ] ; "
        'sh:sparql [ sh:select "SELECT $this ?path ?value { $this ?path ?value }" ; sh:message "at {?path}" ] .',
        "ex:a a ex:A ; ex:p _:b . _:b ex:r 5 .",
    )
    assert pyshacl.validate(Graph().parse(data=report.turtle(), format="turtle"), shacl_graph=shapes(REPORT))[0]
    paths = {str(path) for path in report.graph().objects(None, SH.resultPath) if isinstance(path, URIRef)}
    assert {"http://example.org/p", "http://example.org/r", str(RDF.type)} == paths


def test_the_table_counts(check: Callable[[str, str], Report]) -> None:
    table = check(SHAPES, DATA).table()
    assert table.splitlines()[-1] == "1 results: 1 Violation"
    assert check(SHAPES, "ex:b a ex:B .").counts() == [
        ("Violation", "http://example.org/P", "is longer than 3 characters", 1)
    ]


def test_the_report_is_stored(connection: duckdb.DuckDBPyConnection, check: Callable[[str, str], Report]) -> None:
    columns = "focus VARCHAR, path VARCHAR, value VARCHAR, component VARCHAR, shape VARCHAR, severity VARCHAR"
    connection.execute(f"CREATE TABLE violation ({columns}, message VARCHAR)")
    check(SHAPES, DATA).store(connection)
    rows = connection.execute("SELECT focus, path, value, severity FROM violation").fetchall()
    assert rows == [("http://example.org/a", "http://example.org/p", '"too \\"long\\"\\n"@fr', "Violation")]


@pytest.mark.parametrize("term", [literal('a"\\\n\t', lang="fr"), literal("5", "a:b"), literal("x")])
def test_terms_are_read_back(term: object) -> None:
    assert from_key(term.key) == term  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        ("nt", "<a:s> <a:p> <a:o> .\n"),
        ("ttl", "\ufeff@prefix a: <a:> .\na:s a:p a:o .\n"),
        ("nt", "\ufeff<a:s> <a:p> <a:o> .\n"),
        ("nq", "<a:s> <a:p> <a:o> <a:g> .\n"),
        ("jsonld", '{"@id": "a:s", "a:p": {"@id": "a:o"}}'),
        (
            "rdf",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:a="a:">'
            '<rdf:Description rdf:about="a:s"><a:p rdf:resource="a:o"/></rdf:Description></rdf:RDF>',
        ),
    ],
)
def test_files_of_every_format(connection: duckdb.DuckDBPyConnection, tmp_path: Path, suffix: str, text: str) -> None:
    path = tmp_path / f"data.{suffix}"
    path.write_text(text, "utf-8")
    assert load(connection, path) == 1
    assert connection.execute("SELECT * FROM triple").fetchall() == [("a:s", "a:p", "a:o", "iri", "", "")]


def test_blank_nodes_of_two_files_stay_apart(
    connection: duckdb.DuckDBPyConnection, turtle: Callable[[str], Path]
) -> None:
    for _ in range(2):
        load(connection, turtle("_:x ex:p 1 ."))
    assert connection.execute("SELECT count(DISTINCT subject) FROM triple").fetchall() == [(2,)]


def test_hostile_texts_are_only_texts(check: Callable[[str, str], Report]) -> None:
    hostile = "x'); DROP TABLE triple; --{0}%$data"
    report = check(
        f'ex:S a sh:NodeShape ; sh:targetClass ex:A ; sh:message "{hostile}" ; sh:not [ sh:hasValue ex:a ] ; '
        f'sh:property [ sh:path <http://e/it\'s{{}}> ; sh:in ( "{hostile}" ) ] .'.replace("{}", "%7B%7D"),
        f'ex:a a ex:A ; <http://e/it\'s%7B%7D> "{hostile}", "{hostile}!" .',
    )
    assert {row.value for row in report.rows} == {"http://example.org/a", f'"{hostile}!"'}
    assert hostile in {row.message for row in report.rows}


def test_only_tables_are_taken_for_tables(
    connection: duckdb.DuckDBPyConnection, shapes: Callable[[str], Graph]
) -> None:
    compiled = compile(shapes(SHAPES))
    with pytest.raises(CommonsError, match="not the name of a table"):
        validate(connection, compiled, "triple; DROP TABLE x")
    with pytest.raises(CommonsError, match="give a table with the columns"):
        validate(connection, compiled, "absent")
    with pytest.raises(CommonsError):
        affected(connection, compiled, "changed", "a b c")


def test_nothing_stays_behind(connection: duckdb.DuckDBPyConnection, check: Callable[[str, str], Report]) -> None:
    check(SHAPES + ' ex:P sh:pattern "\\\\bok\\\\b" .', DATA)
    names = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    names += connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
    assert names == [("triple",)]


@pytest.mark.parametrize(
    ("pattern", "flags", "text", "found"),
    [
        (r"^\d+$", "", "\u0664\u0662", True),
        (r"^[\s\w]+$", "", "né le", True),
        (r"^a.b$", "", "a\nb", False),
        (r"^a.b$", "s", "a\nb", True),
        (r"^b$", "m", "a\nb", True),
        ("É", "i", "é", True),
        ("a b", "x", "ab", True),
        ("a.b", "q", "axb", False),
        (r"^\p{Lu}", "", "Été", True),
        (r"\bété\b", "", "l'été.", True),
        (r"\bon\b", "", "éon", False),
        (r"^(a|b)\1$", "", "bb", True),
    ],
)
def test_patterns_mean_what_xpath_says(pattern: str, flags: str, text: str, found: bool) -> None:
    regex = translate(pattern, flags, "test")
    if regex.engine == "python":
        assert python_match(text, regex.pattern) is found
        return
    with fresh() as connection:
        sql = "SELECT regexp_matches(t, ?) FROM (VALUES (?)) AS v(t)"
        assert connection.execute(sql, [regex.pattern, text]).fetchall() == [(found,)]
