"""A small builder for SQL statements made of named parts (common table expressions).

What belongs here: naming parts, and writing a statement with the parts it needs. What does not: anything that knows
SHACL, nor running (shared.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

_NAME = re.compile(r"\bsh_[a-z]+_[0-9]+\b")


@dataclass(frozen=True, slots=True)
class Part:
    """A named relation; `plain` when it only renames the columns of another, and is never worth keeping."""

    name: str
    sql: str
    plain: bool


class Query:
    """Collects named relations of one statement, or of several that share them; later parts name earlier ones."""

    def __init__(self) -> None:
        self._parts: dict[str, Part] = {}
        self._known: dict[str, str] = {}

    def add(self, hint: str, sql: str, plain: bool = False) -> str:
        """Add a relation and give its name, made of `hint` and a number; the same SQL twice is one relation."""
        return self.add_recursive(hint, lambda _: sql, plain)

    def add_recursive(self, hint: str, sql: Callable[[str], str], plain: bool = False) -> str:
        """Add a relation whose SQL names itself: `sql` is given the name that the relation will have."""
        same = sql(hint)
        if same not in self._known:
            name = f"sh_{hint}_{len(self._parts) + 1}"
            self._known[same] = name
            self._parts[name] = Part(name, sql(name), plain)
        return self._known[same]

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts, each after those that it names."""
        return tuple(self._parts.values())

    def named(self, sql: str) -> list[Part]:
        """Give the parts that a text names itself, in their order."""
        names = set(_NAME.findall(sql))
        return [part for part in self._parts.values() if part.name in names] if names else []

    def needed(self, sql: str, without: Collection[str] = ()) -> list[Part]:
        """Give the parts that a text needs, in their order; what stands in `without` is there, and needs nothing."""
        todo, found = [sql], set(without)
        while todo:
            for part in self.named(todo.pop()):
                if part.name not in found:
                    found.add(part.name)
                    todo.append(part.sql)
        return [part for part in self._parts.values() if part.name in found and part.name not in without]

    def render(self, final: str, kept: Collection[str] = ()) -> str:
        """Give a whole statement: the parts that `final` needs, but those `kept` as tables of their names; then it."""
        needed = self.needed(final, kept)
        if not needed:
            return final
        parts = ",\n".join(f"  {part.name} AS (\n    {part.sql}\n  )" for part in needed)
        return f"WITH RECURSIVE\n{parts}\n{final}"
