"""Choosing a release by its number, for commands that read one."""

from __future__ import annotations

from commons_graph.errors import CommonsError
from commons_graph.project import Project
from commons_graph.publish.releases import Release, current, releases


def one(project: Project, number: int | None) -> Release:
    """Give the release of this number, the current one for None. Raises `CommonsError` when there is none."""
    if number is None:
        return current(project)
    known = {release.number: release for release in releases(project)}
    if number not in known:
        raise CommonsError(f"release {number}", "there is no such release", "see `commons releases`")
    return known[number]
