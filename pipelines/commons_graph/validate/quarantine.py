"""Healing: the statements to keep out so that nothing published breaks a sh:Violation shape.

What belongs here: rounds of validation and quarantine until none is left. What does not: how one round chooses
(remedies.py, quarantine.sql), nor publishing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from string import Template

import duckdb

from commons_graph.validate import knots
from commons_graph.validate.compiling import Compiled
from commons_graph.validate.encode import encode_again, relation
from commons_graph.validate.give_back import TABLES, give_back, leave_out, remember
from commons_graph.validate.incremental import look
from commons_graph.validate.narrow import bounds, narrowed
from commons_graph.validate.remedies import prepare
from commons_graph.validate.run import encoded, run
from commons_graph.validate.terms import SH

_SQL = Template((Path(__file__).parent / "quarantine.sql").read_text("utf-8"))
_TABLES = (
    "sh_open",
    "sh_known",
    "sh_pick",
    "sh_changed",
    "sh_remedy",
    "sh_mention",
    "sh_class",
    "sh_class_named",
)


@dataclass(frozen=True, slots=True)
class Healing:
    """What healing did: its rounds, the statements that now wait, and violations that no statement causes.

    `remaining` (focus, shape, message) are about nodes of the ontology: a steward must look at those.
    """

    rounds: int
    statements: int
    remaining: tuple[tuple[str, str, str], ...]


def heal(
    connection: duckdb.DuckDBPyConnection,
    compiled: Compiled,
    resolved: str = "resolved",
    confidence: str = "statement",
    quarantine: str = "quarantine",
    rounds: int = 8,
) -> Healing:
    """Add rows to the table `quarantine` (statement_id, shape, message) until what is left breaks no Violation shape.

    `resolved` has the columns of a triple table and `statement_id`, `confidence` (statement_id, confidence) says how
    sure each statement is. What waits in `quarantine` already stays there. A wrong value costs its statements, too many
    values all but the best, classes that exclude each other all but the best one's, anything else the whole entity:
    its statements and those that point to it; after `rounds` rounds the whole entity in any case.
    """
    strict = replace(compiled, checks=tuple(each for each in compiled if each.shape.severity == f"{SH}Violation"))
    names = {"resolved": relation(resolved), "confidence": relation(confidence), "quarantine": relation(quarantine)}
    leave_out(connection, names)
    try:
        with encoded(connection, strict, "sh_candidate"):
            remember(connection, names["quarantine"])
            knots.begin(connection, strict)
            healing = _rounds(connection, strict, names, rounds)
            given = give_back(connection, strict, names) if healing.statements else 0
        return replace(healing, statements=healing.statements - given)
    finally:
        connection.execute("DROP VIEW IF EXISTS sh_candidate")
        connection.execute("DROP VIEW IF EXISTS sh_changed_class")
        for table in (*_TABLES, *TABLES, *knots.TABLES):
            connection.execute(f"DROP TABLE IF EXISTS {table}")


def _rounds(connection: duckdb.DuckDBPyConnection, strict: Compiled, names: dict[str, str], most: int) -> Healing:
    done, total = 0, 0
    scoped, seen = False, True
    limits = bounds(strict)
    while True:
        with narrowed(connection, limits if scoped else None):
            run(connection, strict, scoped, queried=False)
        picked, stuck = _round(connection, strict, names, done >= most)
        if not picked and (not scoped or seen):
            return Healing(done, total, tuple(sorted(stuck)))
        done, total = done + 1, total + picked
        seen = seen and _sees_again(connection)
        scoped = bool(picked)


def _sees_again(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether the next look sees all again that broke a shape; else a look at everything is due at the end."""
    return not _number(
        connection, "SELECT count(*) FROM sh_result r WHERE sh_iri(r.root) NOT IN (SELECT focus FROM sh_again)"
    )


def _round(
    connection: duckdb.DuckDBPyConnection, strict: Compiled, names: dict[str, str], last: bool
) -> tuple[int, set[tuple[str, str, str]]]:
    """Quarantine once for what was found; give how many statements, and the violations that no statement causes.

    What the change can affect then stands in the table sh_scope.
    """
    if not _number(connection, "SELECT count(*) FROM sh_result"):
        return 0, set()
    prepare(connection, strict.checks, last)
    connection.execute(_SQL.substitute(names))
    stuck = connection.execute(
        "SELECT DISTINCT focus, shape, message FROM sh_open o WHERE NOT EXISTS "
        "(SELECT 1 FROM sh_pick p WHERE p.focus = o.focus AND p.shape = o.shape AND p.component = o.component)"
    ).fetchall()
    picked = _number(connection, "SELECT count(DISTINCT statement_id) FROM sh_pick")
    look(connection, strict, "sh_changed", retyped="sh_changed_class", queried=False)
    connection.execute("CREATE OR REPLACE TEMP TABLE sh_scope AS SELECT DISTINCT focus FROM sh_again")
    encode_again(connection, "sh_changed")
    return picked, set(stuck)


def _number(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    return int(connection.execute(sql).fetchall()[0][0])
