"""A small builder for one SQL statement made of named parts (common table expressions).

What belongs here: naming and joining parts. What does not: anything that knows SHACL.
"""

from __future__ import annotations

from collections.abc import Callable


class Query:
    """Collects the named relations of one statement; later parts name earlier ones."""

    def __init__(self) -> None:
        self._parts: list[tuple[str, str]] = []
        self._known: dict[str, str] = {}

    def add(self, hint: str, sql: str) -> str:
        """Add a relation and give its name, `hint` with a number; the same SQL twice is one relation."""
        return self.add_recursive(hint, lambda _: sql)

    def add_recursive(self, hint: str, sql: Callable[[str], str]) -> str:
        """Add a relation whose SQL names itself: `sql` is given the name that the relation will have."""
        same = sql(hint)
        if same not in self._known:
            self._known[same] = f"{hint}_{len(self._parts) + 1}"
            self._parts.append((self._known[same], sql(self._known[same])))
        return self._known[same]

    def render(self, final: str) -> str:
        """Give the whole statement: all relations added so far, then `final`."""
        if not self._parts:
            return final
        parts = ",\n".join(f"  {name} AS (\n    {sql}\n  )" for name, sql in self._parts)
        return f"WITH RECURSIVE\n{parts}\n{final}"
