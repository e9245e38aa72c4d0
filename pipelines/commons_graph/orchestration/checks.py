"""Asset checks of the whole graph: no violation gets published, nothing large has vanished since the last release.

What belongs here: what is checked and what Dagster shows of it. What does not: the shapes (ontology/shapes.ttl) and
the limits (`limits`).
"""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg

from commons_graph import warehouse
from commons_graph.orchestration import shape_checks
from commons_graph.orchestration.limits import Limits
from commons_graph.project import Project
from commons_graph.publish.releases import find_current

SHAPES, DROP, QUARANTINE = "no_violation_is_published", "nothing_large_vanished", "quarantine_within_limits"
JUMP = "violations_did_not_jump"
SPECS = [
    dg.AssetCheckSpec(SHAPES, asset="validation", blocking=True, description="No published entity breaks a shape."),
    dg.AssetCheckSpec(DROP, asset="graph", blocking=True, description="Counts by class against the last release."),
    dg.AssetCheckSpec(JUMP, asset="validation", blocking=True, description="What breaks a shape, now and last time."),
    dg.AssetCheckSpec(QUARANTINE, asset="validation", description="The share of statements that wait."),
]
WORST = """
SELECT regexp_extract(shape, '[^#]*$') AS name, any_value(message), count(*) AS number
FROM quarantine GROUP BY name ORDER BY number DESC, name LIMIT 10
"""
FOUND = """
SELECT regexp_extract(shape, '[^#]*$') AS name, count(*) AS number
FROM violation GROUP BY name ORDER BY number DESC, name LIMIT 10
"""


def results(project: Project, limits: Limits, *, accept_drop: bool = False) -> Iterator[dg.AssetCheckResult]:
    """Give the result of each check on the warehouse that was just built."""
    with warehouse.connect(project, read_only=True) as connection:
        yield _shapes(connection)
        yield _drop(connection, project, 1.0 if accept_drop else limits.largest_drop)
        yield _jump(connection, project, limits.largest_jump, limits.least_jump)
        yield _quarantine(connection, limits.largest_quarantine)
        yield from shape_checks.results(project, connection)


def _shapes(connection: warehouse.Connection) -> dg.AssetCheckResult:
    left = _count(connection, "SELECT count(*) FROM violation WHERE severity = 'Violation'")
    found = dict(connection.execute(FOUND).fetchall())
    return dg.AssetCheckResult(
        asset_key="validation", check_name=SHAPES, passed=not left, metadata={"violations left": left, **found}
    )


def _drop(connection: warehouse.Connection, project: Project, most: float) -> dg.AssetCheckResult:
    before = find_current(project.releases_dir)
    old = before.manifest["counts"]["classes"] if before else {}
    new = dict(connection.execute("SELECT class, count(*) FROM entity GROUP BY class").fetchall())
    lost = {name: 1 - new.get(name, 0) / count for name, count in old.items() if count >= 20}
    gone = {name: f"{share:.0%} fewer" for name, share in lost.items() if share > most}
    if not new:
        gone["entities"] = "none at all"
    return dg.AssetCheckResult(asset_key="graph", check_name=DROP, passed=not gone, metadata=gone)


def _jump(connection: warehouse.Connection, project: Project, most: float, least: float) -> dg.AssetCheckResult:
    before = find_current(project.releases_dir)
    old = before.manifest["quarantine"]["by_shape"] if before else None
    new = dict(connection.execute("SELECT shape, count(*) FROM quarantine GROUP BY shape").fetchall())
    jumped = {} if old is None else jumps(old, new, most, least)
    told = {shape: f"{was} before, {now} now" for shape, (was, now) in jumped.items()}
    return dg.AssetCheckResult(asset_key="validation", check_name=JUMP, passed=not jumped, metadata=told)


def jumps(old: dict[str, int], new: dict[str, int], most: float, least: float) -> dict[str, tuple[int, int]]:
    """Give the shapes that hold back over `most` times as many statements as before, and at least `least` more."""
    pairs = {shape: (old.get(shape, 0), now) for shape, now in new.items()}
    return {shape: (was, now) for shape, (was, now) in pairs.items() if now > was * most and now - was >= least}


def _quarantine(connection: warehouse.Connection, most: float) -> dg.AssetCheckResult:
    waiting = _count(connection, "SELECT count(DISTINCT statement_id) FROM quarantine")
    share = waiting / max(_count(connection, "SELECT count(*) FROM statement"), 1)
    worst = {shape: f"{number}: {message}" for shape, message, number in connection.execute(WORST).fetchall()}
    return dg.AssetCheckResult(
        asset_key="validation",
        check_name=QUARANTINE,
        passed=share <= most,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"statements waiting": waiting, "share": share, **worst},
    )


def _count(connection: warehouse.Connection, query: str) -> int:
    return int(connection.execute(query).fetchall()[0][0])
