"""The data, the ontology and the shapes' own terms turned into the temporary tables that compiled SQL reads.

What belongs here: running encode.sql and order.sql. What does not: what is then asked of the tables.
"""

# ruff: noqa: S608  # SQL is put together here from names that the compiler made and terms that `quote` wrote

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from string import Template

import duckdb
import pyarrow as pa

from commons_graph.errors import CommonsError
from commons_graph.validate.terms import Term

Triple = tuple[Term, Term, Term]
_HERE = Path(__file__).parent
_NAME = re.compile(r'(\w+|"[^"]+")(\.(\w+|"[^"]+")){0,2}')
_TERM = ("text", "kind", "datatype", "lang")
RESULT = (
    "CREATE OR REPLACE TEMP TABLE sh_result (shape VARCHAR, component VARCHAR, focus VARCHAR, path VARCHAR, "
    "value VARCHAR, severity VARCHAR, message VARCHAR, root VARCHAR, times BIGINT)"
)
FOUND = (
    "CREATE OR REPLACE TEMP TABLE sh_found (number INTEGER, focus UBIGINT, value UBIGINT, path UBIGINT, root UBIGINT, "
    "times BIGINT)"
)
_TRIPLE = ("subject", "predicate", "object", "object_kind", "datatype", "lang")


def relation(name: str) -> str:
    """Give the name of a table or view back when it is one; raise CommonsError when it is anything else."""
    if not _NAME.fullmatch(name):
        raise CommonsError(name[:60], "not the name of a table or view", "give a name, or schema.name")
    return name


def encode(
    connection: duckdb.DuckDBPyConnection,
    data: str,
    background: Iterable[Triple],
    constants: Iterable[Term],
    order: bool,
) -> None:
    """Make the temporary tables sh_term and sh_edge (and sh_order where wanted) of a view of triples.

    `background` are triples to add to it, `constants` terms that shapes name. Raises CommonsError when two terms
    have one hash, which would make the comparison of numbers wrong.
    """
    triples = [(s.text, p.text, o.text, o.kind, o.datatype, o.lang) for s, p, o in background]
    load(connection, "sh_background", _TRIPLE, triples)
    load(connection, "sh_constant", _TERM, [(t.text, t.kind, t.datatype, t.lang) for t in constants])
    _run(connection, "encode.sql", data)
    if order:
        _run(connection, "order.sql", data)
    clash = connection.execute("SELECT count(*) - count(DISTINCT id) FROM sh_term").fetchall()
    if clash != [(0,)]:
        raise CommonsError(data, "two terms have the same 64-bit hash", "report this; pySHACL can validate meanwhile")


def load(
    connection: duckdb.DuckDBPyConnection, name: str, columns: tuple[str, ...], rows: Sequence[tuple[str | None, ...]]
) -> None:
    """Make a temporary table of texts from rows."""
    table = pa.table({column: pa.array([row[at] for row in rows], pa.string()) for at, column in enumerate(columns)})
    connection.register(f"{name}_arrow", table)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM {name}_arrow")
    connection.unregister(f"{name}_arrow")


def _run(connection: duckdb.DuckDBPyConnection, file: str, data: str) -> None:
    connection.execute(Template((_HERE / file).read_text("utf-8")).substitute(data=relation(data)))


def add_removed(connection: duckdb.DuckDBPyConnection, before: str, changed: str) -> int:
    """Add the triples that changed entities had in another view; give the number of edges without them."""
    ours: int = connection.execute("SELECT count(*) FROM sh_edge").fetchall()[0][0]
    text = Template((_HERE / "removed.sql").read_text("utf-8"))
    connection.execute(text.substitute(before=relation(before), changed=relation(changed)))
    return ours


def decode(connection: duckdb.DuckDBPyConnection) -> None:
    """Add what stands in sh_found, described in sh_check, to sh_result."""
    connection.execute((_HERE / "decode.sql").read_text("utf-8"))


def drop(connection: duckdb.DuckDBPyConnection) -> None:
    """Remove the temporary tables again."""
    for view in ("sh_order", "sh_triple"):
        connection.execute(f"DROP VIEW IF EXISTS {view}")
    for table in (
        "sh_edge",
        "sh_term",
        "sh_comparable",
        "sh_background",
        "sh_constant",
        "sh_scope",
        "sh_near",
        "sh_subclass",
        "sh_instance",
        "sh_found",
        "sh_check",
        "sh_gone",
        "sh_again",
        "sh_result",
    ):
        connection.execute(f"DROP TABLE IF EXISTS {table}")


def scope(connection: duckdb.DuckDBPyConnection, focus: str) -> None:
    """Make the table sh_scope (focus) of the encoded terms that the column `subject` of a table names."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE sh_scope AS "
        f"SELECT DISTINCT hash(subject, sh_kind(subject), '', '') AS focus FROM {relation(focus)} "
        "WHERE NOT starts_with(subject, '\"') UNION SELECT t.id FROM sh_term t "
        f"SEMI JOIN (SELECT subject FROM {relation(focus)} WHERE starts_with(subject, '\"')) s "
        "ON s.subject = sh_text(t.text, t.kind, t.datatype, t.lang) WHERE t.kind = 'literal'"
    )
