"""What breaks a constraint when one value is enough to tell: a condition on that value.

What belongs here: the record, and putting conditions together. What does not: any one component.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from commons_graph.validate.shapes import Constraint


@dataclass(frozen=True, slots=True)
class Condition:
    """SQL over a value `t` (focus, value), where `on_term` also over what it is (text, kind, datatype, lang).

    It is true of a value that breaks the constraint, else false, never NULL.
    """

    sql: str
    on_term: bool = False

    @property
    def negated(self) -> Condition:
        """The condition of the other values."""
        return Condition(f"NOT ({self.sql})", self.on_term)


Row: TypeAlias = Callable[[Constraint], Condition]


def any_of(parts: Sequence[Condition]) -> Condition:
    """Give the condition that one of some holds."""
    return Condition(" OR ".join(f"({part.sql})" for part in parts) or "false", any(part.on_term for part in parts))


def all_of(parts: Sequence[Condition]) -> Condition:
    """Give the condition that all of some hold."""
    return Condition(" AND ".join(f"({part.sql})" for part in parts) or "true", any(part.on_term for part in parts))
