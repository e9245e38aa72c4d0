"""Fixtures of the tests that run the whole job again and again: too slow for the core, and in need of no package.

They stand on servers of Python's own at free ports of the loopback address, so that several may run at once.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "capture" / "live"))
sys.path.insert(0, str(Path(__file__).parents[2] / "orchestration"))
sys.path.insert(0, str(Path(__file__).parents[2] / "validate"))

from project_fixtures import first, project, refreshed, unread
from site_fixtures import both, site

__all__ = ["both", "first", "project", "refreshed", "site", "unread"]
