"""SHACL property paths: what they are, and the SQL that follows them.

What belongs here: that. What does not: reading them from a graph (parse_path.py) and writing them (path_text.py).
A path is followed set-wise: from a relation (focus, value) to the relation of the values one path further.
"""

# ruff: noqa: S608  # SQL is put together here from names that the compiler made and terms that `quote` wrote

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from commons_graph.validate.query import Query
from commons_graph.validate.terms import Term


@dataclass(frozen=True, slots=True)
class Predicate:
    """One step along a property."""

    iri: str


@dataclass(frozen=True, slots=True)
class Inverse:
    """A path walked backwards."""

    path: Path


@dataclass(frozen=True, slots=True)
class Sequence:
    """One path after the other."""

    parts: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Any of several paths."""

    parts: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A path any number of times; `least` 0 or 1, `many` False for at most once."""

    path: Path
    least: int
    many: bool


Path: TypeAlias = Predicate | Inverse | Sequence | Alternative | Repeat


def follow(query: Query, path: Path, start: str) -> str:
    """Add to the query the pairs (focus, value) that a path reaches from the relation `start` (focus, value).

    Gives the new relation's name; its rows are distinct when those of `start` are. For a single property it also has
    what the value is: text, kind, datatype, lang (`is_described` tells).
    """
    match path:
        case Predicate(iri):
            return _step(query, iri, start, "s", "e.o AS value, e.text, e.kind, e.datatype, e.lang")
        case Inverse(Predicate(iri)):
            return _step(query, iri, start, "o", "e.s AS value")
        case Inverse(inner):
            return follow(query, invert(inner), start)
        case Sequence(parts):
            for part in parts:
                start = _distinct(query, follow(query, part, start))
            return start
        case Alternative(parts):
            return _union(query, [follow(query, part, start) for part in parts])
        case Repeat(inner, least, many):
            return _repeat(query, inner, least, many, start)


def is_described(path: Path | None) -> bool:
    """Tell whether `follow` gives what the values of a path are, beside their numbers."""
    return isinstance(path, Predicate)


def properties(path: Path) -> set[str]:
    """Give the properties that a path names."""
    match path:
        case Predicate(iri):
            return {iri}
        case Inverse(inner) | Repeat(inner):
            return properties(inner)
        case _:
            return {iri for part in path.parts for iri in properties(part)}


def invert(path: Path) -> Path:
    """Give the path that leads back from the values of a path to where it began."""
    match path:
        case Predicate():
            return Inverse(path)
        case Inverse(inner):
            return inner
        case Sequence(parts):
            return Sequence(tuple(invert(part) for part in reversed(parts)))
        case Alternative(parts):
            return Alternative(tuple(invert(part) for part in parts))
        case Repeat(inner, least, many):
            return Repeat(invert(inner), least, many)


def _step(query: Query, iri: str, start: str, near: str, far: str) -> str:
    return query.add(
        "step",
        f"SELECT r.focus, {far} FROM {start} r JOIN sh_edge e ON e.{near} = r.value WHERE e.p = {Term(iri).sql}",
    )


def _distinct(query: Query, relation: str) -> str:
    return query.add("path", f"SELECT DISTINCT focus, value FROM {relation}")


def _union(query: Query, relations: list[str]) -> str:
    return query.add("path", " UNION ".join(f"SELECT focus, value FROM {name}" for name in relations))


def _repeat(query: Query, inner: Path, least: int, many: bool, start: str) -> str:
    first = _distinct(query, follow(query, inner, start)) if least else start
    if not many:
        return _union(query, [first, follow(query, inner, start)])
    pairs = _pairs(query, inner)
    return query.add_recursive(
        "path",
        lambda itself: (
            f"SELECT focus, value FROM {first} UNION "
            f"SELECT r.focus, p.value FROM {itself} r JOIN {pairs} p ON p.focus = r.value"
        ),
    )


def _pairs(query: Query, path: Path) -> str:
    """Add the pairs (focus, value) of one turn of a path, from every node that an edge touches."""
    match path:
        case Predicate(iri):
            return query.add("pair", f"SELECT s AS focus, o AS value FROM sh_edge WHERE p = {Term(iri).sql}")
        case Inverse(Predicate(iri)):
            return query.add("pair", f"SELECT o AS focus, s AS value FROM sh_edge WHERE p = {Term(iri).sql}")
        case _:
            nodes = query.add("node", "SELECT s AS focus, s AS value FROM sh_edge UNION SELECT o, o FROM sh_edge")
            return follow(query, path, nodes)
