"""The connector `imap`: the letters of one folder of a mailbox on a server, over TLS, each fetched once.

Read-only: the folder is opened by EXAMINE and letters are fetched by PEEK, so that nothing is marked as read. The
cursor keeps the last number (UID) and the numbering's own (UIDVALIDITY, RFC 9051 2.3.1.1); a letter that leaves the
folder stays with us. User and password come from the environment variables that the source names.
What does not belong here: what a letter is to us (`letters`).
"""

from __future__ import annotations

import imaplib
import os
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from imap_tools.imap_utf7 import utf7_encode

from commons_graph.capture.http import reach
from commons_graph.capture.live import letters
from commons_graph.capture.live.records import Found, Unchanged
from commons_graph.capture.live.visit import Answer, Visit
from commons_graph.errors import CommonsError
from commons_graph.model import Refusal
from commons_graph.source import Source

PORT = 993
SECONDS = 60.0
SIZE = re.compile(rb"RFC822\.SIZE (\d{1,18})")
HEAD = f"(RFC822.SIZE BODY.PEEK[HEADER.FIELDS (FROM MESSAGE-ID)]<0.{letters.LONGEST_HEAD}>)"
"""What tells whose letter it is, before it is fetched."""
BROKEN = (imaplib.IMAP4.error, OSError, ValueError)


def visit(visit: Visit) -> Iterator[Answer]:
    """Give the letters that came since the last visit. Raises `CommonsError` when the server does not give them."""
    visit.whole = False
    source, box = visit.source, urlsplit(str(visit.source.options.get("mailbox", "")))
    try:
        with _Server(box, source.private) as server:
            _log_in(server, source)
            yield from _since(server, unquote(box.path.strip("/")) or "INBOX", visit)
    except BROKEN as error:
        problem = f"the mailbox on {box.hostname} cannot be read ({type(error).__name__})"
        raise CommonsError(source.place, problem, "check its address, the certificate, and the user's rights") from None


class _Server(imaplib.IMAP4_SSL):
    """A connection to just the address that was checked, TLS verified for the name; no answer may be too large."""

    def __init__(self, box: SplitResult, private: bool) -> None:
        if box.scheme != "imaps" or not box.hostname:
            raise CommonsError("options.mailbox", "is no imaps:// address", "write imaps://mail.example/INBOX")
        self._ips = reach.resolved(box.hostname, box.port or PORT, private)
        super().__init__(box.hostname, box.port or PORT, ssl_context=ssl.create_default_context(), timeout=SECONDS)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        plain = socket.create_connection((self._ips[0], self.port), timeout)
        context: ssl.SSLContext = self.ssl_context
        return context.wrap_socket(plain, server_hostname=self.host)

    def read(self, size: int) -> bytes:
        """Read a literal, unless the server says that it is larger than any letter that we read."""
        if size > letters.LARGEST:
            raise self.abort("an answer is too large")
        return super().read(size)


def _log_in(server: _Server, source: Source) -> None:
    names = [str(source.options.get(each, "")) for each in ("user", "password")]
    user, password = (os.environ.get(name, "") for name in names)
    if not user or not password:
        raise CommonsError(source.place, f"{' or '.join(names)} is not set", "export both, then refresh again")
    with suppress(imaplib.IMAP4.error):
        server.login(user, password)
        return
    raise CommonsError(source.place, "the mail server does not let this user in", f"check {' and '.join(names)}")


def _since(server: _Server, folder: str, visit: Visit) -> Iterator[Answer]:
    """Give the letters with higher numbers than the last visit's, unless they were numbered anew."""
    said, _ = server.select(b'"%b"' % _quoted(folder), readonly=True)  # type: ignore[arg-type]
    if said != "OK":
        raise CommonsError(visit.source.place, f"there is no folder {folder!r} in the mailbox", "name another")
    numbering = (server.response("UIDVALIDITY")[1][0] or b"").decode("ascii", "replace")
    last = int(visit.cursor.get("last", "0")) if visit.cursor.get("numbering") == numbering else 0
    have = {known.marks.get("number"): known.address for known in visit.known.values()}
    _, found = server.uid("SEARCH", f"UID {last + 1}:*")
    for number in sorted(int(each) for each in (found[0] or b"").split()):
        if number > last:  # "*" is the last letter, even one that is below
            mark = f"{numbering}.{number}"
            # A visit that broke off left letters behind that its cursor does not tell of.
            answer = Unchanged(have[mark]) if mark in have else _letter(server, number, mark, visit)
            last = number
            if answer:
                yield answer
    visit.cursor.update(numbering=numbering, last=str(last))


def _quoted(folder: str) -> bytes:
    return bytes(utf7_encode(folder)).replace(b"\\", b"\\\\").replace(b'"', b'\\"')


def _letter(server: _Server, number: int, mark: str, visit: Visit) -> Answer | None:
    """Give one letter, or None for one that has just been removed. A letter that is not for us is not fetched whole."""
    told = server.uid("FETCH", str(number), HEAD)[1]
    size = SIZE.search(b" ".join(part[0] if isinstance(part, tuple) else part or b"" for part in told))
    head = _literal(told)
    if size is None or head is None:
        return None
    first = letters.read(visit.source, head)
    if isinstance(first, Refusal):
        return first
    known = visit.known.get(first.address)
    if known and known.marks.get("number", "").partition(".")[0] == mark.partition(".")[0]:
        return Unchanged(first.address)  # delivered twice: a Message-ID names one letter (RFC 5322 3.6.4)
    if int(size[1]) > letters.LARGEST:
        return letters.too_large(first.address)
    payload = _literal(server.uid("FETCH", str(number), "(BODY.PEEK[])")[1])
    answer = letters.read(visit.source, payload) if payload is not None else None
    return replace(answer, marks={"number": mark}) if isinstance(answer, Found) else answer


def _literal(parts: list[Any]) -> bytes | None:
    return next((bytes(part[1]) for part in parts if isinstance(part, tuple)), None)
