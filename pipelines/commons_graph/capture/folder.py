"""The connector `folder`: the files below a folder, in order, without what could lead elsewhere or never end.

What belongs here: which files there are. What does not: what is in them (`reading`).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from commons_graph.capture.addresses import is_readable
from commons_graph.capture.media import EXPORT, META_NAMES, NOT_DOCUMENTS, media_type
from commons_graph.capture.records import StoredFile
from commons_graph.model import Refusal

LARGEST = 20_000_000


def files(folder: Path) -> Iterator[StoredFile | Refusal]:
    """Give the readable files below a folder, sorted by name, and a refusal for each that is not read."""
    inside = folder.resolve()
    named = ((name_of(path.relative_to(folder)), path) for path in walk(folder))
    for name, path in sorted(named):
        if path.name not in NOT_DOCUMENTS or name in META_NAMES:
            yield _refuse_link(path, name, inside) or one(path, name)


def name_of(path: Path) -> str:
    """Give a path as text with slashes. Names of files are UTF-8 where they can be, whatever the terminal's encoding:
    it must not change the addresses of documents.
    """
    try:
        return os.fsencode(path.as_posix()).decode()
    except UnicodeDecodeError:
        return path.as_posix()


def one(path: Path, name: str) -> StoredFile | Refusal:
    """Give one file under a name, or the reason why it is not read."""
    if not is_readable(name):
        return Refusal(ascii(name), "its name is not readable text", "rename the file")
    if not media_type(name) and name not in META_NAMES:
        return Refusal(name, "files of this kind are not read", "save it as .html, .md, .txt, .pdf, .eml or .mediawiki")
    try:
        about = path.stat()
    except OSError as error:
        return Refusal(name, f"cannot be read ({error.strerror})", "check the file and its permissions")
    if not stat.S_ISREG(about.st_mode):
        return Refusal(name, "is no regular file", "remove it from the folder")
    if about.st_size > LARGEST and media_type(name) != EXPORT:
        return Refusal(name, f"is larger than {LARGEST // 1_000_000} MB", "cut it into documents")
    modified = datetime.fromtimestamp(int(about.st_mtime), UTC)
    return StoredFile(name, about.st_size, modified, partial(_open, path))


def _open(path: Path) -> BinaryIO:
    return cast(BinaryIO, path.open("rb"))


def walk(folder: Path) -> Iterator[Path]:
    """Give everything below a folder that is no folder itself; links to folders are given, and not followed."""
    for parent, folders, names in os.walk(folder, followlinks=False):
        here = Path(parent)
        linked = [name for name in folders if (here / name).is_symlink()]
        folders[:] = [name for name in folders if not name.startswith(".") and name not in linked]
        yield from (here / name for name in [*names, *linked] if not name.startswith("."))


def _refuse_link(path: Path, name: str, inside: Path) -> Refusal | None:
    if not path.is_symlink():
        return None
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return Refusal(name, "is a link to nothing", "remove the link")
    if not target.is_relative_to(inside):
        return Refusal(name, "is a link that leaves the folder", "copy the file into the folder")
    if target.is_dir():
        return Refusal(name, "is a link to a folder", "its files are read where they are")
    return None
