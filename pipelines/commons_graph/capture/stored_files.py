"""Keeps the files of a folder, or a dump, as WARC, and reads them again.

`*.warc` and `*.warc.gz` hold `resource` records, one a file; `latest.json` says which files the last read had. Each is
written beside and then renamed, WARC first, so that a run killed at any time leaves the last whole state, and what
nobody points to is swept away next time. What does not belong here: how files become captures (`reading`), and what
live sources answer (`live.keeping`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from commons_graph.capture import addresses, dump, index, reading, warc
from commons_graph.capture.media import is_archive, media_type
from commons_graph.capture.records import Kept, StoredFile
from commons_graph.errors import CommonsError
from commons_graph.model import Archived, Refusal
from commons_graph.project import Project
from commons_graph.source import Source

LATEST = "latest.json"


def keep(source: Source, project: Project, local: Path | None = None) -> Kept:
    """Archive every file of a source whose bytes are not archived yet, and note what this read had.

    A dump that cannot be fetched now is as it was at the last read, and `problem` says why.
    Raises `CommonsError` when the source cannot be read, or the archive cannot be written.
    """
    home = project.captures_dir / source.id
    if source.connector == reading.DUMP:
        try:
            local = dump.local(source, project, local)
        except CommonsError as error:
            return _as_it_was(home, error)
    found = list(reading.files(source, project, local))
    files = {item.name: item for item in found if isinstance(item, StoredFile)}
    digests = {name: reading.digest(file) for name, file in files.items()}
    mark = reading.fingerprint_of(source, found, digests)
    try:
        new = _add(home, source, files, digests)
        note = {"fingerprint": mark, "files": [_noted(file, digests[name]) for name, file in files.items()]}
        index.replace(home / LATEST, [note])
    except OSError as error:
        raise CommonsError(str(home), f"the archive cannot be written ({error.strerror})", "check the disk") from error
    refused = tuple(item for item in found if isinstance(item, Refusal))
    return Kept(new, len(files) - new, refused, mark)


def listed(source: Source, project: Project) -> Iterator[Archived | Refusal]:
    """Give the documents of the last archived read again, without the original. Raises as `reading.listed` does."""
    home = project.captures_dir / source.id
    note = _note(home) or {"files": []}
    places = index.read(home)
    documents = reading.listed(source, [_stored(home, entry, places) for entry in note["files"]])
    return dump.unless_damaged(documents, source, project) if source.connector == reading.DUMP else documents


def fingerprint(source: Source, project: Project) -> str:
    """Give the fingerprint of the last archived read, or "" when there is none."""
    note = _note(project.captures_dir / source.id)
    return str(note["fingerprint"]) if note else ""


def _as_it_was(home: Path, problem: CommonsError) -> Kept:
    """Give the last read again. Raises the problem when there is none."""
    note = _note(home)
    if note is None:
        raise problem
    refused = Refusal(problem.place, problem.problem, problem.remedy)
    return Kept(0, len(note["files"]), (refused,), str(note["fingerprint"]), problem=str(problem))


def _add(home: Path, source: Source, files: Mapping[str, StoredFile], digests: Mapping[str, str]) -> int:
    home.mkdir(parents=True, exist_ok=True)
    places = index.read(home)
    _sweep(home, places)
    fresh = {digests[name]: file for name, file in files.items() if digests[name] not in places}
    entries = [_entry(source, file, digest) for digest, file in fresh.items()]
    for group in _groups(entries):
        places.update((place.digest, place) for place in warc.write(home / _warc_name(group), group, _packs(group[0])))
    if fresh:
        index.write(home, places)
    return len(fresh)


def _groups(entries: list[warc.Entry]) -> Iterator[list[warc.Entry]]:
    """Small files share one packed WARC file; a file that is packed already has one of its own, as it is."""
    yield from ([entry] for entry in entries if not _packs(entry))
    if together := [entry for entry in entries if _packs(entry)]:
        yield together


def _packs(entry: warc.Entry) -> bool:
    return not is_archive(entry.file.name)


def _warc_name(group: list[warc.Entry]) -> str:
    ending = ".warc.gz" if _packs(group[0]) else ".warc"
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{group[0].digest[:12]}{ending}"


def _entry(source: Source, file: StoredFile, digest: str) -> warc.Entry:
    whole = source.connector == reading.DUMP
    address = source.address if whole else addresses.of_file(source.address, file.name)
    return warc.Entry(file, digest, address, media_type(file.name) or "text/tab-separated-values")


def _noted(file: StoredFile, digest: str) -> dict[str, str]:
    return {"name": file.name, "digest": digest, "modified": file.modified.isoformat()}


def _stored(home: Path, noted: dict[str, str], places: index.Places) -> StoredFile:
    place = places.get(noted["digest"])
    if place is None:
        raise CommonsError(str(home / index.NAME), f"does not say where {noted['name']} lies", "run the refresh again")
    modified = datetime.fromisoformat(noted["modified"])
    return StoredFile(noted["name"], place.length, modified, partial(warc.open_record, home, place), place.digest)


def _note(home: Path) -> dict[str, Any] | None:
    return next(iter(index.lines(home / LATEST)), None)


def _sweep(home: Path, places: index.Places) -> None:
    """Remove what a killed run left: files that are not finished, WARC files that the index does not know.

    What a server said stays in any case, should the source once have been a live one.
    """
    known = {place.warc for place in places.values()}
    for path in home.iterdir():
        left = ".warc" in path.suffixes and path.name not in known and not path.name.startswith(warc.VISIT)
        if left or path.name.endswith(index.NEW):
            path.unlink()
