"""`commons releases`: what was published, when, and how it changed."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from commons_graph.project import Project
from commons_graph.publish.releases import find_current, releases


def run(project: Project) -> None:
    """Print a table of the releases; the current one has a star."""
    shown = find_current(project.releases_dir)
    table = Table(box=None)
    for name in ("", "release", "date", "entities", "triples", "statements", "added", "removed"):
        table.add_column(name, no_wrap=True)
    for release in releases(project):
        told = release.manifest
        counts = [str(told["counts"][name]) for name in ("entity", "triple", "statement")]
        changes = [str(told["changes"][name]) for name in ("added", "removed")]
        star = "*" if shown and shown.number == release.number else ""
        table.add_row(star, str(release.number), told["date"], *counts, *changes)
    Console().print(table if table.row_count else "nothing has been published yet: run `commons refresh`")
