"""Which constraints one value is enough to tell about, those made of such constraints included.

What belongs here: shapes that are about the value itself, as sh:not, sh:and, sh:or, sh:xone and sh:node use them. Their
conditions make one scan of what would be a join for each shape. What does not: paths (logical.py, shape_based.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from commons_graph.validate.components import listed, strings, value_type
from commons_graph.validate.components.condition import Condition, Row, all_of, any_of
from commons_graph.validate.shapes import Constraint, Shape

ROWS: dict[str, Row] = {**value_type.ROWS, **strings.ROWS, **listed.ROWS}


def breaks(constraint: Constraint) -> Condition | None:
    """Give the condition of the values that break a constraint; None when one value is not enough to tell."""
    if constraint.component in ROWS:
        return ROWS[constraint.component](constraint)
    if constraint.component not in _TOGETHER:
        return None
    inner = _fails_each(constraint.shapes)
    return _TOGETHER[constraint.component](inner) if inner is not None else None


def _fails_each(shapes: Sequence[Shape]) -> list[Condition] | None:
    found = [_fails(shape) for shape in shapes]
    return [each for each in found if each is not None] if None not in found else None


def _fails(shape: Shape) -> Condition | None:
    if shape.deactivated:
        return Condition("false")
    if shape.path is not None:
        return None
    found = [breaks(each) for each in shape.constraints]
    return any_of([each for each in found if each is not None]) if None not in found else None


def _xone(fails: Sequence[Condition]) -> Condition:
    good = " + ".join(f"({each.negated.sql})::INTEGER" for each in fails) or "0"
    return Condition(f"{good} <> 1", any(each.on_term for each in fails))


def _not(fails: Sequence[Condition]) -> Condition:
    return fails[0].negated


_TOGETHER: dict[str, Callable[[Sequence[Condition]], Condition]] = {
    "Not": _not,
    "And": any_of,
    "Or": all_of,
    "Xone": _xone,
    "Node": any_of,
    "Property": any_of,
}
