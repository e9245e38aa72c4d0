"""Which decisions cannot both be done, whatever the lake holds; each pair is told with both places.

What belongs here: `accept` against `reject`, `same` against `different`, `type` against `type`. What does not: what
only the lake shows (`identify`). To hide what was accepted is no contradiction: `accept` ends a wait, no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from commons_graph.errors import CommonsError
from commons_graph.resolve.clusters import Clusters
from commons_graph.resolve.decision import Decision

HERE = Path(__file__).parent
ONE = "remove one of the two"
FORMS = "SELECT key, dense_rank() OVER (ORDER BY key_form(key)) - 1 FROM unnest(?) AS told(key)"


def find(decisions: Sequence[Decision]) -> list[CommonsError]:
    """Give what contradicts, at the place of one decision of each pair."""
    numbers = _numbers(decisions)
    apart = [pair for each in decisions if each.what == "different" for pair in _pairs(each, numbers)]
    clusters = Clusters(len(numbers), [(a, b) for a, b, _ in apart if a != b])
    return [
        *_of_statements(decisions),
        *(CommonsError(by.place, "`different` names two spellings of one wiki page", "remove it")
          for a, b, by in apart if a == b),
        *_of_same(decisions, numbers, clusters, apart),
        *_of_types(decisions, numbers, clusters),
    ]  # fmt: skip


def between(one: Decision, other: Decision, remedy: str = ONE) -> CommonsError:
    """Say that a decision contradicts another one."""
    return CommonsError(one.place, f"`{_said(one)}` contradicts `{_said(other)}` of {other.place}", remedy)


def _said(decision: Decision) -> str:
    return f"type: {decision.cls}" if decision.cls else decision.what


def _numbers(decisions: Sequence[Decision]) -> dict[str, int]:
    """Number the keys by their form, as resolution does: spellings of one wiki page are one key."""
    keys = sorted({key for each in decisions if each.what not in ("accept", "reject") for key in each.keys})
    if not keys:
        return {}
    import duckdb

    with duckdb.connect() as connection:
        connection.execute((HERE / "names.sql").read_text(encoding="utf-8"))
        return dict(connection.execute(FORMS, [keys]).fetchall())


def _pairs(decision: Decision, numbers: Mapping[str, int]) -> Iterator[tuple[int, int, Decision]]:
    for a, b in combinations([numbers[key] for key in decision.keys], 2):
        yield a, b, decision


def _of_statements(decisions: Sequence[Decision]) -> Iterator[CommonsError]:
    first: dict[str, Decision] = {}
    for each in decisions:
        if each.what in ("accept", "reject") and first.setdefault(each.keys[0], each).what != each.what:
            yield between(each, first[each.keys[0]])


def _of_same(
    decisions: Sequence[Decision],
    numbers: Mapping[str, int],
    clusters: Clusters,
    apart: Sequence[tuple[int, int, Decision]],
) -> Iterator[CommonsError]:
    """Join what is the same, in `clusters`; give each `same` that a `different` forbids, also through other keys."""
    for each in (decision for decision in decisions if decision.what == "same"):
        first, *others = (numbers[key] for key in each.keys)
        for other in others:
            if not clusters.join(first, other):
                two = {clusters.first(first), clusters.first(other)}
                yield between(each, next(by for a, b, by in apart if {clusters.first(a), clusters.first(b)} == two))


def _of_types(decisions: Sequence[Decision], numbers: Mapping[str, int], clusters: Clusters) -> Iterator[CommonsError]:
    firsts: dict[int, Decision] = {}
    for each in (decision for decision in decisions if decision.what == "type"):
        number = numbers[each.keys[0]]
        first = firsts.setdefault(clusters.first(number), each)
        joined = numbers[first.keys[0]] != number
        if first.cls != each.cls:
            yield between(each, first, f"{ONE}, or the `same` that makes their keys one thing" if joined else ONE)
