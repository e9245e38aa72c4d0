"""What waits for a steward: told by counts and names of sources only, so that a notice holds nothing about people.

What belongs here: what is worth a steward's time, in one line and one command each. What does not: when and how it is
told (`sensors`, `commons_graph.notice`), and failed runs, which have a notice of their own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from commons_graph import step_note
from commons_graph.orchestration.cadence import overdue_after
from commons_graph.project import Project
from commons_graph.publish.releases import Release, releases
from commons_graph.source import Source

HELD = {
    "quarantine": ("break a shape and wait in quarantine", "commons waiting quarantine"),
    "confidence": ("are below the confidence that their property asks for", "commons waiting confidence"),
    "review": ("come from a language model and wait to be accepted", "commons waiting review"),
}
"""What may hold a statement back until a steward decides: in words, and how to see which."""


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that waits. `key` stays the same as long as it is the same thing; `command` shows it or mends it."""

    key: str
    what: str
    command: str


def matters(project: Project, now: datetime, *, grown: bool = True) -> list[Matter]:
    """Give what waits in a project: of each source that is on or has documents, and of the newest release.

    Of what that holds back: only what is more than in the one before, or all where it need not have `grown`.
    """
    broken = {path.stem: error.place for path, error in project.check()}
    check = "commons sources check"
    wrong = [Matter(f"yaml {name}", f"{place} is wrong and not read", check) for name, place in broken.items()]
    read = [source for source in project.sources() if source.enabled or _documents(project, source.id)]
    of_sources = [each for source in read for each in _of_source(project, source, now)]
    last = releases(project)[-2:]
    return [*wrong, *of_sources, *leaving(project, last), *_of_release(last, grown)]


def leaving(project: Project, last: Sequence[Release]) -> Iterator[Matter]:
    """Give the sources that some releases have documents of, the lake has too, and whose YAML is gone."""
    here = {path.stem for path in project.sources_dir.glob("*.y*ml")}
    for name in sorted({each["source"] for release in last for each in release.manifest.get("sources", [])} - here):
        if count := _documents(project, name):
            file = f"sources/{name}.yaml"
            said = f"its {count} documents leave the graph, since {file} is gone; put the file back to keep them"
            yield Matter(f"leaving {name}", f"{name}: {said}", "commons sources")


def _documents(project: Project, source: str) -> int:
    """Count the documents of a source in the lake; one that was disabled by the command has none."""
    note = step_note.read(project.lake_dir / "documents" / source)
    return note.rows if note else 0


def _of_source(project: Project, source: Source, now: datetime) -> Iterator[Matter]:
    name, again = source.id, f"commons refresh {source.id}"
    read = step_note.read(project.captures_dir / name)
    if read and read.problem:
        yield Matter(f"failed {name}", f"{name}: the last read broke off; what was there before stays", again)
    if read and read.checked and source.schedule and source.enabled:
        last = datetime.fromisoformat(read.checked)
        if now - last > overdue_after(source.schedule):
            yield Matter(f"overdue {name}", f"{name}: overdue, last read on {last:%Y-%m-%d at %H:%M} UTC", again)
    if refused := _refused(project, name):
        mark = hashlib.sha256("\n".join(refused).encode()).hexdigest()[:16]
        yield Matter(f"refused {name} {mark}", f"{name}: {len(refused)} files or pages were refused", again)


def _refused(project: Project, source: str) -> list[str]:
    steps = (project.captures_dir, project.lake_dir / "documents", project.lake_dir / "statements")
    notes = [note for step in steps if (note := step_note.read(step / source))]
    return sorted({refusal.address for note in notes for refusal in note.refused})


def _of_release(last: Sequence[Release], grown: bool) -> Iterator[Matter]:
    """Give what is held back in the newest release, where it is more than in the one before or need not be."""
    *_, before, newest = [None, None, *last]
    if newest is None:
        return
    for reason, (what, command) in HELD.items():
        had, has = _held(before, reason), _held(newest, reason)
        if has > had:
            yield Matter(f"{reason} {newest.number}", f"{has - had} more statements {what}, {has} in all", command)
        elif has and not grown:
            yield Matter(f"{reason} {newest.number}", f"{has} statements {what}", command)


def _held(release: Release | None, reason: str) -> int:
    told = release.manifest if release else {}
    if reason == "quarantine":
        return sum(told.get("quarantine", {}).get("by_shape", {}).values())
    return int(told.get("unpublished", {}).get(reason, 0))
