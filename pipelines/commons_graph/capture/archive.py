"""Keeps the exact bytes of every read as WARC, and reads a source again from them.

Below warehouse/captures/<source>/: WARC files, `index.jsonl` that says where each digest lies, and what the last read
had: `latest.json` of files, `state.jsonl` of live sources. Whenever a run is killed, the last whole state is there.
What belongs here: which of the two keeps a source. What does not: how (`stored_files`, `live.keeping`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from commons_graph import step_note
from commons_graph.capture import stored_files
from commons_graph.capture.live import connectors, keeping
from commons_graph.capture.records import Kept
from commons_graph.errors import CommonsError
from commons_graph.model import Archived, Capture, Refusal
from commons_graph.project import Project
from commons_graph.source import Source
from commons_graph.step_note import Note, Tally


def keep(source: Source, project: Project, local: Path | None = None) -> Kept:
    """Read a source, archive what is new of it, and note what this read had.

    Raises `CommonsError` when the source cannot be read, or the archive cannot be written.
    """
    if connectors.is_live(source):
        return keeping.keep(source, project, local)
    return stored_files.keep(source, project, local)


def refresh(source: Source, project: Project, local: Path | None = None) -> Note:
    """Keep a source as `keep` does, and leave a note of it for people; one also where nothing could be read.

    Raises as `keep` does.
    """
    folder = project.captures_dir / source.id
    began, before = step_note.now(), step_note.read(folder)
    try:
        kept = keep(source, project, local)
    except CommonsError as error:
        if before:
            step_note.write(folder, replace(before, problem=str(error), checked=began, tally=Tally()))
        raise
    note = Note(kept.fingerprint, "", kept.new + kept.known, kept.refused, kept.tally, began, kept.problem)
    step_note.write(folder, note)
    return note


def listed(source: Source, project: Project) -> Iterator[Archived | Refusal]:
    """Give what the last read had, without the original; bytes are read when they are wanted, where that can be.

    Raises `CommonsError` when nothing is archived, and as `reading.read` does.
    """
    archived(source, project)
    if connectors.is_live(source):
        return keeping.listed(source, project)
    return stored_files.listed(source, project)


def replay(source: Source, project: Project) -> Iterator[Capture | Refusal]:
    """Give the captures of the last read again, with their bytes. Raises as `listed` does."""
    for item in listed(source, project):
        try:
            yield item.read() if isinstance(item, Archived) else item
        except CommonsError as error:
            yield Refusal(error.place, error.problem, error.remedy)


def latest_fingerprint(source: Source, project: Project) -> str:
    """Give the fingerprint of the last archived read, or "" when there is none."""
    if connectors.is_live(source):
        return keeping.fingerprint(source, project)
    return stored_files.fingerprint(source, project)


def archived(source: Source, project: Project) -> str:
    """Give the fingerprint of the last archived read. Raises `CommonsError` when there is none."""
    if mark := latest_fingerprint(source, project):
        return mark
    raise CommonsError(source.id, "nothing is archived of this source", f"run commons refresh {source.id} first")
