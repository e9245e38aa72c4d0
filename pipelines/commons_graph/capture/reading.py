"""Reads a source: finds its files, then makes a capture of each document in them.

What belongs here: the choice by connector and by kind of file. What does not: how a folder is walked (`folder`), an
export parsed (`export`), the bytes kept (`archive`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import cast

from commons_graph.capture import addresses, folder, meta, wiki
from commons_graph.capture.media import EXPORT, KINDS, META_NAMES, WIKITEXT, media_type, wiki_title
from commons_graph.capture.records import DamagedError, StoredFile
from commons_graph.errors import CommonsError
from commons_graph.model import Archived, Capture, Refusal
from commons_graph.project import Project
from commons_graph.source import Source

DUMP = "mediawiki-dump"
# The settings that change what a read gives, and the options that do not.
MATTERS = ("address", "pages", "api", "kind", "language")
MANNERS = frozenset({"pause", "seconds"})
LOOSE = Source(
    id="files", title="Files", connector="folder", address="", language="en", licence="", publisher="", kind="web page"
)


def read(source: Source, project: Project, local: Path | None = None) -> Iterator[Capture | Refusal]:
    """Give the documents of a source, each a capture, and a refusal for what is not read.

    `local` is a copy on disk (a folder, or a dump file) to read instead of the source's own path.
    Raises `CommonsError` when the source cannot be read at all, and, after the pages before it, when a dump is
    damaged or cut off: then the caller keeps the previous state.
    """
    return captures(source, files(source, project, local))


def read_paths(paths: Sequence[Path], source: Source = LOOSE, table: Path | None = None) -> Iterator[Capture | Refusal]:
    """Give the documents of single files, as if they lay in one folder; `table` is a meta.tsv for them."""
    items = [folder.one(path, folder.name_of(Path(path.name))) if path.is_file() else _absent(path) for path in paths]
    named = folder.one(table, META_NAMES[0]) if table else None
    return captures(source, [*items, *([named] if named else [])], whole=False)


def fingerprint(source: Source, project: Project, local: Path | None = None) -> str:
    """Give a digest of what a read would give: the names and bytes of its files, and the settings that matter.

    Raises `CommonsError` when the source cannot be read at all.
    """
    found = list(files(source, project, local))
    return fingerprint_of(source, found, {item.name: digest(item) for item in found if isinstance(item, StoredFile)})


def fingerprint_of(source: Source, found: Sequence[StoredFile | Refusal], digests: Mapping[str, str]) -> str:
    """Give the fingerprint of files whose digests are known already."""
    whole = hashlib.sha256(settings(source).encode())
    for item in found:
        line = [item.name, digests[item.name]] if isinstance(item, StoredFile) else [item.address, item.reason]
        whole.update(json.dumps(line).encode())
    return whole.hexdigest()


def settings(source: Source) -> str:
    """Give the settings of a source that change what a read of it gives, as a text."""
    options = {name: value for name, value in sorted(source.options.items()) if name not in MANNERS}
    return json.dumps([*(getattr(source, name) for name in MATTERS), options], default=str)


def digest(file: StoredFile) -> str:
    """Give the SHA-256 of a file's bytes. Raises `CommonsError` when it cannot be read."""
    try:
        with file.open() as stream:
            return hashlib.file_digest(cast(BytesIO, stream), "sha256").hexdigest()
    except OSError as error:
        raise CommonsError(file.name, f"cannot be read ({error.strerror})", "check the file") from error


def files(source: Source, project: Project, local: Path | None) -> Iterator[StoredFile | Refusal]:
    """Give the files of a source, in order. Raises `CommonsError` when there is nothing to read."""
    path = local or (project.root / source.path if source.path else None)
    if source.connector not in ("folder", DUMP):
        raise CommonsError(source.place, f"the connector `{source.connector}` cannot be read yet", _remedy(source))
    if path is None:
        raise CommonsError(source.place, "has no `path`", _remedy(source))
    if not path.exists():
        raise CommonsError(str(path), "is not there", "check the path")
    if source.connector == DUMP and not path.is_file():
        raise CommonsError(str(path), "is a folder, expected a dump file (.xml, .xml.bz2, …)", _remedy(source))
    found = [folder.one(path, folder.name_of(Path(path.name)))] if path.is_file() else list(folder.files(path))
    return iter([*found, *_table(source, project, {item.name for item in found if isinstance(item, StoredFile)})])


