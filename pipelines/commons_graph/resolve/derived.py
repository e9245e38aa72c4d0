"""Statements that resolution itself makes: the names of redirect pages, and the classes that stewards gave.

What belongs here: adding them to `statement`, with their evidence, so that every published triple has one. What does
not: what follows from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from commons_graph.model import content_id, statement_id
from commons_graph.resolve import contradictions
from commons_graph.resolve.decision import Decision
from commons_graph.warehouse import Connection

HERE = Path(__file__).parent
VERSION = "1"
SOURCE = "decisions"
ADDRESS = "https://w3id.org/commons-graph/source/decisions"


def add_redirect_names(connection: Connection) -> None:
    """State the title of each redirect page as a name of the page that it leads to, hidden where it is misspelt."""
    found = connection.execute((HERE / "redirect_names.sql").read_text(encoding="utf-8")).fetchall()
    rows = [
        (
            statement_id(key, name_property, title, document), key, name_property, title, "", "", language, document,
            0, len(title), title, "redirect", VERSION, 0.9, source, first_seen, last_seen,
        )
        for key, name_property, title, language, document, source, first_seen, last_seen in found
    ]  # fmt: skip
    _insert(connection, rows)


def add_decided_classes(connection: Connection, decisions: Sequence[Decision], classes: dict[str, str]) -> None:
    """State the class of each `type` decision, with the decisions' file as its document.

    Raises `CommonsError` where another decision rejects that very statement.
    """
    decided = [decision for decision in decisions if decision.what == "type"]
    files = sorted({decision.place.rpartition(":")[0] for decision in decided})
    if not files:
        return
    source = [SOURCE, "Decisions of the stewards", ADDRESS, "decisions", "en", "", "", 1.0]
    connection.execute("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?)", source)
    for file in files:
        values = [content_id(SOURCE, file), SOURCE, ADDRESS, file, "en", "decision", "", "", "", None, None]
        connection.execute("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    rows = [_class_row(decision, classes[decision.cls]) for decision in decided]
    rejected = {decision.keys[0]: decision for decision in decisions if decision.what == "reject"}
    for row, decision in zip(rows, decided, strict=True):
        if row[0] in rejected:
            raise contradictions.between(rejected[row[0]], decision, "to undo a `type`, remove it, and the `reject`")
    _insert(connection, rows)


def _class_row(decision: Decision, curie: str) -> tuple[Any, ...]:
    file, _, line = decision.place.rpartition(":")
    key, document = decision.keys[0], content_id(SOURCE, file)
    quote = decision.why or f"{decision.cls} (line {line})"
    return (
        statement_id(key, "rdf:type", curie, document), key, "rdf:type", "", curie, "", "", document,
        0, len(quote), quote, "steward", VERSION, 1.0, SOURCE, None, None,
    )  # fmt: skip


def _insert(connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
    import pyarrow as pa

    if not rows:
        return
    held = "SELECT column_name FROM duckdb_columns() WHERE table_name = 'statement' ORDER BY column_index"
    names = [name for (name,) in connection.execute(held).fetchall()]
    table = pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))
    connection.register("rows_to_add", table)
    connection.execute(
        "INSERT INTO statement FROM rows_to_add ANTI JOIN statement USING (statement_id) ORDER BY statement_id"
    )
    connection.unregister("rows_to_add")
