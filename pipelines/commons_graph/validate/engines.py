"""Who runs a constraint: SQL, or else Oxigraph or pySHACL, and why.

What belongs here: that choice, made when shapes are compiled. What does not: running (run.py, sparql.py, fallback.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from commons_graph.validate.shapes import Constraint, Shape, nested
from commons_graph.validate.sparql_sql import translatable
from commons_graph.validate.sparql_text import flat

Engine: TypeAlias = Literal["sql", "sparql", "pyshacl"]
SMALL = 100_000  # triples: so many are handed to pySHACL whole
HOPS = 3
_NEAR = f"of more than {SMALL:,} triples it sees those within {HOPS} steps of a focus node"


def engine(chain: tuple[Shape, ...], constraint: Constraint) -> tuple[Engine, str]:
    """Give who runs a constraint at the end of a chain of shapes, and the reason where that is not SQL."""
    if any(target.kind == "other" for target in chain[0].targets):
        return "pyshacl", "its target is of SHACL-AF"
    for part in parts(constraint):
        if part.component == "Custom":
            return "pyshacl", f"{part.text}; {_NEAR}"
        if part.component == "SPARQL" and not translatable(part.text):
            if part is not constraint or not flat(part.text):
                return "pyshacl", f"a SPARQL constraint in a nested shape, or with groups in its query; {_NEAR}"
            return "sparql", "a SPARQL constraint"
    if constraint.component == "SPARQL" and _names_values(chain[-1], constraint):
        return "sparql", "a SPARQL constraint with values in its message"
    return "sql", ""


def parts(constraint: Constraint) -> Iterator[Constraint]:
    """Give the constraint, and every one of the shapes that it refers to, at any depth."""
    yield constraint
    for shape in (*constraint.shapes, *constraint.siblings):
        for inner in nested(shape):
            yield from inner.constraints


def _names_values(shape: Shape, constraint: Constraint) -> bool:
    return any("{?" in each.text or "{$" in each.text for each in constraint.terms or shape.messages)
