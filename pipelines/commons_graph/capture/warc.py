"""WARC, the archivists' format: writes files as `resource` records, and opens one record as a stream.

What belongs here: everything that knows warcio. What does not: which files are kept, and the index (`archive`).
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.warcwriter import WARCWriter

from commons_graph.capture.records import DamagedError, StoredFile
from commons_graph.errors import CommonsError

DATE = "%Y-%m-%dT%H:%M:%SZ"
VISIT = "visit-"
"""How the names of those WARC files begin that hold what a live source answered."""
LEVEL = 4
"""Of compression: a third of the time of warcio's 9, for 5 % more bytes of a wiki's dump."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file to keep: its SHA-256, its address, its media type."""

    file: StoredFile
    digest: str
    address: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the bytes of a digest lie: the WARC file's name, the record's offset, the length of the bytes."""

    digest: str
    warc: str
    offset: int
    length: int
    date: str
    address: str
    name: str


class _Hashed(io.RawIOBase):
    """A stream that remembers the digest of what was read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.digest.update(data)
        return data


class _Record(io.RawIOBase):
    """A record's bytes; complains when they are not all there, or not what they were."""

    def __init__(self, file: BinaryIO, stream: Any, place: Place) -> None:
        self._file, self._stream, self._place = file, stream, place
        self._left = place.length

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._stream.read(len(buffer))
        except (ArchiveLoadFailed, OSError, EOFError) as error:
            raise _damaged(self._place) from error
        self._left -= len(data)
        if not data and self._left:
            raise _damaged(self._place)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()


def write(path: Path, entries: Iterable[Entry], packed: bool) -> Iterator[Place]:
    """Write a WARC file, one record an entry, beside its place; when all are given, flush it and move it there.

    Raises `CommonsError` when a file changed since its digest was taken.
    """
    beside = path.with_name(f"{path.name}.new")
    with beside.open("wb") as out:
        for entry in entries:
            yield place_of(entry, path.name, out.tell())
            with gzip.GzipFile("", "wb", LEVEL, out, mtime=0) if packed else nullcontext(out) as record:
                write_record(WARCWriter(record, gzip=False), entry)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(path)


def open_record(folder: Path, place: Place) -> BinaryIO:
    """Open the bytes of one record as a stream. Raises `CommonsError` when they are gone or damaged."""
    try:
        file = (folder / place.warc).open("rb")
        file.seek(place.offset)
        record = next(iter(ArchiveIterator(file, check_digests="raise")))
    except (OSError, ArchiveLoadFailed, StopIteration) as error:
        raise _damaged(place) from error
    return cast(BinaryIO, io.BufferedReader(_Record(file, record.content_stream(), place), 1 << 18))


def write_record(writer: Any, entry: Entry) -> None:
    """Add one `resource` record. Raises `CommonsError` when the file changed since its digest was taken."""
    headers = {
        "WARC-Date": entry.file.modified.strftime(DATE),
        "WARC-Block-Digest": f"sha256:{entry.digest}",
        "WARC-Payload-Digest": f"sha256:{entry.digest}",
    }
    with entry.file.open() as raw:
        stream = _Hashed(raw)
        record = writer.create_warc_record(
            entry.address,
            "resource",
            payload=stream,
            length=entry.file.size,
            warc_content_type=entry.media_type,
            warc_headers_dict=headers,
        )
        writer.write_record(record)
    if stream.digest.hexdigest() != entry.digest:
        raise CommonsError(entry.file.name, "changed while it was read", "run the refresh again")


def place_of(entry: Entry, warc: str, offset: int) -> Place:
    """Give where an entry lies once it is written."""
    date = entry.file.modified.strftime(DATE)
    return Place(entry.digest, warc, offset, entry.file.size, date, entry.address, entry.file.name)


def _damaged(place: Place) -> DamagedError:
    return DamagedError(f"captures/{place.warc}", f"the record of {place.name} is damaged", "restore it from a copy")
