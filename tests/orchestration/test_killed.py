"""A refresh that is killed at any stage and started again ends with the release of an undisturbed one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from made_project import make_project

from commons_graph.project import Project
from commons_graph.publish.releases import current

SCRIPT = Path(__file__).with_name("killed.py")
STAGES = {
    "capture": ".warc.gz",
    "normalise": ".parquet",
    "normalise, its note": "documents/val/note.json",
    "extract": "statements/val/note.json",
    "resolve and validate": "warehouse.duckdb",
    "publish": "000001",
    "publish, the switch": "current",
}


def start(root: Path, *where: str) -> int:
    """Run the script in a process of its own; give its exit code."""
    path = os.pathsep.join([str(Path(__file__).parents[2] / "pipelines"), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, str(SCRIPT), str(root), *where]
    environment = os.environ | {"PYTHONPATH": path, "COMMONS_WORKERS": "1"}
    return subprocess.run(command, env=environment, capture_output=True, check=False).returncode


def published(root: Path) -> dict[str, bytes]:
    """Give what the current release says; the dates of seeing aside."""
    release = current(Project(root, root / "warehouse"))
    return {name: (release.path / name).read_bytes() for name in ("graph.nt", "provenance.nt", "graph.jsonld")}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What an undisturbed refresh publishes."""
    root = make_project(tmp_path_factory.mktemp("undisturbed") / "project")
    assert start(root) == 0
    return published(root)


@pytest.mark.parametrize("stage", STAGES)
def test_killed_and_started_again_it_publishes_the_same(
    stage: str, tmp_path: Path, undisturbed: dict[str, bytes]
) -> None:
    root = make_project(tmp_path / "project")
    assert start(root, STAGES[stage], "1") == -signal.SIGKILL
    assert start(root) == 0
    assert published(root) == undisturbed
