"""sh:sparql: what is translated to SQL, what Oxigraph and pySHACL run, and that all mean the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rdflib import SH, Graph

from commons_graph.errors import CommonsError
from commons_graph.validate import Report, compile

SHAPE = "ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:sparql [ sh:select "
EX = "PREFIX ex: <http://example.org/> "
P, B = "<http://example.org/p>", "<http://example.org/b>"
DATA = """
_:b ex:p _:c . _:c ex:q 1 .
ex:a ex:p ex:b , _:c . ex:b ex:q 2 ; ex:r ex:a .
ex:d ex:p "x"@en .
"""


def nodes(report: Report) -> set[str]:
    return {row.focus.rsplit("/")[-1] for row in report.rows}


@pytest.mark.parametrize(
    ("query", "engine", "found"),
    [
        ("SELECT $this { $this ex:p [ ex:q 1 ] }", "sql", {"_:b", "a"}),
        ("SELECT $this { $this ex:p _:x . _:x ex:q 2 }", "sql", {"a"}),
        (f"SELECT $this {{ $this ex:p/^ex:p $this FILTER NOT EXISTS {{ $this {P} {B} }} }}", "sql", {"_:b", "d"}),
        ("SELECT $this { $this ?x ?x }", "sql", set()),
        ("SELECT $this { $this ex:p ?v FILTER (isBlank($this)) }", "sparql", {"_:b"}),
        ("SELECT $this { $this ex:p+ ?v . FILTER (lang(?v) = 'en') }", "sparql", {"d"}),
        ("SELECT $this { { $this ex:p ex:b } UNION { $this ex:p 'x'@en } }", "pyshacl", {"a", "d"}),
    ],
)
def test_every_engine_finds_it(
    check: Callable[[str, str], Report], shapes: Callable[[str], Graph], query: str, engine: str, found: set[str]
) -> None:
    text = f'{SHAPE} "{EX}{query}" ] .'
    assert [each.engine for each in compile(shapes(text))] == [engine]
    assert nodes(check(text, DATA)) == found


def test_a_value_is_one_that_the_query_gives(check: Callable[[str, str], Report]) -> None:
    report = check(f'{SHAPE} "{EX}SELECT $this {{ $this ex:p ?value }}" ] .', "ex:a ex:p ex:b .")
    assert [row.value for row in report.rows] == ["http://example.org/a"]


def test_messages_hold_what_was_found(check: Callable[[str, str], Report]) -> None:
    query = f'"{EX}SELECT $this ?value {{ $this ex:p ?value }}"'
    report = check(f'{SHAPE} {query} ; sh:message "{{$this}} has {{?value}}" ] .', 'ex:d ex:p "x"@en .')
    assert [row.message for row in report.rows] == ["http://example.org/d has x"]
    assert [str(each) for each in report.graph().objects(None, SH.resultMessage)] == ["http://example.org/d has x"]
    query = f'"{EX}SELECT $this ?message {{ $this ex:p ?v BIND (lang(?v) AS ?message) }}"'
    assert [row.message for row in check(f"{SHAPE} {query} ] .", "").rows] == ["en"]


def test_a_report_has_both_languages_of_a_constraint(check: Callable[[str, str], Report]) -> None:
    report = check(
        f'{SHAPE} "{EX}SELECT $this {{ $this ex:p $this }}" ; sh:message "un"@fr , "one"@en ] .', "ex:a ex:p ex:a ."
    )
    assert {str(each) for each in report.graph().objects(None, SH.resultMessage)} == {"un", "one"}


def test_a_component_of_ones_own_is_run_where_it_targets_and_told(check: Callable[[str, str], Report]) -> None:
    report = check(
        "ex:C a sh:ConstraintComponent ; sh:parameter [ sh:path ex:most ] ; "
        'sh:validator [ a sh:SPARQLAskValidator ; sh:ask "ASK { FILTER (?value <= $most) }" ] . '
        "ex:S a sh:PropertyShape ; sh:targetClass ex:A ; sh:path ex:p ; ex:most 3 . "
        "ex:T a sh:NodeShape ; sh:targetClass ex:A ; sh:property ex:S . "
        "ex:U a sh:NodeShape ; sh:targetClass ex:B ; sh:not [ sh:not [ sh:property ex:S ] ] ; sh:class ex:Z . ",
        "ex:a a ex:A ; ex:p 2 , 5 . ex:b a ex:B ; ex:p 7 .",
    )
    ours = [row for row in report.rows if row.component == "http://example.org/C"]
    assert {row.focus for row in ours} == {"http://example.org/a"}
    assert {(name.rsplit("/")[-1], engine) for name, engine, _ in report.others} == {
        ("S", "pyshacl"),
        ("U", "pyshacl"),
    }


@pytest.mark.parametrize("name", ["shapesGraph", "currentShape"])
def test_what_the_standard_makes_optional_is_refused(shapes: Callable[[str], Graph], name: str) -> None:
    with pytest.raises(CommonsError, match=f"{name}.* optional"):
        compile(shapes(f'{SHAPE} "SELECT $this {{ $this ?p ${name} }}" ] .'))
