"""Fixtures of the tests that run the whole job."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from made_project import make_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project folder of its own."""
    return make_project(tmp_path / "project")
