"""The rounds of healing: look, take the statements that the remedies name, look again near them.

What belongs here: that, until nothing more is found. What does not: how one round chooses (remedies.py,
quarantine.sql), and what comes before and after (quarantine.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

import duckdb

from commons_graph.validate.compiling import Compiled
from commons_graph.validate.encode import encode_again
from commons_graph.validate.incremental import look
from commons_graph.validate.narrow import bounds, narrowed
from commons_graph.validate.remedies import prepare
from commons_graph.validate.run import run

_SQL = Template((Path(__file__).parent / "quarantine.sql").read_text("utf-8"))
TABLES = (
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

    `remaining` (focus, shape, message) are about nodes of the ontology: a steward must look at those. `is_local` tells
    that each look saw all again that had broken a shape. Else a look at everything follows at the end, and when
    something is seen hangs on all the rest.
    """

    rounds: int
    statements: int
    remaining: tuple[tuple[str, str, str], ...]
    is_local: bool = True


def heal_in_rounds(
    connection: duckdb.DuckDBPyConnection, strict: Compiled, names: Mapping[str, str], most: int, scoped: bool
) -> Healing:
    """Take statements until nothing breaks a shape; with `scoped`, looking first at the nodes in sh_scope only."""
    done, total = 0, 0
    seen = True
    limits = bounds(strict)
    while True:
        with narrowed(connection, limits if scoped else None):
            run(connection, strict, scoped, queried=False)
        picked, stuck = _round(connection, strict, names, done >= most)
        if not picked and (not scoped or seen):
            return Healing(done, total, tuple(sorted(stuck)), seen)
        done, total = done + 1, total + picked
        seen = seen and _sees_again(connection)
        scoped = bool(picked)


def _sees_again(connection: duckdb.DuckDBPyConnection) -> bool:
    """Tell whether the next look sees all again that broke a shape; else a look at everything is due at the end."""
    return not _number(
        connection, "SELECT count(*) FROM sh_result r WHERE sh_iri(r.root) NOT IN (SELECT focus FROM sh_again)"
    )


def _round(
    connection: duckdb.DuckDBPyConnection, strict: Compiled, names: Mapping[str, str], last: bool
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
