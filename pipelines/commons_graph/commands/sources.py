"""`commons sources`: what is read, whether it is on, what its last refresh gave, and what is wrong with the YAML."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.console import Console

from commons_graph import source_report, writer
from commons_graph.commands import tables
from commons_graph.errors import CommonsError
from commons_graph.project import Project
from commons_graph.source import Source

COLUMNS = ("source", "title", "on", "schedule", "documents", "added", "changed", "gone", "failed", "last checked")
NONE_ON = "no source is on now, so that the last release stays as it is"
NEXT = "next: commons sources enable NAME, then commons refresh"


def show(project: Project) -> None:
    """Print a table of the sources; complaints about bad YAML go to standard error."""
    made = tables.table(*COLUMNS)
    for source in project.sources():
        made.add_row(*_row(project, source))
    tables.show(made)
    console = Console()
    for source in project.sources():
        if (report := source_report.of(project, source.id)) and report.problem:
            console.print(
                f"{source.id}: the last read broke off: {report.problem}", markup=False, emoji=False, soft_wrap=True
            )
    _complain(project)


def check(project: Project) -> int:
    """Print what is wrong in the YAML of the sources and of the stewards' decisions; give the exit code."""
    from commons_graph.resolve import decisions

    good, wrong = project.sources(), decisions.check(project.decisions_dir)
    if _complain(project, wrong):
        return 1
    print(f"{len(good)} sources and {len(decisions.read(project.decisions_dir))} decisions, all right")
    return 0


def disable(project: Project, name: str) -> None:
    """Switch a source off and take what it gave out of the lake; its captures and its past stay, nothing is lost.

    It leaves the graph with a refresh of another one: where no other is on, what to do for that is said.
    Raises `CommonsError`, and changes nothing, while a refresh is running: it would read a half of the source.
    """
    with writer.alone(project, wait=False):
        project.enable(name, on=False)
        for kind in ("documents", "statements"):
            for path in (project.lake_dir / kind / name).glob("*.*"):
                path.unlink()
    if any(source.enabled for source in project.sources()):
        print(f"{name} is off; it leaves the graph with the next refresh")
    else:
        print(f"{name} is off, and {NONE_ON}; it leaves the graph with the next refresh of another one")
        print(NEXT)


def _complain(project: Project, more: Sequence[CommonsError] = ()) -> int:
    wrong = [*(error for _, error in project.check()), *more]
    for error in wrong:
        print(error, file=sys.stderr)
    return len(wrong)


def _row(project: Project, source: Source) -> list[str]:
    on = "yes" if source.enabled else "no"
    about = [source.id, source.title, on, source.schedule or "by hand"]
    report = source_report.of(project, source.id)
    if not report:
        return [*about, "never read"]
    numbers = (report.documents, report.added, report.changed, report.gone, report.failed)
    return [*about, *map(str, numbers), report.checked[:16].replace("T", " ")]
