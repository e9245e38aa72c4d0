"""The constraint components: for each, the SQL of what breaks it.

Where one value is enough to tell, a component is a function from a constraint to a `Condition` (conditions.py has all
of these); else from a `Context` to a SELECT of (focus, value), and for sh:closed of (focus, value, path).
"""

from __future__ import annotations

from commons_graph.validate.components import (
    cardinality,
    listed,
    logical,
    ordering,
    property_pair,
    shape_based,
    strings,
)
from commons_graph.validate.components.context import Component

COMPONENTS: dict[str, Component] = {
    **cardinality.COMPONENTS,
    **ordering.COMPONENTS,
    **strings.COMPONENTS,
    **property_pair.COMPONENTS,
    **logical.COMPONENTS,
    **shape_based.COMPONENTS,
    **listed.COMPONENTS,
}
