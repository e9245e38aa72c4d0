"""A refresh that is killed at any stage and started again ends with the release of an undisturbed one."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from killed import Renamed, killed

from commons_graph.commands import refresh
from commons_graph.project import Project
from commons_graph.publish.releases import current

STAGES = {
    "capture": ".warc.gz",
    "normalise": ".parquet",
    "normalise, its note": "documents/val/note.json",
    "extract": "statements/val/note.json",
    "resolve and validate": "warehouse.duckdb",
    "publish": "000001",
    "publish, the switch": "current",
}


def published(root: Path) -> dict[str, bytes]:
    """Give what the current release says; the dates of seeing aside."""
    release = current(Project(root, root / "warehouse"))
    return {name: (release.path / name).read_bytes() for name in ("graph.nt", "provenance.nt", "graph.jsonld")}


@pytest.mark.parametrize("stage", STAGES)
def test_killed_and_started_again_it_publishes_the_same(stage: str, project: Path, first: Path) -> None:
    start = partial(refresh.run, Project(project, project / "warehouse"), [], None)
    assert killed(Renamed(STAGES[stage]), start)
    assert start() == 0
    assert published(project) == published(first)
