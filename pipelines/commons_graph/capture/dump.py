"""Which file a dump is read from: the one named, the source's own, or the one at its address, fetched if it changed.

What belongs here: getting the file. What does not: how it is fetched (`http.download`), read (`wiki`) or kept
(`stored_files`). What was fetched stays beside the archive, so that the next refresh asks for changes only.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TypeVar
from urllib.parse import urlsplit

from commons_graph.capture import addresses
from commons_graph.capture.http import Client, download, forget
from commons_graph.capture.media import EXPORT, media_type
from commons_graph.errors import CommonsError
from commons_graph.project import Project
from commons_graph.source import Source

FETCHED = "fetched"
PAUSE = 1.0
T = TypeVar("T")


def local(source: Source, project: Project, named: Path | None) -> Path:
    """Give the dump's file on this machine.

    Raises `CommonsError` when the source has neither a file nor a web address, or the server does not give the file.
    """
    if named or source.path:
        return named or project.root / source.path
    if not addresses.is_web(source.address):
        remedy = f"name one, or read a copy: commons refresh {source.id} --from FILE.xml.bz2"
        raise CommonsError(source.place, "has no `path`, and its `address` is no web address", remedy)
    path = _fetched(source, project)
    with Client(source.private, float(source.options.get("pause", PAUSE))) as client:
        download(client, source.address, path)
    return path


def unless_damaged(read: Iterator[T], source: Source, project: Project) -> Iterator[T]:
    """Give what is read of a dump. Where the dump breaks off, the next refresh fetches it whole, though it be the same.

    It may have been damaged on its way. Raises what the reading raises.
    """
    try:
        yield from read
    except CommonsError:
        forget(_fetched(source, project))
        raise


def _fetched(source: Source, project: Project) -> Path:
    return project.captures_dir / source.id / FETCHED / _name(source.address)


def _name(address: str) -> str:
    """Give the file's own name where it is that of a dump."""
    name = PurePosixPath(urlsplit(address).path).name
    return name if media_type(name) == EXPORT and addresses.is_readable(name) else "dump.xml"
