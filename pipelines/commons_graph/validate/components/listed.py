"""sh:closed, sh:hasValue, sh:in: properties and values that are listed."""

# ruff: noqa: S608  # SQL is put together here from names that the compiler made and terms that `quote` wrote

from __future__ import annotations

from commons_graph.validate.components.condition import Condition, Row
from commons_graph.validate.components.context import NOTHING, Component, Context
from commons_graph.validate.shapes import Constraint


def closed(context: Context) -> str:
    """Triples of the values with a property that is not listed; the property is the path of the result."""
    listed = ", ".join(term.sql for term in context.constraint.terms)
    other = f"e.p NOT IN ({listed})" if listed else "true"
    return (
        f"SELECT v.focus, e.o AS value, e.p AS path FROM {context.values} v "
        f"JOIN sh_edge e ON e.s = v.value WHERE {other}"
    )


def has_value(context: Context) -> str:
    """Focus nodes without the value."""
    wanted = context.constraint.terms[0].sql
    return (
        f"SELECT f.focus, {NOTHING} AS value FROM {context.focus} f "
        f"ANTI JOIN (SELECT focus FROM {context.values} WHERE value = {wanted}) v ON v.focus = f.focus"
    )


def in_(constraint: Constraint) -> Condition:
    """Not in the list."""
    listed = ", ".join(term.sql for term in constraint.terms)
    return Condition(f"t.value NOT IN ({listed})" if listed else "true")


COMPONENTS: dict[str, Component] = {"Closed": closed, "HasValue": has_value}
ROWS: dict[str, Row] = {"In": in_}
