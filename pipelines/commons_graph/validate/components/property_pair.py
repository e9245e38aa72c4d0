"""sh:equals, sh:disjoint: the values of a path beside those of another property (the order of values: ordering.py)."""

# ruff: noqa: S608  # SQL is put together here from names that the compiler made and terms that `quote` wrote

from __future__ import annotations

from commons_graph.validate.components.context import Component, Context

_SAME = "b.focus = a.focus AND b.value = a.value"


def equals(context: Context) -> str:
    """Values that the other property has not, and those that only it has."""
    others = context.objects(context.constraint.terms[0])
    return (
        f"SELECT a.focus, a.value FROM {context.values} a ANTI JOIN {others} b ON {_SAME} UNION ALL "
        f"SELECT a.focus, a.value FROM {others} a ANTI JOIN {context.values} b ON {_SAME}"
    )


def disjoint(context: Context) -> str:
    """Values that the other property has too."""
    others = context.objects(context.constraint.terms[0])
    return f"SELECT a.focus, a.value FROM {context.values} a SEMI JOIN {others} b ON {_SAME}"


COMPONENTS: dict[str, Component] = {"Equals": equals, "Disjoint": disjoint}
