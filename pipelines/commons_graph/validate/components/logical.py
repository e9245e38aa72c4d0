"""sh:not, sh:and, sh:or, sh:xone: shapes that values must or must not conform to, together."""

# ruff: noqa: S608  # SQL is put together here from names that the compiler made and terms that `quote` wrote

from __future__ import annotations

from commons_graph.validate.components.context import Component, Context


def not_(context: Context) -> str:
    """Values that conform to the shape."""
    bad = context.failing(context.constraint.shapes[0])
    return f"SELECT v.focus, v.value FROM {context.values} v ANTI JOIN {bad} b ON b.focus = v.value"


def and_(context: Context) -> str:
    """Values that do not conform to one of the shapes."""
    parts = [f"SELECT focus FROM {context.failing(shape)}" for shape in context.constraint.shapes]
    if not parts:
        return f"SELECT focus, value FROM {context.values} WHERE false"
    bad = context.query.add("bad", " UNION ".join(parts))
    return f"SELECT v.focus, v.value FROM {context.values} v SEMI JOIN {bad} b ON b.focus = v.value"


def or_(context: Context) -> str:
    """Values that conform to none of the shapes."""
    bad = [context.failing(shape) for shape in context.constraint.shapes]
    joins = " ".join(f"SEMI JOIN {name} b{at} ON b{at}.focus = v.value" for at, name in enumerate(bad))
    return f"SELECT v.focus, v.value FROM {context.values} v {joins}"


def xone(context: Context) -> str:
    """Values that conform to no shape or to several."""
    bad = [context.failing(shape) for shape in context.constraint.shapes]
    good = " + ".join(f"(v.value NOT IN (SELECT focus FROM {name}))::INTEGER" for name in bad) or "0"
    return f"SELECT v.focus, v.value FROM {context.values} v WHERE {good} <> 1"


COMPONENTS: dict[str, Component] = {"Not": not_, "And": and_, "Or": or_, "Xone": xone}
