"""Project folders, fresh and refreshed, for the tests that run the whole job.

What belongs here: the fixtures that tests/orchestration and tests/integration/job share; their conftest.py import them.
"""

from __future__ import annotations

import shutil
from contextlib import chdir
from pathlib import Path

import dagster as dg
import pytest
from made_project import make_project
from once import once

from commons_graph.commands import refresh
from commons_graph.project import Project


@pytest.fixture(scope="session")
def unread(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project folder of which nothing was read, with Dagster's empty databases, which take it a second to make."""
    return once(tmp_path_factory, "unread", _make_unread) / "project"


@pytest.fixture
def project(unread: Path, tmp_path: Path) -> Path:
    """A project folder of its own."""
    return shutil.copytree(unread, tmp_path / "project")


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project folder after its first refresh, from nothing. No test changes it."""
    return once(tmp_path_factory, "first", _make_first) / "project"


@pytest.fixture
def refreshed(first: Path, tmp_path: Path) -> Path:
    """A project folder of its own, after its first refresh."""
    return shutil.copytree(first, tmp_path / "project", symlinks=True)


def _make_unread(folder: Path) -> None:
    root = make_project(folder / "project")
    (root / "warehouse" / "dagster").mkdir()
    with chdir(root), dg.DagsterInstance.from_config(str(root)) as instance:
        assert not instance.get_runs()


def _make_first(folder: Path) -> None:
    root = make_project(folder / "project")
    assert refresh.run(Project(root, root / "warehouse"), [], None) == 0
