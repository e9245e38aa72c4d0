"""Answers, as people and programs see them."""

from __future__ import annotations

import csv
import io

import pytest
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    parse,
    parse_query_results,
)

from commons_graph.errors import CommonsError
from commons_graph.publish.results import exact, show
from commons_graph.publish.store import Answer

PREFIXES = {"x": "http://a.example/", "xx": "http://a.example/more/"}
ONE, TWO = NamedNode("http://a.example/one"), NamedNode("http://a.example/more/two")
ROWS = Answer(
    "rows",
    ("a", "b"),
    (
        (ONE, Literal('"quoted", and\nmore', language="fr")),
        (TWO, None),
        (BlankNode("n1"), Literal("3", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer"))),
    ),
)
TRIPLES = Answer("triples", ("s", "p", "o"), ((ONE, TWO, Literal("<b>\x01\n")),))


def test_table_shortens_iris_and_hides_control_signs() -> None:
    hostile = Answer("rows", ("a",), ((Literal("red \x1b[31m[bold]b[/bold]\u202e"),), (TWO,)), cut=True)
    text = show(hostile, "table", PREFIXES)
    assert "\x1b" not in text and "\u202e" not in text
    assert "[bold]b[/bold]" in text and "xx:two" in text
    assert text.endswith("2 rows, and there are more\n")


def test_csv() -> None:
    found = list(csv.reader(io.StringIO(show(ROWS, "csv", PREFIXES), newline="")))
    first = ["http://a.example/one", '"quoted", and\nmore']
    assert found == [["a", "b"], first, ["http://a.example/more/two", ""], ["_:n1", "3"]]


def test_json_is_read_back() -> None:
    found = parse_query_results(show(ROWS, "json", PREFIXES), QueryResultsFormat.JSON)
    assert isinstance(found, QuerySolutions)
    assert [tuple(row) for row in found] == list(ROWS.rows)


def test_turtle_is_read_back() -> None:
    text = show(TRIPLES, "ttl", PREFIXES)
    assert "x:one" in text
    assert [(q.subject, q.predicate, q.object) for q in parse(text, RdfFormat.TURTLE)] == list(TRIPLES.rows)
    assert [q.object for q in parse(exact(TRIPLES), RdfFormat.N_TRIPLES)] == [TRIPLES.rows[0][2]]


@pytest.mark.parametrize(
    ("format", "text"), [("table", "yes\n"), ("csv", "true\r\n"), ("json", '{"head": {}, "boolean": true}\n')]
)
def test_truth(format: str, text: str) -> None:
    assert show(Answer("boolean", truth=True), format, PREFIXES) == text


@pytest.mark.parametrize(("answer", "format"), [(ROWS, "ttl"), (ROWS, "xml")])
def test_a_format_that_does_not_fit(answer: Answer, format: str) -> None:
    with pytest.raises(CommonsError, match="--format"):
        show(answer, format, PREFIXES)
