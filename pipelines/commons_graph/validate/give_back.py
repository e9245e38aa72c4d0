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
from commons_graph.validate.knots import tie
from commons_graph.validate.narrow import Bounds, bounds, narrowed
from commons_graph.validate.run import run
from commons_graph.validate.terms import RDF, quote

_HERE = Path(__file__).parent
_WAITING = Template((_HERE / "waiting.sql").read_text("utf-8"))
_GIVE = Template((_HERE / "give_back.sql").read_text("utf-8"))
_TAKE = Template((_HERE / "take_again.sql").read_text("utf-8"))
_DONE = (_HERE / "turn_done.sql").read_text("utf-8")
TURNS = 8
"""Each plans all checks once or twice; on the wiki most that comes back comes in the first ones of its knot."""
TABLES = (
    "sh_before",
    "sh_waiting",
    "sh_held",
    "sh_given",
    "sh_reach",
    "sh_about",
    "sh_turn",
    "sh_asked",
    "sh_alone",
    "sh_changed",
    "sh_broken",
    "sh_guilty",
)
_TYPED = (
    "INSERT INTO sh_link (one, other) SELECT DISTINCT sh_iri(subject), sh_iri(object) FROM sh_held "
    f"WHERE predicate <> '{RDF}type' AND object_kind <> 'literal' AND object IN (SELECT subject FROM sh_held)"
)
"""A statement is not given back before the class of its object."""
_PLACED = (
    "UPDATE sh_waiting SET knot = h.knot FROM "
    "(SELECT statement_id, min(knot) AS knot FROM sh_held JOIN sh_knot ON node = sh_iri(subject) GROUP BY ALL) h "
    "WHERE sh_waiting.statement_id = h.statement_id"
)
_COLUMNS = "subject, predicate, object, object_kind, datatype, lang"


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
    _give_all(connection, strict, names)
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


def _give_all(connection: duckdb.DuckDBPyConnection, strict: Compiled, names: Mapping[str, str]) -> None:
    """Give all back, to see once for all turns whom it can affect: sh_reach, sh_scope. A turn gives some of it."""
    connection.execute(_WAITING.substitute(names))
    encode_again(connection, "sh_given")
    look(connection, strict, "sh_changed", retyped="sh_changed_class", queried=False)
    connection.execute("CREATE OR REPLACE TEMP TABLE sh_reach AS FROM sh_again")
    connection.execute("CREATE OR REPLACE TEMP TABLE sh_scope AS SELECT DISTINCT focus FROM sh_reach")
    connection.execute(_TYPED)
    tie(connection, strict)
    connection.execute(_PLACED)


def _take_all(connection: duckdb.DuckDBPyConnection, quarantine: str) -> None:
    rows = "SELECT statement_id, shape, message FROM"
    connection.execute(
        f"INSERT INTO {quarantine} (statement_id, shape, message) {rows} sh_waiting UNION ALL {rows} sh_kept"
    )
    encode_again(connection, "sh_given")


def _turns(connection: duckdb.DuckDBPyConnection, strict: Compiled, names: Mapping[str, str], turns: int) -> int:
    given = 0
    connection.execute("CREATE OR REPLACE TEMP TABLE sh_alone (knot UBIGINT)")
    for _ in range(turns):
        connection.execute(_GIVE.substitute(names))
        if not _count(connection, "sh_turn"):
            break
        _settle(connection, strict, names["quarantine"])
        given += _count(connection, "sh_turn")
        connection.execute(_DONE)
    return given


def _settle(connection: duckdb.DuckDBPyConnection, strict: Compiled, quarantine: str) -> None:
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
        connection.execute(_TAKE.substitute(quarantine=quarantine))
        encode_again(connection, "sh_changed")


def _count(connection: duckdb.DuckDBPyConnection, rows: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {rows}").fetchall()[0][0])
