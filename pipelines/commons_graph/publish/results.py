"""Showing the answer to a query.

What belongs here: tables for people, CSV, SPARQL JSON and Turtle for programs. What does not: asking.
Must stay quick to import: rich is loaded for tables only.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from typing import Any

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, serialize
from pyoxigraph import Literal as Text

from commons_graph.errors import CommonsError
from commons_graph.publish.namespaces import XSD, shorten
from commons_graph.publish.store import Answer, Row, Term

FORMATS = ("table", "csv", "json", "ttl")
# What could move a terminal's cursor or turn a line around.
UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def show(answer: Answer, format: str, prefixes: dict[str, str]) -> str:
    """Give an answer as lines of text in one of `FORMATS`. Raises `CommonsError` when the format does not fit it."""
    if format == "csv":
        return as_csv(answer)
    if format == "json":
        return as_json(answer) + "\n"
    if format == "ttl":
        return turtle(answer, prefixes)
    if format == "table":
        return table(answer, prefixes) + "\n"
    raise CommonsError(f"--format {format}", "there is no such format", f"choose one of {', '.join(FORMATS)}")


def harmless(text: str) -> str:
    """Give a text from a source so that it cannot move a terminal's cursor or turn a line around."""
    return UNSHOWN.sub(" ", text)


def as_csv(answer: Answer) -> str:
    """Give SPARQL 1.1 CSV results: plain values, lines ended by CR LF."""
    out = io.StringIO()
    writer = csv.writer(out)
    if answer.kind == "boolean":
        return "true\r\n" if answer.truth else "false\r\n"
    writer.writerow(answer.variables)
    writer.writerows([plain(term) for term in row] for row in answer.rows)
    return out.getvalue()


def as_json(answer: Answer) -> str:
    """Give SPARQL 1.1 JSON results (triples: as rows of s, p, o)."""
    if answer.kind == "boolean":
        return json.dumps({"head": {}, "boolean": answer.truth})
    rows = ({v: _json(t) for v, t in zip(answer.variables, row, strict=True) if t is not None} for row in answer.rows)
    return json.dumps({"head": {"vars": answer.variables}, "results": {"bindings": list(rows)}}, ensure_ascii=False)


def turtle(answer: Answer, prefixes: dict[str, str]) -> str:
    """Give the triples of a CONSTRUCT or DESCRIBE as Turtle. Raises `CommonsError` for other queries."""
    if answer.kind != "triples":
        raise CommonsError("--format ttl", "only CONSTRUCT and DESCRIBE give triples", "choose table, csv or json")
    return (serialize(_triples(answer), format=RdfFormat.TURTLE, prefixes=prefixes) or b"").decode()


def table(answer: Answer, prefixes: dict[str, str], width: int = 0) -> str:
    """Give a table for a terminal, IRIs shortened and control characters shown as spaces."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text as Cell

    if answer.kind == "boolean":
        return "yes" if answer.truth else "no"
    grid = Table(*answer.variables, box=box.SIMPLE_HEAD)
    for row in answer.rows:
        grid.add_row(*(Cell(_readable(term, prefixes)) for term in row))
    out = io.StringIO()
    Console(file=out, width=width or shutil.get_terminal_size((120, 24)).columns).print(grid)
    more = ", and there are more" if answer.cut else ""
    return f"{out.getvalue()}{len(answer.rows):,} {'row' if len(answer.rows) == 1 else 'rows'}{more}"


def exact(answer: Answer) -> bytes:
    """Give an answer so that it can be read again term by term: N-Triples for triples, else SPARQL JSON."""
    if answer.kind == "triples":
        return serialize(_triples(answer), format=RdfFormat.N_TRIPLES) or b""
    return as_json(answer).encode()


def plain(term: Term) -> str:
    """Give a term's bare text: an IRI, a literal's value, `_:` and a blank node's name, nothing for no term."""
    if term is None:
        return ""
    return term.value if isinstance(term, NamedNode | Text) else str(term)


def _triples(answer: Answer) -> list[Triple]:
    return [_triple(row) for row in answer.rows]


def _triple(row: Row) -> Triple:
    subject, predicate, obj = row
    assert isinstance(subject, NamedNode | BlankNode) and isinstance(predicate, NamedNode) and obj is not None
    return Triple(subject, predicate, obj)


def _readable(term: Term, prefixes: dict[str, str]) -> str:
    text = shorten(term.value, prefixes) if isinstance(term, NamedNode) else plain(term)
    return harmless(text)


def _json(term: Term) -> dict[str, Any]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json(part) for name, part in parts.items()}}
    assert isinstance(term, Text)
    found = {"type": "literal", "value": term.value}
    if term.language:
        return found | {"xml:lang": term.language}
    return found if term.datatype.value == f"{XSD}string" else found | {"datatype": term.datatype.value}
