"""The connector `imap` against a real Dovecot: each letter once, nothing marked, nothing believed without proof."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from commons_graph.capture import archive
from commons_graph.errors import CommonsError
from commons_graph.model import Capture
from commons_graph.project import Project
from commons_graph.source import Source
from commons_graph.step_note import Tally

AT = "@"
USER, PASSWORD = "watcher", "open sesame"
SENDER, STRANGER = f"news{AT}list.example", f"friend{AT}private.example"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, tmp_path / "warehouse")


@pytest.fixture
def letters(post: Any, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Source:
    """A folder of its own for each test, with the user's name and password where the source says."""
    monkeypatch.setenv("SSL_CERT_FILE", str(post.authority))
    monkeypatch.setenv("MAIL_USER", USER)
    monkeypatch.setenv("MAIL_PASSWORD", PASSWORD)
    name = request.node.name.partition("[")[0]
    options = {"mailbox": post.mailbox(name), "user": "MAIL_USER", "password": "MAIL_PASSWORD", "from": [SENDER]}
    return Source(
        id="letters",
        title="Letters",
        connector="imap",
        address="https://list.example/",
        language="fr",
        licence="https://creativecommons.org/licenses/by/4.0/",
        publisher="Someone",
        private=True,
        options=options,
    )


def folder(source: Source) -> str:
    return str(source.options["mailbox"]).rpartition("/")[2]


def letter(number: str, sender: str = SENDER, text: str = "Bonjour") -> bytes:
    head = f"From: {sender}\r\nMessage-ID: <{number}{AT}list.example>\r\nSubject: n\r\n"
    return f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n".encode()


def test_all_letters_then_the_new_one_then_nothing(post: Any, letters: Source, project: Project) -> None:
    post.deliver(letter("one"), letter("two"), letter("private", STRANGER), folder=folder(letters))
    first = archive.keep(letters, project)
    assert (first.tally, [each.reason for each in first.refused]) == (
        Tally(added=2, failed=1),
        ["its sender is not among `options.from`"],
    )
    post.deliver(letter("three"), folder=folder(letters))
    second = archive.keep(letters, project)
    assert (second.new, second.tally) == (1, Tally(added=1))
    third = archive.keep(letters, project)
    assert (third.new, third.known, third.tally, third.fingerprint) == (0, 3, Tally(), second.fingerprint)
    found = [each for each in archive.replay(letters, project) if isinstance(each, Capture)]
    assert sorted(each.payload for each in found) == sorted(letter(name) for name in ("one", "two", "three"))
    assert all(b"Seen" not in flags and b"FLAGS" in flags for flags in post.flags(folder(letters)))


def test_a_letter_of_somebody_else_is_not_even_fetched(post: Any, letters: Source, project: Project) -> None:
    post.deliver(letter("private", STRANGER, "a secret"), letter("one"), folder=folder(letters))
    archive.keep(letters, project)
    kept = b"".join(path.read_bytes() for path in (project.captures_dir / "letters").iterdir())
    assert b"a secret" not in kept
    assert STRANGER.encode() not in kept


def test_letters_that_leave_the_folder_stay_and_a_new_numbering_doubles_none(
    post: Any, letters: Source, project: Project
) -> None:
    post.deliver(letter("one"), letter("two"), folder=folder(letters))
    first = archive.keep(letters, project)
    post.empty(folder(letters))
    assert [archive.keep(letters, project).tally for _ in range(2)] == [Tally(), Tally()]
    post.renumber(folder(letters))
    post.deliver(letter("two"), letter("three"), folder=folder(letters))
    again = archive.keep(letters, project)
    assert (first.tally, again.tally) == (Tally(added=2), Tally(added=1))


def test_a_letter_delivered_twice_is_one(post: Any, letters: Source, project: Project) -> None:
    post.deliver(letter("one"), folder=folder(letters))
    archive.keep(letters, project)
    post.deliver(letter("one", text="another text under the same name"), folder=folder(letters))
    assert archive.keep(letters, project).tally == Tally()


def test_a_folder_may_have_any_name(post: Any, letters: Source, project: Project) -> None:
    post.deliver(letter("one"), folder='"Infolettres &AOk-t&AOk-"')
    box = {**letters.options, "mailbox": post.mailbox("Infolettres%20été")}
    assert archive.keep(replace(letters, options=box), project).new == 1


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("password", "the mail server does not let this user in; check MAIL_USER and MAIL_PASSWORD"),
        ("unset", "MAIL_USER or MAIL_PASSWORD is not set"),
        ("public", "lies in a private network"),
        ("authority", "cannot be read (SSLCertVerificationError)"),
        ("name", "cannot be read (SSLCertVerificationError)"),
        ("folder", "there is no folder 'nowhere' in the mailbox"),
        ("plain", "is no imaps:// address"),
    ],
)
def test_who_is_not_let_in_is_told_why_and_no_secret_is(
    post: Any,
    letters: Source,
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    what: str,
    said: str,
) -> None:
    boxes = {
        "folder": post.mailbox("nowhere"),
        "name": post.mailbox().replace("localhost", "127.0.0.1"),
        "plain": post.mailbox().replace("imaps:", "imap:"),
    }
    if what == "password":
        monkeypatch.setenv("MAIL_PASSWORD", "closed sesame")
    elif what == "unset":
        monkeypatch.delenv("MAIL_PASSWORD")
    elif what == "authority":
        monkeypatch.delenv("SSL_CERT_FILE")
    box = {**letters.options, "mailbox": boxes.get(what, post.mailbox())}
    caplog.set_level(logging.DEBUG)
    with pytest.raises(CommonsError) as raised:
        archive.keep(replace(letters, options=box, private=what != "public"), project)
    assert said in str(raised.value)
    assert "sesame" not in str(raised.value) + caplog.text
    assert not list((project.captures_dir / "letters").glob("*.warc.gz"))


def test_a_letter_of_more_than_20_megabytes_is_refused_unread(post: Any, letters: Source, project: Project) -> None:
    post.deliver(letter("huge", text="x" * 20_000_001), letter("one"), folder=folder(letters))
    kept = archive.keep(letters, project)
    assert (kept.new, [each.reason for each in kept.refused]) == (1, ["is larger than 20 MB"])
