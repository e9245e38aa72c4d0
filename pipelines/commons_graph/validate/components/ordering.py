"""sh:minInclusive and its kin, sh:lessThan, sh:lessThanOrEquals: values that must come before or after others.

What cannot be compared (a number with a date, what is ill-formed) breaks the constraint; so does a time with a zone
beside one without that is less than 14 hours away, as XML Schema has it.
"""

# ruff: noqa: S608  # SQL is put together here from names that the compiler made and terms that `quote` wrote

from __future__ import annotations

from functools import partial

from commons_graph.validate.components.context import Component, Context
from commons_graph.validate.terms import Term, quote


def precedes(sign: str) -> str:
    """Give the condition that the place of `v` is on the right side of that of `o`, both as sh_order gives them."""
    apart = f"{'+' if sign[0] == '<' else '-'} INTERVAL 14 HOUR {sign[0]}"
    return f"""v.place.family = o.place.family AND CASE
      WHEN v.place.family = 'string' THEN v.place.text {sign} o.place.text
      WHEN v.place.is_zoned <> o.place.is_zoned THEN v.place.instant {apart} o.place.instant
      WHEN v.place.instant IS NOT NULL THEN v.place.instant {sign} o.place.instant
      WHEN v.place.exact IS NOT NULL AND o.place.exact IS NOT NULL THEN v.place.exact {sign} o.place.exact
      ELSE coalesce(v.place.approximate, v.place.exact) {sign} coalesce(o.place.approximate, o.place.exact) END"""


def order_of(term: Term) -> str:
    """Give the SQL of a term's family and its place in it."""
    return f"sh_order({quote(term.text)}, {quote(term.kind)}, {quote(term.encoded_datatype)}, {quote(term.lang)})"


def _placed(context: Context, relation: str) -> str:
    """Add the relation (focus, value, place) of values with their place in the order."""
    return context.query.add(
        "order", f"SELECT focus, value, sh_order(text, kind, datatype, lang) AS place FROM {relation}"
    )


def bound(context: Context, sign: str) -> str:
    """Values that are not on the right side of the bound."""
    values = _placed(context, context.described)
    return _wrong(f"{values} v CROSS JOIN (SELECT {order_of(context.constraint.terms[0])} AS place) o", sign)


def before(context: Context, sign: str) -> str:
    """Values that do not come before every value of the other property, once for each that they do not precede."""
    values = _placed(context, context.described)
    others = _placed(context, context.objects(context.constraint.terms[0]))
    return _wrong(f"{values} v JOIN {others} o ON o.focus = v.focus", sign)


def _wrong(pairs: str, sign: str) -> str:
    return f"SELECT v.focus, v.value FROM {pairs} WHERE NOT coalesce({precedes(sign)}, false)"


COMPONENTS: dict[str, Component] = {
    "MinExclusive": partial(bound, sign=">"),
    "MinInclusive": partial(bound, sign=">="),
    "MaxExclusive": partial(bound, sign="<"),
    "MaxInclusive": partial(bound, sign="<="),
    "LessThan": partial(before, sign="<"),
    "LessThanOrEquals": partial(before, sign="<="),
}
