"""The data, the ontology and the shapes' own terms turned into the temporary tables that compiled SQL reads.

What belongs here: running encode.sql and order.sql. What does not: what is then asked of the tables.
A term's number is its 64-bit hash. In a hundred million terms, two have the same one with a probability of 1 in 3,700;
where two such terms come into a report, `decode` sees it and raises CommonsError.
"""

# ruff: noqa: S608  # SQL is put together here from names that the compiler made and terms that `quote` wrote

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from string import Template

import duckdb
import pyarrow as pa

from commons_graph.errors import CommonsError
from commons_graph.validate.components.datatypes import each_comparable
from commons_graph.validate.terms import Term, from_key, quote

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
    properties: Collection[str] | None,
) -> None:
    """Make the temporary tables and views of encode.sql of a view of triples.

    `background` are triples to add to it, `constants` terms that shapes name, `properties` the ones that any check
    looks at: triples with others are left out. None: all are wanted.
    """
    triples = [(s.text, p.text, o.text, o.kind, o.datatype, o.lang) for s, p, o in background]
    load(connection, "sh_background", _TRIPLE, triples)
    load(connection, "sh_constant", _TERM, [(t.text, t.kind, t.datatype, t.lang) for t in constants])
    wanted, named = "true", "sh_triple"
    if properties is not None:
        load(connection, "sh_wanted", ("predicate",), [(each,) for each in sorted(properties)])
        wanted, named = f"predicate IN ({', '.join(map(quote, sorted(properties)))})", "sh_wanted"
    text = Template((_HERE / "encode.sql").read_text("utf-8"))
    connection.execute(text.substitute(data=relation(data), wanted=wanted, properties=named))
    _make_distinct(connection)
    find_instances(connection)


def encode_again(connection: duckdb.DuckDBPyConnection, changed: str) -> None:
    """Encode anew the triples of the subjects in a table (subject), where the view of triples has changed.

    No property may have come in that no triple had before.
    """
    text = Template((_HERE / "encode_again.sql").read_text("utf-8"))
    connection.execute(text.substitute(changed=relation(changed)))
    find_instances(connection)


def prepare_order(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the macros of order.sql, which only checks that compare values need."""
    text = Template((_HERE / "order.sql").read_text("utf-8"))
    connection.execute(text.substitute(well_formed=each_comparable()))


def find_instances(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables sh_subclass and sh_instance of instances.sql of what stands in sh_edge."""
    connection.execute((_HERE / "instances.sql").read_text("utf-8"))


def _make_distinct(connection: duckdb.DuckDBPyConnection) -> None:
    """Take out of sh_edge what is there twice. Most data are distinct, and to see that is cheaper than to make it."""
    twice = connection.execute("SELECT count(*) - count(DISTINCT hash(s, p, o)) FROM sh_edge").fetchall()
    if twice != [(0,)]:
        connection.execute("CREATE OR REPLACE TEMP TABLE sh_edge AS SELECT DISTINCT ON (s, p, o) * FROM sh_edge")


def load(
    connection: duckdb.DuckDBPyConnection, name: str, columns: tuple[str, ...], rows: Sequence[tuple[str | None, ...]]
) -> None:
    """Make a temporary table of texts from rows."""
    table = pa.table({column: pa.array([row[at] for row in rows], pa.string()) for at, column in enumerate(columns)})
    connection.register(f"{name}_arrow", table)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM {name}_arrow")
    connection.unregister(f"{name}_arrow")


def add_removed(connection: duckdb.DuckDBPyConnection, changed: str, before: str | None) -> int:
    """Add the triples that changed entities had in another view, if any; give the number of the first row of them."""
    ours: int = connection.execute("SELECT coalesce(max(rowid) + 1, 0) FROM sh_edge").fetchall()[0][0]
    gone = "sh_background WHERE false"
    if before is not None:
        gone = f"{relation(before)} WHERE subject IN (SELECT subject FROM {relation(changed)})"
    connection.execute(Template((_HERE / "removed.sql").read_text("utf-8")).substitute(before=gone))
    return ours


def decode(connection: duckdb.DuckDBPyConnection) -> None:
    """Add what stands in sh_found, described in sh_check, to sh_result.

    Raises CommonsError when two terms have one hash.
    """
    connection.execute((_HERE / "decode.sql").read_text("utf-8"))
    clash = connection.execute("SELECT min(text) FROM sh_named GROUP BY id HAVING count(*) > 1").fetchall()
    if clash:
        raise CommonsError(clash[0][0], "another term has the same 64-bit hash", "validate with pySHACL, and tell us")


def among(connection: duckdb.DuckDBPyConnection, keys: Collection[str], table: str) -> set[str]:
    """Give those of some terms, as reports write them, that stand in a table (focus) of encoded terms."""
    rows = [(key, term.text, term.kind, term.encoded_datatype, term.lang) for key in keys for term in (from_key(key),)]
    load(connection, "sh_key", ("key", *_TERM), rows)
    ids = f"SELECT focus FROM {table}"
    found = connection.execute(f"SELECT key FROM sh_key WHERE sh_id(text, kind, datatype, lang) IN ({ids})").fetchall()
    return {key for (key,) in found}


def drop(connection: duckdb.DuckDBPyConnection) -> None:
    """Remove the temporary tables again."""
    for view in ("sh_term", "sh_other", "sh_triple"):
        connection.execute(f"DROP VIEW IF EXISTS {view}")
    for table in (
        "sh_edge",
        "sh_property",
        "sh_wanted",
        "sh_named",
        "sh_unnamed",
        "sh_key",
        "sh_background",
        "sh_constant",
        "sh_scope",
        "sh_near",
        "sh_retyped",
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
        f"SELECT DISTINCT sh_iri(subject) AS focus FROM {relation(focus)} "
        "WHERE NOT starts_with(subject, '\"') UNION SELECT t.id FROM sh_term t "
        f"SEMI JOIN (SELECT subject FROM {relation(focus)} WHERE starts_with(subject, '\"')) s "
        "ON s.subject = sh_text(t.text, t.kind, t.datatype, t.lang) WHERE t.kind = 'literal'"
    )
