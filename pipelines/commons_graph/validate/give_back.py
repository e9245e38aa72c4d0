# ruff: noqa: S608  # SQL is put together here from names of tables that `relation` checked

"""Giving back what quarantine need not hold, so that no statement waits in vain.

What belongs here: trying statements again after all is healed, and taking again those that break a shape. What does
not: healing (quarantine.py). A remedy looks at one violation, and several together may take more than is needed: a
name of two that was not the wrong one, a class that would have been the better one to keep.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Template

import duckdb

from commons_graph.validate.compiling import Compiled
from commons_graph.validate.encode import encode_again
from commons_graph.validate.incremental import look
from commons_graph.validate.narrow import Bounds, bounds, narrowed
from commons_graph.validate.run import run
from commons_graph.validate.terms import quote

_HERE = Path(__file__).parent
_GIVE = Template((_HERE / "give_back.sql").read_text("utf-8"))
_TAKE = Template((_HERE / "take_again.sql").read_text("utf-8"))
TURNS = 12
"""Each plans all checks once or twice; on the wiki most that comes back comes in the first ones."""
TABLES = ("sh_before", "sh_waiting", "sh_turn", "sh_guilty", "sh_changed", "sh_held", "sh_reach", "sh_about")
_COLUMNS = "subject, predicate, object, object_kind, datatype, lang"
_BY_SUBJECT = (
    "SELECT subject, bool_or(predicate = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type') AS is_retyped "
    "FROM sh_held GROUP BY subject"
)


def leave_out(connection: duckdb.DuckDBPyConnection, names: Mapping[str, str]) -> None:
    """Make the view sh_candidate of the triples of which a statement does not wait."""
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW sh_candidate AS SELECT {_COLUMNS} FROM {names['resolved']} "
        f"WHERE statement_id NOT IN (SELECT statement_id FROM {names['quarantine']})"
    )


def remember(connection: duckdb.DuckDBPyConnection, quarantine: str) -> None:
    """Note what waits before healing: that is never given back."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE sh_before AS SELECT statement_id FROM {quarantine}")


def give_back(
    connection: duckdb.DuckDBPyConnection, strict: Compiled, names: Mapping[str, str], turns: int = TURNS
) -> int:
    """Take statements out of quarantine again as long as nothing breaks a shape; give how many.

    One triple of each entity is tried in a turn. After it, each statement that still waits was tried, or its entity
    waits as a whole (no class of it can be published), or `turns` were not enough, which is safe.
    """
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE sh_waiting AS SELECT *, false AS is_tried "
        f"FROM {names['quarantine']} ANTI JOIN sh_before USING (statement_id)"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE sh_held AS FROM {names['resolved']} SEMI JOIN sh_waiting USING (statement_id)"
    )
    _give_all(connection, strict, names["quarantine"])
    limits = bounds(strict)
    with narrowed(connection, limits):
        _take_all(connection, names["quarantine"])
        near = {**names, "resolved": _about(connection, limits, names["resolved"])} if limits else names
        leave_out(connection, near)
        return _turns(connection, strict, near, turns)


def _about(connection: duckdb.DuckDBPyConnection, limits: Bounds, resolved: str) -> str:
    """Make a table of the statements that turns look at, since each turn reads all that there are; give its name."""
    whole = ", ".join(map(quote, sorted(limits.whole)))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE sh_about AS FROM {resolved} WHERE predicate IN ({whole}) "
        "OR sh_iri(subject) IN (SELECT focus FROM sh_near) "
        "OR subject IN (SELECT subject FROM sh_held UNION SELECT object FROM sh_held)"
    )
    return "sh_about"


def _give_all(connection: duckdb.DuckDBPyConnection, strict: Compiled, quarantine: str) -> None:
    """Give all back, to see once for all turns whom it can affect: sh_reach, sh_scope. A turn gives some of it."""
    connection.execute(f"DELETE FROM {quarantine} WHERE statement_id IN (SELECT statement_id FROM sh_waiting)")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE sh_changed AS {_BY_SUBJECT}")
    connection.execute("CREATE OR REPLACE TEMP VIEW sh_changed_class AS FROM sh_changed WHERE is_retyped")
    encode_again(connection, "sh_changed")
    look(connection, strict, "sh_changed", retyped="sh_changed_class", queried=False)
    connection.execute("CREATE OR REPLACE TEMP TABLE sh_reach AS FROM sh_again")
    connection.execute("CREATE OR REPLACE TEMP TABLE sh_scope AS SELECT DISTINCT focus FROM sh_reach")


def _take_all(connection: duckdb.DuckDBPyConnection, quarantine: str) -> None:
    connection.execute(
        f"INSERT INTO {quarantine} (statement_id, shape, message) SELECT statement_id, shape, message FROM sh_waiting"
    )
    encode_again(connection, "sh_changed")


def _turns(connection: duckdb.DuckDBPyConnection, strict: Compiled, names: Mapping[str, str], turns: int) -> int:
    given, alone = 0, False
    for _ in range(turns):
        connection.execute(_GIVE.substitute(names, alone=str(alone).lower()))
        if not _count(connection, "sh_turn"):
            break
        tried = _count(connection, "sh_waiting WHERE is_tried")
        _settle(connection, strict, names["quarantine"], alone)
        stays = _count(connection, "sh_turn")
        connection.execute("DELETE FROM sh_waiting WHERE statement_id IN (SELECT statement_id FROM sh_turn)")
        given += stays
        alone = not stays and _count(connection, "sh_waiting WHERE is_tried") == tried
    return given


def _settle(connection: duckdb.DuckDBPyConnection, strict: Compiled, quarantine: str, alone: bool) -> None:
    """Take again what was given back and breaks a shape, until the rest breaks none."""
    encode_again(connection, "sh_changed")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE sh_scope AS SELECT DISTINCT r.focus FROM sh_reach r "
        "JOIN sh_changed c ON r.origin = sh_iri(c.subject)"
    )
    while _count(connection, "sh_turn"):
        run(connection, strict, scoped=True, queried=False)
        if not _count(connection, "sh_result"):
            return
        connection.execute(_TAKE.substitute(quarantine=quarantine, alone=str(alone).lower()))
        encode_again(connection, "sh_changed")


def _count(connection: duckdb.DuckDBPyConnection, rows: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {rows}").fetchall()[0][0])
