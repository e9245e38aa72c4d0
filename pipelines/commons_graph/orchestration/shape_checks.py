"""One asset check a section of the shapes: how much breaks each shape, what can be done, and the ten worst examples.

What belongs here: what Dagster shows of a section. What does not: sections (ontology/shapes.ttl), and what stops a
refresh (`checks`): these checks only warn, since what breaks a shape waits in quarantine already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import dagster as dg
from rdflib import Graph

from commons_graph import validate
from commons_graph.project import Project
from commons_graph.validate.sections import OTHER, Section, hint, sections
from commons_graph.warehouse import Connection

BROKEN = (Path(__file__).parent / "sections.sql").read_text("utf-8")
BY_SHAPE = """
SELECT
    regexp_extract(broken.shape, '[^#]*$') AS shape, state, count(*) AS number,
    any_value(message) AS message, any_value(hint) AS hint
FROM broken WHERE section = $section GROUP BY ALL ORDER BY number DESC, shape, state LIMIT 100
"""
WORST = """
SELECT state, label, focus, left(value, 120) AS value, message
FROM broken WHERE section = $section ORDER BY rank, of_focus DESC, focus, shape, value LIMIT 10
"""


def specs(project: Project) -> list[dg.AssetCheckSpec]:
    """Give the check of each section; raise `CommonsError` where the shapes cannot be read."""
    return [
        dg.AssetCheckSpec(_name(section), asset="validation", description=f"Shapes: {section.label}.")
        for section in sections(_shapes(project))
    ]


def results(project: Project, connection: Connection) -> Iterator[dg.AssetCheckResult]:
    """Give the result of each section's check: passed where nothing waits and nothing wrong is published."""
    shapes = _shapes(project)
    every = sections(shapes)
    connection.execute("CREATE OR REPLACE TEMP TABLE section (section VARCHAR, shape VARCHAR, hint VARCHAR)")
    rows = [(section.name, shape, hint(shapes, shape)) for section in every for shape in section.shapes]
    connection.executemany("INSERT INTO section VALUES (?, ?, ?)", rows or [(OTHER, "", "")])
    connection.execute(BROKEN, {"other": OTHER})
    for section in every:
        yield _result(connection, section)


def _shapes(project: Project) -> Graph:
    path = project.ontology_dir / "shapes.ttl"
    return _read(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=1)
def _read(path: Path, _changed: int) -> Graph:
    """Read the shapes once for all that a refresh asks of them, and again once the file has changed."""
    return validate.graph(path)


def _name(section: Section) -> str:
    return re.sub(r"\W", "_", section.name, flags=re.ASCII)


def _result(connection: Connection, section: Section) -> dg.AssetCheckResult:
    by_shape = _rows(connection, BY_SHAPE, section)
    counts = {"waiting": 0, "published": 0, "violations": 0}
    for row in by_shape:
        counts["waiting" if row["state"] == "waits in quarantine" else "published"] += row["number"]
        counts["violations"] += row["number"] if row["state"] == "Violation" else 0
    tables = {"by shape": by_shape, "worst": _rows(connection, WORST, section)}
    return dg.AssetCheckResult(
        asset_key="validation",
        check_name=_name(section),
        passed=not counts["waiting"] + counts["violations"],
        severity=dg.AssetCheckSeverity.WARN,
        metadata={**counts, **{name: _table(rows) for name, rows in tables.items() if rows}},
    )


def _rows(connection: Connection, query: str, section: Section) -> list[dict[str, Any]]:
    found = connection.execute(query, {"section": section.name})
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _table(rows: list[dict[str, Any]]) -> dg.TableMetadataValue:
    return dg.MetadataValue.table(
        [dg.TableRecord({name: value if value is not None else "" for name, value in row.items()}) for row in rows]
    )
