# ruff: noqa: S608  # SQL is put together here from names of tables that `relation` checked

"""Healing: the statements to keep out so that nothing published breaks a sh:Violation shape.

What belongs here: the order of its parts. What does not: rounds of looking and taking (rounds.py), giving back what
need not wait (give_back.py), keeping what the last healing did (heal_again.py), nor publishing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import duckdb

from commons_graph.validate import give_back, heal_again, knots, rounds
from commons_graph.validate.compiling import Compiled
from commons_graph.validate.encode import relation
from commons_graph.validate.rounds import Healing
from commons_graph.validate.run import encoded
from commons_graph.validate.terms import SH

_TABLES = (*rounds.TABLES, *give_back.TABLES, *heal_again.TABLES, *knots.TABLES)


def heal(
    connection: duckdb.DuckDBPyConnection,
    compiled: Compiled,
    resolved: str = "resolved",
    confidence: str = "statement",
    quarantine: str = "quarantine",
    most: int = 8,
    mark: str = "",
    last: str = "",
) -> Healing:
    """Add rows to the table `quarantine` (statement_id, shape, message) until what is left breaks no Violation shape.

    `resolved` has the columns of a triple table and `statement_id`, `confidence` (statement_id, confidence) says how
    sure each statement is. What waits in `quarantine` already stays there. A wrong value costs its statements, too many
    values all but the best, classes that exclude each other all but the best one's, anything else the whole entity:
    its statements and those that point to it; after `most` rounds the whole entity in any case.
    With a `mark` of what decides besides (code, files), tables are noted in which the next healing finds what this one
    did: `last` names the database, attached, with these and the three tables of the last one. What it need not do
    again it does not.
    """
    strict = replace(compiled, checks=tuple(each for each in compiled if each.shape.severity == f"{SH}Violation"))
    names = {"resolved": relation(resolved), "confidence": relation(confidence), "quarantine": relation(quarantine)}
    if last and heal_again.can_go_on(connection, names, last, mark):
        healing = _heal(connection, strict, names, most, mark, last)
        if healing is not None:
            return healing
        connection.execute(f"DELETE FROM {names['quarantine']}")
    healing = _heal(connection, strict, names, most, mark)
    assert healing is not None, "there was nothing to keep"
    return healing


def _heal(
    connection: duckdb.DuckDBPyConnection,
    strict: Compiled,
    names: Mapping[str, str],
    most: int,
    mark: str,
    last: str = "",
) -> Healing | None:
    """Heal, from the last healing on where there is one; None where what that did could not be kept."""
    give_back.leave_out(connection, names)
    try:
        with encoded(connection, strict, "sh_candidate"):
            knots.begin(connection, strict)
            kept = heal_again.keep(connection, strict, names, last) if last else 0
            give_back.remember(connection, names["quarantine"])
            healing = rounds.heal_in_rounds(connection, strict, names, most, scoped=bool(last))
            given = give_back.give_back(connection, strict, names) if healing.statements else 0
            if last and healing.statements and heal_again.is_mixed(connection, healing):
                return None
            if mark and healing.is_local and not healing.remaining:
                heal_again.note(connection, strict, mark)
            return replace(healing, statements=kept + healing.statements - given)
    finally:
        connection.execute("DROP VIEW IF EXISTS sh_candidate")
        connection.execute("DROP VIEW IF EXISTS sh_changed_class")
        for table in _TABLES:
            connection.execute(f"DROP TABLE IF EXISTS {table}")
