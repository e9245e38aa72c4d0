"""The SQL of a shape, for people.

What belongs here: finding a shape's checks and writing them out. What does not: making the SQL (checks.py).
"""

from __future__ import annotations

from commons_graph.errors import CommonsError
from commons_graph.validate.checks import Check
from commons_graph.validate.compiling import Compiled
from commons_graph.validate.terms import local_name


def explain(compiled: Compiled, shape: str) -> str:
    """Give the statements of a shape's checks, one after the other, each with a comment.

    `shape` is its IRI, or the last part of it; a shape with targets gives those of its property shapes too.
    Raises CommonsError for a shape that is not there.
    """
    found = [check for check in compiled if any(_named(each.name, shape) for each in check.chain)]
    if not found:
        known = ", ".join(sorted({local_name(check.shape.name) for check in compiled})[:20])
        raise CommonsError(shape, "no such shape, or one without targets", f"one of {known}")
    return "\n\n".join(_explained(check) for check in found)


def _named(name: str, wanted: str) -> bool:
    return wanted in (name, local_name(name), name.rsplit("#", 1)[-1])


def _explained(check: Check) -> str:
    head = f"-- {check.shape.name}\n-- {check.constraint.iri}, {check.severity}"
    if check.engine != "sql":
        return f"{head}\n-- run by {check.engine}: {check.reason}"
    return f"{head}\n{check.sql()};"
