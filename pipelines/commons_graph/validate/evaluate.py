"""Conformance inside a query: which nodes of a relation fail a shape.

What belongs here: putting components together for one shape. What does not: targets and results (checks.py).
"""

# ruff: noqa: S608  # SQL is put together here from names that the compiler made and terms that `quote` wrote

from __future__ import annotations

from functools import partial

from commons_graph.validate import sparql_sql
from commons_graph.validate.components import COMPONENTS
from commons_graph.validate.components.conditions import breaks
from commons_graph.validate.components.context import Context, Values
from commons_graph.validate.paths import follow, is_described
from commons_graph.validate.query import Query
from commons_graph.validate.shapes import Constraint, Shape


def values(query: Query, shape: Shape, focus: str) -> Values:
    """Add the relation (focus, value) of a shape's value nodes, from the relation (focus) of its focus nodes."""
    start = query.add("self", f"SELECT focus, focus AS value FROM {focus}", plain=True)
    name = follow(query, shape.path, start) if shape.path is not None else start
    return Values(name, is_described(shape.path))


def breaking(query: Query, constraint: Constraint, focus: str, found: Values) -> str:
    """Give the SELECT of (focus, value) that break one constraint, of focus nodes and their value nodes `found`."""
    condition = breaks(constraint)
    if condition is not None:
        source = found.described(query) if condition.on_term else found.name
        return f"SELECT t.focus, t.value FROM {source} t WHERE {condition.sql}"
    component = sparql_sql.select if constraint.component == "SPARQL" else COMPONENTS[constraint.component]
    return component(Context(query, constraint, focus, found, partial(fails, query)))


def fails(query: Query, shape: Shape, nodes: str) -> str:
    """Add the relation (focus) of those nodes of the relation (focus) `nodes` that do not conform to the shape."""
    if shape.deactivated or not shape.constraints:
        return query.add("bad", f"SELECT focus FROM {nodes} WHERE false")
    found = values(query, shape, nodes)
    parts = [f"SELECT focus FROM ({breaking(query, each, nodes, found)})" for each in shape.constraints]
    return query.add("bad", " UNION ".join(parts))
