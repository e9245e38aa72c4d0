"""What tests of several stages share."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from commons_graph.commands import init, refresh
from commons_graph.project import Project

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project folder of one's own with what the whole job made of the built-in sample. No test changes it."""
    root = tmp_path_factory.mktemp("sample") / "project"
    init.run(root)
    project = Project(root, root / "warehouse")
    assert refresh.run(project, [], None) == 0
    return project
