"""Brings the documents of one source up to date: captures in, one Parquet file a bucket out.

What belongs here: which buckets are stale, and spreading them over processes. What does not: how bytes become text
(the other modules of this stage) and how files are written (`commons_graph.lake`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from commons_graph import buckets, lake, step_note
from commons_graph.code import PACKAGE, version_of
from commons_graph.errors import CommonsError
from commons_graph.model import BUCKETS, Capture, Document, Refusal, bucket_of, content_id
from commons_graph.project import Project
from commons_graph.source import Expect
from commons_graph.step_note import Note

LIGHT = 500
"""So few documents are not worth a second process."""


@dataclass(frozen=True, slots=True)
class Job:
    """One bucket to normalise."""

    path: Path
    captures: tuple[Capture, ...]
    language: str
    fingerprint: str
    version: str


def version() -> str:
    """Give the version of this stage's code."""
    return version_of(*(PACKAGE / name for name in ("normalise", "html_source.py", "model.py", "lake_table.py")))


def refresh(
    project: Project,
    source: str,
    language: str,
    captures: Iterable[Capture | Refusal],
    fingerprint: str,
    expect: Expect,
    progress: buckets.Progress = buckets.silent,
) -> Note:
    """Normalise the captures of a source whose read has this fingerprint; give the note of what was done.

    `captures` is read only when something changed, and to its end before anything is written: where it raises (a
    damaged dump), the previous state stays. Documents that cannot be normalised are refused, never fatal.
    Raises `CommonsError` when a read gave less than the source's `expect` says; then the previous state stays too.
    """
    folder = lake.documents_path(project.lake_dir, source, 0).parent
    note = step_note.read(folder)
    if note and (note.fingerprint, note.version) == (fingerprint, version()):
        return note
    grouped, refused = _grouped(captures)
    _check(source, expect, sum(len(each) for each in grouped.values()), note.rows if note else 0)
    jobs = [_job(folder, number, grouped[number], language) for number in sorted(grouped)]
    stale = [job for job in jobs if not lake.is_current(job.path, job.fingerprint, job.version)]
    light = sum(len(job.captures) for job in stale) < LIGHT
    for _ in buckets.work(f"{source}: documents", normalise, stale, progress, light):
        pass
    _remove_others(folder, {job.path for job in jobs})
    note = Note(fingerprint, version(), _rows(jobs), (*refused, *_failed(jobs)))
    step_note.write(folder, note)
    return note


def _check(source: str, expect: Expect, found: int, before: int) -> None:
    place, remedy = f"sources/{source}.yaml", "check the source; if it is right, change `expect`"
    if found < expect.documents:
        raise CommonsError(place, f"the source gave {found} documents, expected at least {expect.documents}", remedy)
    if found < before * (1 - expect.max_drop):
        raise CommonsError(
            place,
            f"the source gave {found} documents after {before}: more than {expect.max_drop:.0%} less",
            f"check the source; if it is right: commons refresh {source} --accept-drop",
        )


def normalise(job: Job) -> int:
    """Write one bucket and beside it what could not be normalised; give the number of its documents."""
    documents: list[Document] = []
    failed: list[Refusal] = []
    for capture in job.captures:
        try:
            documents.append(_document(capture, job.language))
        except CommonsError as error:
            failed.append(Refusal(capture.address, error.problem, error.remedy))
    step_note.write(_beside(job.path), Note(job.fingerprint, job.version, len(documents), tuple(failed)))
    return lake.write_documents(job.path, documents, fingerprint=job.fingerprint, version=job.version)


def _document(capture: Capture, language: str) -> Document:
    from commons_graph.normalise import document

    return document(capture, language)


def _grouped(captures: Iterable[Capture | Refusal]) -> tuple[dict[int, dict[str, Capture]], list[Refusal]]:
    """Group by bucket, then address: of two captures of one address, the later counts."""
    grouped: dict[int, dict[str, Capture]] = defaultdict(dict)
    refused: list[Refusal] = []
    for item in captures:
        if isinstance(item, Refusal):
            refused.append(item)
        else:
            grouped[bucket_of(item.address)][item.address] = item
    return grouped, refused


def _job(folder: Path, number: int, captures: dict[str, Capture], language: str) -> Job:
    ordered = tuple(captures[address] for address in sorted(captures))
    marks = [f"{item.address} {item.digest} {sorted(item.hints.items())}" for item in ordered]
    return Job(folder / f"{number:02d}.parquet", ordered, language, content_id(language, *marks), version())


def _remove_others(folder: Path, kept: set[Path]) -> None:
    for number in range(BUCKETS):
        path = folder / f"{number:02d}.parquet"
        if path not in kept:
            path.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.parent / "buckets" / path.stem


def _notes(jobs: list[Job]) -> Iterable[Note]:
    return filter(None, (step_note.read(_beside(job.path)) for job in jobs))


def _rows(jobs: list[Job]) -> int:
    return sum(note.rows for note in _notes(jobs))


def _failed(jobs: list[Job]) -> Iterable[Refusal]:
    return (refusal for note in _notes(jobs) for refusal in note.refused)
