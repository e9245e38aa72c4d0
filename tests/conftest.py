"""What tests of several stages share."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from once import once

from commons_graph.commands import init, refresh
from commons_graph.project import Project


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project folder of one's own with what the whole job made of the built-in sample. No test changes it."""
    return _project(once(tmp_path_factory, "sample", _refresh_the_sample))


def _refresh_the_sample(folder: Path) -> None:
    init.run(_project(folder).root)
    assert refresh.run(_project(folder), [], None) == 0


def _project(folder: Path) -> Project:
    return Project(folder / "project", folder / "project" / "warehouse")
