"""`commons sources`: what is read, whether it is on, what its last refresh gave, and what is wrong with its YAML."""

from __future__ import annotations

import shutil
import sys

from rich.console import Console
from rich.table import Table

from commons_graph import lake, step_note
from commons_graph.project import Project
from commons_graph.source import Source


def show(project: Project) -> None:
    """Print a table of the sources; complaints about bad YAML go to standard error."""
    table = Table(box=None)
    for name in ("source", "title", "on", "language", "schedule", "trust", "documents", "refused"):
        table.add_column(name, no_wrap=name != "title")
    for source in project.sources():
        table.add_row(*_row(project, source))
    Console().print(table)
    _complain(project)


def check(project: Project) -> int:
    """Print what is wrong in the sources' YAML; give the exit code."""
    good = project.sources()
    if not (wrong := _complain(project)):
        print(f"{len(good)} sources, all right")
    return 1 if wrong else 0


def disable(project: Project, name: str) -> None:
    """Switch a source off and take what it gave out of the lake; its captures stay, so nothing is lost."""
    project.enable(name, on=False)
    for kind in ("documents", "statements"):
        shutil.rmtree(project.lake_dir / kind / name, ignore_errors=True)
    print(f"{name} is off; it leaves the graph with the next refresh")


def _complain(project: Project) -> int:
    wrong = project.check()
    for _, error in wrong:
        print(error, file=sys.stderr)
    return len(wrong)


def _row(project: Project, source: Source) -> list[str]:
    note = step_note.read(lake.documents_path(project.lake_dir, source.id, 0).parent)
    read = [str(note.rows), str(len(note.refused))] if note else ["never read", ""]
    on = "yes" if source.enabled else "no"
    return [source.id, source.title, on, source.language, source.schedule or "by hand", f"{source.trust:.2f}", *read]
