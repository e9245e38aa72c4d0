"""Fixtures of the tests that run the whole job."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from project_fixtures import first, project, refreshed, unread

__all__ = ["first", "project", "refreshed", "unread"]
