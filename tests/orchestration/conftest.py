"""Fixtures of the tests that run the whole job."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from made_project import make_project

from commons_graph.commands import refresh
from commons_graph.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project folder of its own."""
    return make_project(tmp_path / "project")


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project folder after its first refresh. No test changes it."""
    root = make_project(tmp_path_factory.mktemp("first") / "project")
    assert refresh.run(Project(root, root / "warehouse"), [], None) == 0
    return root


@pytest.fixture
def refreshed(first: Path, tmp_path: Path) -> Path:
    """A project folder of its own, after its first refresh."""
    return shutil.copytree(first, tmp_path / "project", symlinks=True)
