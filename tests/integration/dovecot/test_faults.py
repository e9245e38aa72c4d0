"""A mail server that dies between two letters: what came is kept, the rest is said, and the next visit goes on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from commons_graph.capture.http import Client
from commons_graph.capture.live import imap
from commons_graph.capture.live.records import Found, Known, Unchanged
from commons_graph.capture.live.visit import Visit
from commons_graph.errors import CommonsError
from commons_graph.source import Source

AT = "@"
LETTERS = Source("letters", "Letters", "imap", "https://list.example/", "fr", "https://x.example/l", "Someone")


def letter(number: int) -> bytes:
    return f"From: news{AT}list.example\r\nMessage-ID: <{number}{AT}list.example>\r\n\r\nBonjour {number}\r\n".encode()


def test_a_server_that_dies_in_the_middle_loses_nothing(post: Any, serve: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(post.authority))
    monkeypatch.setenv("MAIL_USER", "watcher")
    monkeypatch.setenv("MAIL_PASSWORD", "open sesame")
    post.deliver(*map(letter, range(5)))
    options = {"mailbox": post.mailbox(), "user": "MAIL_USER", "password": "MAIL_PASSWORD"}
    source = replace(LETTERS, private=True, options=options)
    with Client(private=True) as client:
        broken = Visit(source, client, {}, {})
        answers = imap.visit(broken)
        first = next(answers)
        assert isinstance(first, Found)
        post.server.stop()
        with pytest.raises(CommonsError, match="the mailbox on localhost cannot be read"):
            list(answers)
        assert broken.cursor == {}
        serve(["dovecot", "-F", "-c", str(post.server.folder / "dovecot.conf")], post.server.port, post.server.folder)
        known = Known(first.address, "digest", first.media_type, {}, first.marks, "2026-11-26", "2026-11-26")
        rest = list(imap.visit(Visit(source, client, {first.address: known}, broken.cursor)))
    assert rest[0] == Unchanged(first.address)
    assert [type(each) for each in rest[1:]] == [Found] * 4
