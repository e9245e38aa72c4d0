"""The whole job on a real wiki: all of it once, then what a changed page in a hundred costs.

`COMMONS_WIKI_PAGES=2000 pytest -s …` prints the times that benchmarks/README.md has.
"""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from typing import Any

from whole_job import make, published, text

from commons_graph import source_report
from commons_graph.commands import refresh
from commons_graph.project import Project
from commons_graph.publish.releases import current
from commons_graph.source import Source

PAGES = int(os.environ.get("COMMONS_WIKI_PAGES", "200"))
CHANGED = range(0, PAGES, 100)


def timed(project: Project, name: str, **settings: bool) -> float:
    began = time.perf_counter()
    assert refresh.run(project, [], None, **settings) == 0
    took = time.perf_counter() - began
    report = source_report.of(project, "wiki")
    print(f"\n{name}: {took:.1f} s", report)
    return took


def test_a_refresh_after_edits_does_only_what_changed_and_equals_a_rebuild(
    mediawiki: Any, source: Source, tmp_path: Path
) -> None:
    mediawiki.fill((f"Network {number}", text(number)) for number in range(PAGES))
    project = make(tmp_path / "project", source)
    full = timed(project, "all")
    mediawiki.edit_many({f"Network {number}": f"Changed. {text(number)}" for number in CHANGED})
    mediawiki.delete("Network 1")
    mediawiki.edit("Quite new", text(PAGES))
    few = timed(project, "changed")
    report = source_report.of(project, "wiki")
    assert report is not None
    assert (report.added, report.changed, report.gone) == (1, len(CHANGED), 0)
    print(f"{few / full:.1%} of the time of all")
    timed(project, "nothing but a page that is gone")
    assert "Network 1" not in (current(project).path / "graph.nt").read_text(encoding="utf-8").split('"')
    timed(project, "nothing")

    rebuilt = Project(tmp_path / "rebuilt", tmp_path / "rebuilt" / "warehouse")
    shutil.copytree(project.root, rebuilt.root, ignore=shutil.ignore_patterns("lake", "releases", "work", "*.duckdb"))
    timed(rebuilt, "rebuilt from the captures", replay=True)
    assert published(rebuilt) == published(project)
