"""sh:minInclusive and its kin, sh:lessThan, sh:lessThanOrEquals: values that must come before or after others.

What cannot be compared (a number with a date, a time with a zone and one without) breaks the constraint.
"""

# ruff: noqa: S608  # SQL is put together here from names that the compiler made and terms that `quote` wrote

from __future__ import annotations

from functools import partial

from commons_graph.validate.components.context import Component, Context


def _holds(sign: str) -> str:
    return f"""a.family = b.family AND CASE
      WHEN a.family = 'string' THEN a.text {sign} b.text
      WHEN a.instant IS NOT NULL THEN a.instant {sign} b.instant
      WHEN a.exact IS NOT NULL AND b.exact IS NOT NULL THEN a.exact {sign} b.exact
      ELSE coalesce(a.approximate, a.exact) {sign} coalesce(b.approximate, b.exact) END"""


def bound(context: Context, sign: str) -> str:
    """Values that are not on the right side of the bound."""
    return (
        f"SELECT v.focus, v.value FROM {context.values} v LEFT JOIN sh_order a ON a.id = v.value "
        f"LEFT JOIN sh_order b ON b.id = {context.constraint.terms[0].sql} WHERE NOT coalesce({_holds(sign)}, false)"
    )


def before(context: Context, sign: str) -> str:
    """Values that do not come before every value of the other property, once for each that they do not precede."""
    others = context.objects(context.constraint.terms[0])
    return (
        f"SELECT v.focus, v.value FROM {context.values} v JOIN {others} o ON o.focus = v.focus "
        f"LEFT JOIN sh_order a ON a.id = v.value LEFT JOIN sh_order b ON b.id = o.value "
        f"WHERE NOT coalesce({_holds(sign)}, false)"
    )


COMPONENTS: dict[str, Component] = {
    "MinExclusive": partial(bound, sign=">"),
    "MinInclusive": partial(bound, sign=">="),
    "MaxExclusive": partial(bound, sign="<"),
    "MaxInclusive": partial(bound, sign="<="),
    "LessThan": partial(before, sign="<"),
    "LessThanOrEquals": partial(before, sign="<="),
}
