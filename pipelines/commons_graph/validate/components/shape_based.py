"""sh:node, sh:property, sh:qualifiedValueShape: shapes that values must conform to, all or some of them."""

# ruff: noqa: S608  # SQL is put together here from names that the compiler made and terms that `quote` wrote

from __future__ import annotations

from commons_graph.validate.components.context import NOTHING, Component, Context


def node(context: Context) -> str:
    """Values that do not conform to the shape; sh:property inside a nested shape asks the same."""
    bad = context.failing(context.constraint.shapes[0])
    return f"SELECT v.focus, v.value FROM {context.values} v SEMI JOIN {bad} b ON b.focus = v.value"


def _conforming(context: Context) -> str:
    bad = context.failing(context.constraint.shapes[0])
    others = [context.failing(sibling) for sibling in context.constraint.siblings]
    joins = " ".join(f"SEMI JOIN {name} s{at} ON s{at}.focus = v.value" for at, name in enumerate(others))
    return context.query.add(
        "conforming",
        f"SELECT v.focus, v.value FROM {context.values} v {joins} ANTI JOIN {bad} b ON b.focus = v.value",
    )


def qualified_min_count(context: Context) -> str:
    """Focus nodes with fewer values that conform to the shape (and to no sibling of it, where that is asked)."""
    return (
        f"SELECT f.focus, {NOTHING} AS value FROM {context.focus} f LEFT JOIN {_conforming(context)} v "
        f"ON v.focus = f.focus GROUP BY f.focus HAVING count(v.value) < {context.constraint.number}"
    )


def qualified_max_count(context: Context) -> str:
    """Focus nodes with more such values."""
    return (
        f"SELECT focus, {NOTHING} AS value FROM {_conforming(context)} "
        f"GROUP BY focus HAVING count(*) > {context.constraint.number}"
    )


COMPONENTS: dict[str, Component] = {
    "Node": node,
    "Property": node,
    "QualifiedMinCount": qualified_min_count,
    "QualifiedMaxCount": qualified_max_count,
}
