"""The connector `mail`: letters on this machine, in a folder of .eml files, a Maildir or an mbox file.

Each is told every time, so that one that was taken out is gone after two visits. Nothing is changed in the mailbox.
What does not belong here: what a letter is to us (`letters`), mailboxes on a server (`imap`).
"""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from pathlib import Path

from commons_graph.capture import folder
from commons_graph.capture.live import letters
from commons_graph.capture.live.visit import Answer, Visit
from commons_graph.capture.media import media_type
from commons_graph.capture.records import StoredFile
from commons_graph.errors import CommonsError
from commons_graph.model import Refusal

MAILDIR = ("cur", "new")
BROKEN = (OSError, mailbox.Error, ValueError, KeyError)


def visit(visit: Visit) -> Iterator[Answer]:
    """Give every letter of the mailbox, each once. Raises `CommonsError` when it is not there or cannot be read."""
    path = visit.local
    if path is None or not path.exists():
        remedy = f"write its `path`, or name it: commons refresh {visit.source.id} --from FOLDER"
        raise CommonsError(str(path or visit.source.place), "there is no mailbox", remedy)
    met: set[str] = set()
    for found in _letters(path):
        answer = letters.read(visit.source, found) if isinstance(found, bytes) else found
        if answer.address not in met:
            met.add(answer.address)
            yield answer


def _letters(path: Path) -> Iterator[bytes | Refusal]:
    if path.is_file():
        return _of_mbox(path)
    if all((path / name).is_dir() for name in MAILDIR):
        return (letter for name in MAILDIR for letter in _of_maildir(path / name))
    return _of_files(path)


def _of_mbox(path: Path) -> Iterator[bytes | Refusal]:
    try:
        box = mailbox.mbox(path, create=False)
        for key in box.iterkeys():
            with box.get_file(key) as letter:
                yield letter.read(letters.LARGEST + 1)
    except BROKEN as error:
        raise CommonsError(str(path), "is no mbox file that can be read", "name another file") from error


def _of_maildir(path: Path) -> Iterator[bytes | Refusal]:
    for found in sorted(path.iterdir()):
        if not found.name.startswith(".") and not found.is_symlink():
            # behind the colon are the flags, which change when somebody reads the letter
            stored = folder.one(found, f"{found.name.partition(':')[0]}.eml")
            yield _bytes(stored) if isinstance(stored, StoredFile) else stored


def _of_files(path: Path) -> Iterator[bytes | Refusal]:
    for found in folder.files(path):
        if isinstance(found, StoredFile) and media_type(found.name) == letters.MEDIA_TYPE:
            yield _bytes(found)
        else:
            yield found if isinstance(found, Refusal) else Refusal(found.name, "is no letter", "keep only .eml here")


def _bytes(letter: StoredFile) -> bytes | Refusal:
    try:
        with letter.open() as stream:
            return stream.read(letters.LARGEST + 1)
    except OSError as error:
        return Refusal(letter.name, f"cannot be read ({error.strerror})", "check the file and its permissions")
