"""What a visit writes into WARC files while it goes on: every exchange, and each document's bytes once.

A file that is being written ends with `.new`; it gets its name, and the index its places, when it is settled.
What belongs here: these files. What does not: the form of records (`warc_http`), and when they are settled (`keeping`).
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from commons_graph.capture import index, warc
from commons_graph.capture.http import Exchange
from commons_graph.capture.live.records import Found
from commons_graph.capture.records import StoredFile
from commons_graph.capture.warc_http import ExchangeWriter


@dataclass(slots=True)
class _Open:
    """A WARC file that is being written, under the name that it will have."""

    name: str
    file: BinaryIO
    writer: ExchangeWriter


@dataclass(slots=True)
class Recording:
    """The WARC files of one visit in a source's folder. Threads may share it."""

    home: Path
    places: index.Places = field(init=False)
    answers: index.Places = field(default_factory=dict)
    _new: bool = False
    _open: _Open | None = None
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        for path in self.home.glob(f"*{index.NEW}"):
            path.unlink()
        self.places = index.read(self.home)

    def exchange(self, exchange: Exchange) -> None:
        """Write down what was asked and answered."""
        with self._lock:
            out = self._file()
            offset, date = out.writer.write(exchange), exchange.at.strftime(warc.DATE)
            digest, length = hashlib.sha256(exchange.body).hexdigest(), len(exchange.body)
            place = warc.Place(digest, out.name, offset, length, date, exchange.address, exchange.address)
            if exchange.status == 200:
                self.answers[digest] = place

    def document(self, found: Found) -> str:
        """See to it that a document's bytes are kept, as an answer or by themselves; give their digest."""
        digest = hashlib.sha256(found.payload).hexdigest()
        with self._lock:
            if digest not in self.places:
                self.places[digest] = self.answers.get(digest) or self._resource(found, digest)
                self._new = True
        return digest

    def settle(self) -> None:
        """Finish what is being written, and note in the index what is new."""
        with self._lock:
            if self._open:
                self._open.file.flush()
                os.fsync(self._open.file.fileno())
                self._open.file.close()
                path = self.home / self._open.name
                path.with_name(f"{path.name}{index.NEW}").replace(path)
                self._open = None
            if self._new:
                index.write(self.home, self.places)
                self._new = False

    def _resource(self, found: Found, digest: str) -> warc.Place:
        out = self._file()
        file = StoredFile(found.address, len(found.payload), datetime.now(UTC), partial(BytesIO, found.payload))
        entry = warc.Entry(file, digest, found.address, found.media_type)
        return warc.place_of(entry, out.name, out.writer.add(entry))

    def _file(self) -> _Open:
        if not self._open:
            name = self._free_name()
            file = (self.home / f"{name}{index.NEW}").open("wb")
            self._open = _Open(name, file, ExchangeWriter(file))
        return self._open

    def _free_name(self) -> str:
        stem, number = f"{warc.VISIT}{datetime.now(UTC):%Y%m%dT%H%M%SZ}", 0
        while (self.home / f"{stem}-{number:03d}.warc.gz").exists():
            number += 1
        return f"{stem}-{number:03d}.warc.gz"
