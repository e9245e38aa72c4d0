"""Only the part of the encoded data that checks of a few focus nodes look at, in place of all of it.

What belongs here: which part that is, by the ways of the checks (reach.py), and putting it in place for a while. What
does not: choosing the focus nodes (incremental.py). Planning a statement takes longer than running it on so little.
"""

# ruff: noqa: S608  # SQL is put together here from names of our own tables and terms that `quote` wrote

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb

from commons_graph.validate import encode
from commons_graph.validate.checks import Check
from commons_graph.validate.paths import Inverse, Path, Predicate, Repeat
from commons_graph.validate.reach import TYPES, Way, named, ways
from commons_graph.validate.terms import RDFS, Term

_HELD = ("sh_edge", "sh_instance")


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far checks look: `steps` along any property, or back along `back`; at all triples with properties `whole`."""

    steps: int
    back: frozenset[str]
    whole: frozenset[str]


def bounds(checks: Iterable[Check]) -> Bounds | None:
    """Give how far checks look; None where one may look anywhere."""
    steps, back, whole = 0, set[str](), {f"{RDFS}subClassOf"}
    for check in checks:
        spoken = named(check)
        if spoken is None:
            return None
        whole |= spoken
        for way in ways(check):
            if not all(map(_is_simple, _without_classes(way))):
                return None
            steps = max(steps, len(way))
            back |= {each.path.iri for each in way if isinstance(each, Inverse) and isinstance(each.path, Predicate)}
    return Bounds(steps, frozenset(back), frozenset(whole))


@contextmanager
def narrowed(connection: duckdb.DuckDBPyConnection, limits: Bounds | None) -> Iterator[None]:
    """Inside, the encoded data are only what checks of the focus nodes in sh_scope look at; without limits, all."""
    if limits is None:
        yield
        return
    _find(connection, limits)
    for table in _HELD:
        connection.execute(f"ALTER TABLE {table} RENAME TO {table}_whole")
    try:
        kept = f"s IN (SELECT focus FROM sh_near) OR p IN ({_terms(limits.whole)})"
        connection.execute(f"CREATE TEMP TABLE sh_edge AS SELECT * FROM sh_edge_whole WHERE {kept}")
        encode.find_instances(connection)
        yield
    finally:
        for table in _HELD:
            connection.execute(f"DROP TABLE IF EXISTS {table}")
            connection.execute(f"ALTER TABLE {table}_whole RENAME TO {table}")


def _find(connection: duckdb.DuckDBPyConnection, limits: Bounds) -> None:
    """Make the table sh_near (focus) of every node that a walk within the limits can visit."""
    connection.execute("CREATE OR REPLACE TEMP TABLE sh_near AS SELECT focus FROM sh_scope")
    back = f"UNION SELECT s FROM sh_edge SEMI JOIN sh_near ON o = focus WHERE p IN ({_terms(limits.back)})"
    for _ in range(limits.steps):
        connection.execute(
            "INSERT INTO sh_near SELECT * FROM (SELECT o FROM sh_edge SEMI JOIN sh_near ON s = focus "
            f"WHERE kind <> 'literal' {back if limits.back else ''}) f(focus) ANTI JOIN sh_near USING (focus)"
        )


def _without_classes(way: Way) -> Way:
    return way[:-1] if way[-1:] == TYPES[-1:] else way


def _is_simple(path: Path) -> bool:
    inner = path.path if isinstance(path, Inverse) else path
    return isinstance(inner, Predicate) and not isinstance(path, Repeat)


def _terms(properties: frozenset[str]) -> str:
    return ", ".join(Term(iri).sql for iri in sorted(properties))