def _table(source: Source, project: Project, names: set[str]) -> Iterator[StoredFile | Refusal]:
    """Give the table beside the source's YAML, NAME.meta.tsv, for a folder that has none of its own."""
    path = project.sources_dir / f"{source.id}.meta.tsv"
    if path.is_file() and not names & set(META_NAMES):
        yield folder.one(path, META_NAMES[0])


def captures(source: Source, items: Iterable[StoredFile | Refusal], whole: bool = True) -> Iterator[Capture | Refusal]:
    """Give the documents in the given files of a source, with their bytes. Otherwise as `listed`."""
    return (item if isinstance(item, Refusal) else item.read() for item in listed(source, items, whole))


def listed(source: Source, items: Iterable[StoredFile | Refusal], whole: bool = True) -> Iterator[Archived | Refusal]:
    """Give the documents in the given files of a source; tables (`meta.tsv`) among them are read first.

    Where these are not the `whole` source, tables may name other files, too. A file of which the digest is known is
    read when it is wanted, unless it holds several documents. Raises `CommonsError` when a dump is damaged, or what
    the archive holds of a table or of a file of several documents: then the caller keeps the previous state.
    """
    found = list(items)
    names = {item.name for item in found if isinstance(item, StoredFile)} if whole else None
    rows: meta.Rows = {}
    for item in found:
        if isinstance(item, StoredFile) and item.name in META_NAMES:
            more, refused = meta.load(item, names)
            rows.update(more)
            yield from refused
    for item in found:
        if isinstance(item, Refusal):
            yield item
        elif item.name not in META_NAMES:
            yield from _documents(item, source, rows.get(item.name, {}))


def _documents(file: StoredFile, source: Source, row: dict[str, str]) -> Iterator[Archived | Refusal]:
    hints = {name: value for name, value in row.items() if name != "url"}
    try:
        if media_type(file.name) == EXPORT:
            for item in wiki.captures(file, source, hints):
                yield item if isinstance(item, Refusal) else Archived.of(item)
        else:
            yield _document(file, source, row.get("url", ""), hints)
    except OSError as error:
        yield Refusal(file.name, f"cannot be read ({error.strerror})", "check the file and its permissions")
    except CommonsError as error:
        if source.connector == DUMP or isinstance(error, DamagedError):
            raise
        yield Refusal(error.place, error.problem, error.remedy)


def _document(file: StoredFile, source: Source, url: str, hints: dict[str, str]) -> Archived:
    kind = media_type(file.name)
    own = {"kind": KINDS.get(kind, source.kind)}
    address = url or addresses.of_file(source.address, file.name)
    if kind == WIKITEXT:
        own["title"] = wiki_title(file.name)
        address = url or (addresses.of_page(source.pages, own["title"]) if source.pages else address)
    capture = Capture(source.id, address, kind, b"", file.digest, file.modified, {**own, **hints})
    if file.digest:
        return Archived(capture, partial(_payload, file))
    payload = _payload(file)
    return Archived.of(replace(capture, payload=payload, digest=hashlib.sha256(payload).hexdigest()))


def _payload(file: StoredFile) -> bytes:
    with file.open() as stream:
        return stream.read()


def _absent(path: Path) -> Refusal:
    problem = "is a folder" if path.is_dir() else "is not there"
    return Refusal(str(path), problem, "name single files")


def _remedy(source: Source) -> str:
    what = "FILE.xml.bz2" if source.connector == DUMP else "FOLDER"
    return f"read a local copy: commons refresh {source.id} --from {what}"
