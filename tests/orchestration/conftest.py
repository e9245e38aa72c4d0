"""Fixtures of the tests that run the whole job."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "capture" / "live"))

from project_fixtures import first, project, refreshed, unread
from site_fixtures import both, site

__all__ = ["both", "first", "project", "refreshed", "site", "unread"]
