"""What a component is given to write its SQL.

What belongs here: the record and the few relations that several components need. What does not: any one component.
"""

# ruff: noqa: S608  # SQL is put together here from names that the compiler made and terms that `quote` wrote

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from commons_graph.validate.query import Query
from commons_graph.validate.shapes import Constraint, Shape
from commons_graph.validate.terms import Term

NOTHING = "NULL::UBIGINT"


@dataclass(frozen=True, slots=True)
class Context:
    """A constraint to compile, the relation of its focus nodes (focus) and of its value nodes (focus, value).

    `fails` adds to the query the nodes (focus) of a relation (focus) that do not conform to a shape.
    """

    query: Query
    constraint: Constraint
    focus: str
    values: str
    fails: Callable[[Shape, str], str]

    @property
    def value_terms(self) -> str:
        """The values `v` with what they are, `t`."""
        return f"{self.values} v JOIN sh_term t ON t.id = v.value"

    def failing(self, shape: Shape) -> str:
        """Give the relation (focus) of the value nodes that do not conform to a shape."""
        return self.fails(shape, self.query.add("node", f"SELECT DISTINCT value AS focus FROM {self.values}"))

    def objects(self, predicate: Term) -> str:
        """Give the relation (focus, value) of what a property of the focus nodes leads to."""
        return self.query.add(
            "other",
            f"SELECT f.focus, e.o AS value FROM {self.focus} f JOIN sh_edge e ON e.s = f.focus "
            f"WHERE e.p = {predicate.sql}",
        )


Component: TypeAlias = Callable[[Context], str]


def instances(class_: Term) -> str:
    """Give the SELECT (focus) of the instances of a class and of its subclasses."""
    return f"SELECT focus FROM sh_instance WHERE class = {class_.sql}"
