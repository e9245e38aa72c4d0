"""sh:minCount, sh:maxCount: how many values there are."""

# ruff: noqa: S608  # SQL is put together here from names that the compiler made and terms that `quote` wrote

from __future__ import annotations

from commons_graph.validate.components.context import NOTHING, Component, Context


def min_count(context: Context) -> str:
    """Focus nodes with fewer values."""
    least = context.constraint.number
    if least <= 1:
        missing = f"FROM {context.focus} f ANTI JOIN {context.values} v ON v.focus = f.focus"
        return f"SELECT f.focus, {NOTHING} AS value {missing} WHERE {least == 1}"
    return (
        f"SELECT f.focus, {NOTHING} AS value FROM {context.focus} f LEFT JOIN {context.values} v ON v.focus = f.focus "
        f"GROUP BY f.focus HAVING count(v.value) < {least}"
    )


def max_count(context: Context) -> str:
    """Focus nodes with more values."""
    most = context.constraint.number
    return f"SELECT focus, {NOTHING} AS value FROM {context.values} GROUP BY focus HAVING count(*) > {most}"


COMPONENTS: dict[str, Component] = {"MinCount": min_count, "MaxCount": max_count}
