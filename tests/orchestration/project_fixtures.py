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

from commons_graph.commands import refresh
from commons_graph.project import Project


@pytest.fixture(scope="session")
def unread(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project folder of which nothing was read, with Dagster's empty databases, which take it a second to make."""
    root = make_project(tmp_path_factory.mktemp("unread") / "project")
    (root / "warehouse" / "dagster").mkdir()
    with chdir(root), dg.DagsterInstance.from_config(str(root)) as instance:
        assert not instance.get_runs()
    return root


@pytest.fixture
def project(unread: Path, tmp_path: Path) -> Path:
    """A project folder of its own."""
    return shutil.copytree(unread, tmp_path / "project")


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project folder after its first refresh, from nothing. No test changes it."""
    root = make_project(tmp_path_factory.mktemp("first") / "project")
    assert refresh.run(Project(root, root / "warehouse"), [], None) == 0
    return root


@pytest.fixture
def refreshed(first: Path, tmp_path: Path) -> Path:
    """A project folder of its own, after its first refresh."""
    return shutil.copytree(first, tmp_path / "project", symlinks=True)
