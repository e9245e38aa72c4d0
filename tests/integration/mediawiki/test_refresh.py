"""The whole job on a real wiki: all of it once, then what a changed page in a hundred costs.

`COMMONS_WIKI_PAGES=2000 pytest -s …` prints the times that benchmarks/README.md has.
"""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from typing import Any

import yaml

from commons_graph import source_report
from commons_graph.commands import init, refresh
from commons_graph.project import Project
from commons_graph.publish.releases import current
from commons_graph.source import Source

PAGES = int(os.environ.get("COMMONS_WIKI_PAGES", "200"))
CHANGED = range(0, PAGES, 100)
WORDS = (
    "The '''Network {n}''' is an association founded in {year} by [[Person {m}]] in [[Lyon]]. "
    "It works on the commons together with the Foundation of the River {m} and the Cooperative of Hill {n}. "
    "== Projects ==\n* The Project {n} is a platform for food sovereignty. It is a member of the Union of Valley {m}.\n"
    "Its assembly took place on 12 May {year}. Contact: Ada Martin-{n}. More about peer production and open source. "
)


def text(number: int) -> str:
    return WORDS.format(n=number, m=number // 2, year=1990 + number % 30) * 4 + "\n[[Category:Networks]]\n"


def make(folder: Path, source: Source) -> Project:
    """A project folder that reads the wiki and nothing else."""
    init.run(folder)
    for path in (folder / "sources").glob("*.yaml"):
        path.unlink()
    names = ("title", "connector", "address", "language", "licence", "publisher", "api", "private")
    told = {name: getattr(source, name) for name in names}
    told |= {"enabled": True, "options": {"pause": 0}, "kind": "wiki entry"}
    (folder / "sources" / "wiki.yaml").write_text(yaml.safe_dump(told), encoding="utf-8")
    return Project(folder, folder / "warehouse")


def timed(project: Project, name: str, **settings: bool) -> float:
    began = time.perf_counter()
    assert refresh.run(project, [], None, **settings) == 0
    took = time.perf_counter() - began
    report = source_report.of(project, "wiki")
    print(f"\n{name}: {took:.1f} s", report)
    return took


def published(project: Project) -> dict[str, bytes]:
    return {name: (current(project).path / name).read_bytes() for name in ("graph.nt", "provenance.nt")}


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
