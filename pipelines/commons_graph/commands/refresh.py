"""`commons refresh`: run the Dagster job in this process, with bars, and say what it made.

What belongs here: choosing sources and local copies, showing progress, the closing words. What does not: the job.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from commons_graph import buckets, source_report, step_note
from commons_graph.errors import CommonsError
from commons_graph.model import Refusal
from commons_graph.orchestration import attention, beforehand
from commons_graph.project import Project
from commons_graph.publish.releases import Release, find_current

MOST = 10
ENDINGS = ("", ".xml.bz2", ".xml")
QUESTIONS = ("working-groups", "contacts", "events-in-january-2025")


def run(
    project: Project, names: list[str], local: Path | None, *, replay: bool = False, accept_drop: bool = False
) -> int:
    """Refresh the named sources, or all that are on; give 0 when a release was published or nothing had changed."""
    console = Console(stderr=True, highlight=False, markup=False, emoji=False)  # a complaint may hold [brackets]
    chosen = names or [source.id for source in project.sources() if source.enabled]
    if not chosen:
        remedy = "name one (commons refresh NAME), or switch one on: commons sources enable NAME"
        raise CommonsError("refresh", "no source is on: nothing is read, and the last release stays", remedy)
    if replay and local:
        raise CommonsError("refresh", "--replay reads captures, --from a copy", "give one of them")
    if accept_drop and not names:
        raise CommonsError(
            "refresh", "--accept-drop needs to know of which source", "name it: commons refresh SOURCE --accept-drop"
        )
    for name in chosen:
        project.source(name)  # a wrong name or YAML is told before anything is read
    beforehand.check(project)
    copies = _copies(chosen, local)
    shown = find_current(project.releases_dir)
    for matter in attention.leaving(project, [shown] if shown else []):
        console.print(matter.what, soft_wrap=True)
    with _bars(console) as progress:
        progress("starting", 0, 1)
        from commons_graph.orchestration.in_process import refresh
        from commons_graph.orchestration.resources import Run

        progress("starting", 1, 1)
        outcome = refresh(Run(project, copies, progress, replay, accept_drop), chosen)
    for source, problem in outcome.sources.items():
        _say(console, project, source, problem)
    if not outcome.published:
        console.print(_red("nothing was published", f": {outcome.problem}"), soft_wrap=True)
        return 1
    release = find_current(project.releases_dir)
    if release:
        _close(release)
    return 1 if any(outcome.sources.values()) and not release else 0


def _copies(names: list[str], local: Path | None) -> dict[str, Path]:
    """Find for each source its copy at --from: the path itself for one source, else what bears its name inside."""
    if local is None:
        return {}
    path = local.resolve()
    if not path.exists():
        raise CommonsError(str(local), "is not there", "check the path after --from")
    inside = {name: found for name in names for ending in ENDINGS if (found := path / f"{name}{ending}").exists()}
    if len(names) == 1:
        return {names[0]: inside.get(names[0], path)}
    if missing := [name for name in names if name not in inside]:
        raise CommonsError(str(local), f"holds nothing named {missing[0]}", f"put {missing[0]}/ or a dump file there")
    return inside


@contextmanager
def _bars(console: Console) -> Iterator[buckets.Progress]:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as bars:
        tasks: dict[str, TaskID] = {}

        def progress(task: str, done: int, total: int) -> None:
            group = task.partition(":")[0] if task.startswith("release") else task
            number = tasks.setdefault(group, -1) if group in tasks else bars.add_task(task, total=total)  # type: ignore[arg-type]
            tasks[group] = TaskID(number)
            bars.update(tasks[group], description=task, completed=done, total=total)

        yield progress


def _say(console: Console, project: Project, source: str, problem: str) -> None:
    if problem:
        console.print(_red(f"{source} failed", f": {problem}"), soft_wrap=True)
    if report := source_report.of(project, source):
        told = f"{report.added} added, {report.changed} changed, {report.gone} gone, {report.failed} failed"
        console.print(f"{source}: {told}")
    lake = project.lake_dir
    places = {"files": project.captures_dir, "documents": lake / "documents", "statements": lake / "statements"}
    for kind, place in places.items():
        if note := step_note.read(place / source):
            console.print(f"{source}: {note.rows} {kind}, {len(note.refused)} refused")
            if note.problem:
                console.print(
                    _red("  the read broke off", f", the rest stays as it was: {note.problem}"), soft_wrap=True
                )
            _refused(console, note.refused)


def _refused(console: Console, refused: Sequence[Refusal]) -> None:
    for refusal in refused[:MOST]:
        console.print(f"  {refusal.address}: {refusal.reason}; {refusal.remedy}", soft_wrap=True)
    if len(refused) > MOST:
        reasons = Counter(each.reason for each in refused)
        console.print(f"  and {len(refused) - MOST} more: {dict(reasons.most_common(5))}")


def _red(head: str, rest: str) -> Text:
    return Text.assemble((head, "red"), rest)


def _close(release: Release) -> None:
    """Print what the release holds, where it lies, and three questions to ask it."""
    told = release.manifest
    console = Console(highlight=False, markup=False, emoji=False)
    table = Table("class", "entities", title=f"release {release.number}", box=None)
    for name, count in told["counts"]["classes"].items():
        table.add_row(name, str(count))
    console.print(table)
    found = told["validation"]["by_severity"]
    waiting = sum(told["quarantine"]["by_shape"].values())
    console.print(f"{told['counts']['triple']} triples from {told['counts']['statement']} statements")
    console.print(
        f"validation: {found.get('Violation', 0)} violations, {found.get('Warning', 0)} warnings; "
        f"{waiting} statements in quarantine"
    )
    console.print(f"the release lies in {release.path}\nask it:", soft_wrap=True)
    for name in QUESTIONS:
        console.print(f"  commons query --name {name}")
