"""What a component is given to write its SQL.

What belongs here: the record and the few relations that several components need. What does not: any one component.
"""

# ruff: noqa: S608  # SQL is put together here from names that the compiler made and terms that `quote` wrote

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from commons_graph.validate.paths import Predicate, follow
from commons_graph.validate.query import Query
from commons_graph.validate.shapes import Constraint, Shape
from commons_graph.validate.terms import Term

NOTHING = "NULL::UBIGINT"


@dataclass(frozen=True, slots=True)
class Values:
    """A relation (focus, value), whether it also has what each value is: text, kind, datatype, lang."""

    name: str
    is_described: bool = False

    def described(self, query: Query) -> str:
        """Give the relation with what each value is."""
        if self.is_described:
            return self.name
        return query.add(
            "term",
            "SELECT DISTINCT v.focus, v.value, t.text, t.kind, t.datatype, t.lang "
            f"FROM {self.name} v JOIN sh_term t ON t.id = v.value",
        )


@dataclass(frozen=True, slots=True)
class Context:
    """A constraint to compile, the relation of its focus nodes (focus) and of its value nodes (focus, value).

    `fails` adds to the query the nodes (focus) of a relation (focus) that do not conform to a shape.
    """

    query: Query
    constraint: Constraint
    focus: str
    found: Values
    fails: Callable[[Shape, str], str]

    @property
    def values(self) -> str:
        """The name of the relation of the value nodes."""
        return self.found.name

    @property
    def described(self) -> str:
        """The name of the relation of the value nodes with what they are (text, kind, datatype, lang)."""
        return self.found.described(self.query)

    def failing(self, shape: Shape) -> str:
        """Give the relation (focus) of the value nodes that do not conform to a shape."""
        return self.fails(shape, self.query.add("node", f"SELECT DISTINCT value AS focus FROM {self.values}"))

    def objects(self, predicate: Term) -> str:
        """Give the relation of what a property of the focus nodes leads to, (focus, value) and what the values are."""
        start = self.query.add("self", f"SELECT focus, focus AS value FROM {self.focus}", plain=True)
        return follow(self.query, Predicate(predicate.text), start)


Component: TypeAlias = Callable[[Context], str]


def instances(class_: Term) -> str:
    """Give the SELECT (focus) of the instances of a class and of its subclasses."""
    return f"SELECT focus FROM sh_instance WHERE class = {class_.sql}"
