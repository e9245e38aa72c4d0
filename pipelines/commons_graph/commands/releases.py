"""`commons releases`: what was published, when, and how it changed."""

from __future__ import annotations

from commons_graph.commands import tables
from commons_graph.project import Project
from commons_graph.publish.releases import find_current, releases


def run(project: Project) -> None:
    """Print a table of the releases; the current one has a star."""
    shown = find_current(project.releases_dir)
    made = tables.table("", "release", "date", "entities", "triples", "statements", "added", "removed")
    for release in releases(project):
        told = release.manifest
        counts = [str(told["counts"][name]) for name in ("entity", "triple", "statement")]
        changes = [str(told["changes"][name]) for name in ("added", "removed")]
        star = "*" if shown and shown.number == release.number else ""
        made.add_row(star, str(release.number), told["date"][:16].replace("T", " "), *counts, *changes)
    if not made.row_count:
        print("nothing has been published yet: run `commons refresh`")
        return
    tables.show(made)
