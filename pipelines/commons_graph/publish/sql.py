"""Running the SQL of this stage.

What belongs here: scripts kept beside the modules, the terms' macros, `COPY` of lines. What does not: any query itself.
"""

from __future__ import annotations

from functools import reduce
from pathlib import Path

import duckdb

from commons_graph.warehouse import QUIET

HERE = Path(__file__).parent
# What N-Triples 1.2 wants as \u escapes in its canonical form: controls without a short form, and non-characters.
RARE = (*range(0x08), 0x0B, *range(0x0E, 0x20), 0x7F, 0xFFFE, 0xFFFF)
SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def quoted(text: str) -> str:
    """Give a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def script(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Run all statements of one .sql file."""
    connection.execute(path.read_text(encoding="utf-8"))


def read(name: str) -> str:
    """Give the text of one of this stage's .sql files."""
    return (HERE / name).read_text(encoding="utf-8").rstrip().rstrip(";")


def copy(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    """Write the only column of a query to a file, one value a line and nothing else, in the query's order."""
    connection.execute(
        f"COPY ({query}) TO {quoted(str(path))} (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01')"
    )


def open_public(path: Path, memory: str = "1GB") -> duckdb.DuckDBPyConnection:
    """Open a release's public copy, read-only, with the macros that write terms (see `terms.sql`).

    One thread: two take twice as long to write provenance.nt (6 s and 12 s of CPU for 1.8 GB), and the SPARQL store
    is made meanwhile.
    """
    connection = duckdb.connect(str(path), read_only=True, config={"memory_limit": memory, "threads": 1})
    connection.execute(QUIET)
    define_terms(connection)
    return connection


def again(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Open what `open_public` opened once more, for another thread; both share its memory."""
    other = connection.cursor()
    other.execute(QUIET)
    define_terms(other)
    return other


def define_terms(connection: duckdb.DuckDBPyConnection) -> None:
    """Define the temporary macros `nt_iri`, `nt_text`, `nt_object` … on a connection."""
    connection.execute(f"CREATE OR REPLACE TEMP MACRO nt_short(s) AS {_short('s')}")
    connection.execute(f"CREATE OR REPLACE TEMP MACRO nt_rare(s) AS {_rare('s')}")
    script(connection, HERE / "terms.sql")


def _short(expression: str) -> str:
    def step(inner: str, pair: tuple[str, str]) -> str:
        return f"replace({inner}, chr({ord(pair[0])}), {quoted(pair[1])})"

    return reduce(step, SHORT.items(), expression)


def _rare(expression: str) -> str:
    return reduce(lambda inner, code: f"replace({inner}, chr({code}), '\\u{code:04X}')", RARE, expression)
