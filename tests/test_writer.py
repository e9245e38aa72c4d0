"""One process writes; another is told, or waits; a killed one blocks nobody."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from commons_graph import writer
from commons_graph.commands import sources
from commons_graph.errors import CommonsError
from commons_graph.project import Project

HOLDER = """
import sys, pathlib
from commons_graph import writer
from commons_graph.project import Project
root = pathlib.Path(sys.argv[1])
with writer.alone(Project(root, root / "warehouse"), wait=True):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(root: Path) -> subprocess.Popen[str]:
    """Start a process that holds the lock until its input ends."""
    path = os.pathsep.join([str(Path(__file__).parents[1] / "pipelines"), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(root)],
        env=os.environ | {"PYTHONPATH": path},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_another_is_told_who_writes_and_a_killed_one_blocks_nobody(tmp_path: Path) -> None:
    project = Project(tmp_path, tmp_path / "warehouse")
    with holder(tmp_path) as first:
        assert first.stdout and first.stdout.readline() == "held\n"
        told = pytest.raises(CommonsError, match=rf"another one is running \(process {first.pid}, since ")
        with told, writer.alone(project, wait=False):
            pass
        first.send_signal(signal.SIGKILL)
    with writer.alone(project, wait=False):
        assert str(os.getpid()) in (tmp_path / "warehouse" / writer.NAME).read_text()


def test_who_waits_goes_on_when_the_first_has_ended(tmp_path: Path) -> None:
    project = Project(tmp_path, tmp_path / "warehouse")
    with writer.alone(project, wait=False):
        second = holder(tmp_path)
        assert second.poll() is None
    with second:
        assert second.stdout and second.stdout.readline() == "held\n"
        second.communicate("")
    assert second.returncode == 0


def test_no_source_leaves_while_another_writes(sample: Project, tmp_path: Path) -> None:
    project = Project(shutil.copytree(sample.root, tmp_path / "project"), tmp_path / "project" / "warehouse")
    files = sorted(project.lake_dir.glob("*/sample/*"))
    with holder(project.root) as other:
        assert other.stdout and other.stdout.readline() == "held\n"
        with pytest.raises(CommonsError, match="another one is running"):
            sources.disable(project, "sample")
        other.communicate("")
    assert [source.enabled for source in project.sources() if source.id == "sample"] == [True]
    assert files and sorted(project.lake_dir.glob("*/sample/*")) == files
    sources.disable(project, "sample")
    assert not list(project.lake_dir.glob("*/sample/*.*"))


def test_a_warehouse_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "warehouse").touch()
    where = tmp_path / "warehouse"
    with (
        pytest.raises(CommonsError, match=rf"{where}: cannot be written \(File exists\)"),
        writer.alone(Project(tmp_path, where), wait=False),
    ):
        pass
