# ruff: noqa: S608  # SQL is put together here from names of tables that `relation` checked

"""Healing that goes on from the last one: of a knot that no change touches, waits what waited.

What belongs here: which knots that are, whether keeping them was right, and noting what the next healing has to know.
What does not: healing (quarantine.py), and what a knot is (knots.py). The outcome is the one of healing all anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Template

import duckdb

from commons_graph.validate.compiling import Compiled
from commons_graph.validate.encode import encode_again, relation
from commons_graph.validate.incremental import look
from commons_graph.validate.knots import separable, tie
from commons_graph.validate.rounds import Healing
from commons_graph.validate.terms import quote

_HERE = Path(__file__).parent
_CHANGES = Template((_HERE / "changes.sql").read_text("utf-8"))
_KEEP = Template((_HERE / "keep.sql").read_text("utf-8"))
_MIXED = (_HERE / "mixed.sql").read_text("utf-8")
_NOTE = Template((_HERE / "note.sql").read_text("utf-8"))
TABLES = ("sh_differs", "sh_stale", "sh_settled_node")
NOTED = ("healed", "healed_link", "healed_by")
"""The tables that stay: the statements taken at any time, what they tied together, and by what."""


def can_go_on(connection: duckdb.DuckDBPyConnection, names: Mapping[str, str], last: str, mark: str) -> bool:
    """Tell whether a database has notes of a healing by the same shapes and code, and nothing waits here yet."""
    tables = f"SELECT count(*) FROM duckdb_tables() WHERE database_name = '{relation(last)}' AND table_name IN {NOTED}"
    return (
        connection.execute(tables).fetchall() == [(len(NOTED),)]
        and connection.execute(f"SELECT mark FROM {last}.healed_by").fetchall() == [(_whole(mark),)]
        and not connection.execute(f"SELECT 1 FROM {names['quarantine']} LIMIT 1").fetchall()
    )


def keep(connection: duckdb.DuckDBPyConnection, strict: Compiled, names: Mapping[str, str], last: str) -> int:
    """Put into quarantine what waited in knots that no change touches; give how much. Nodes of others are in sh_scope.

    Looked at is what can be affected in the graph as it was or is: what is tied in neither cannot be in between.
    """
    connection.execute(_CHANGES.substitute(names, last=last))
    look(connection, strict, "sh_changed", f"{last}.{names['resolved']}", retyped="sh_changed_class", queried=False)
    connection.execute("CREATE OR REPLACE TEMP TABLE sh_reach AS FROM sh_again")
    tie(connection, strict)
    connection.execute(_KEEP.substitute(names, last=last))
    encode_again(connection, "sh_kept")
    return int(connection.execute("SELECT count(*) FROM sh_kept").fetchall()[0][0])


def is_mixed(connection: duckdb.DuckDBPyConnection, healing: Healing) -> bool:
    """Tell whether healing came near what was kept, or may have, so that both would have to be healed together."""
    return not healing.is_local or any(count for (count,) in connection.execute(_MIXED).fetchall())


def note(connection: duckdb.DuckDBPyConnection, strict: Compiled, mark: str) -> None:
    """Note what the next healing needs in the tables `NOTED`, where what can be affected is known."""
    if separable(strict):
        connection.execute(_NOTE.substitute(mark=quote(_whole(mark))))


def _whole(mark: str) -> str:
    """Give the mark with DuckDB's version: the numbers of terms are its hashes."""
    return f"{mark} {duckdb.__version__}"
