"""The connector `mail`: letters in a folder, a Maildir and an mbox file; whose they are, and what they are called."""

from __future__ import annotations

import mailbox
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from commons_graph.capture import archive
from commons_graph.capture.live import letters
from commons_graph.capture.live.records import Found
from commons_graph.errors import CommonsError
from commons_graph.model import Capture, Refusal
from commons_graph.project import Project
from commons_graph.source import Source
from commons_graph.step_note import Tally

AT = "@"
LETTERS = Source(
    id="letters",
    title="Letters",
    connector="mail",
    address="https://list.example/letters",
    language="fr",
    licence="https://creativecommons.org/licenses/by/4.0/",
    publisher="Someone",
    path="box",
    options={"from": [f"news{AT}list.example", f"{AT}allies.example"]},
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, tmp_path / "warehouse")


def letter(number: str, sender: str = f"La Liste <news{AT}list.example>", text: str = "Bonjour") -> bytes:
    return f"From: {sender}\r\nMessage-ID: <{number}{AT}list.example>\r\nSubject: n\r\n\r\n{text}\r\n".encode()


def in_folder(box: Path, *messages: bytes) -> None:
    box.mkdir()
    for number, message in enumerate(messages):
        (box / f"{number}.eml").write_bytes(message)


def in_maildir(box: Path, *messages: bytes) -> None:
    for name in ("cur", "new", "tmp"):
        (box / name).mkdir(parents=True)
    for number, message in enumerate(messages):
        (box / ("cur" if number % 2 else "new") / f"{number}.host:2,").write_bytes(message)


def in_mbox(box: Path, *messages: bytes) -> None:
    made = mailbox.mbox(box)
    for message in messages:
        made.add(message)
    made.close()


def captured(project: Project, source: Source = LETTERS) -> list[Capture]:
    found = list(archive.replay(source, project))
    assert all(isinstance(each, Capture) for each in found), found
    return [each for each in found if isinstance(each, Capture)]


@pytest.mark.parametrize("put", [in_folder, in_maildir, in_mbox])
def test_each_letter_is_one_document_under_an_address_that_stays(project: Project, put: Callable[..., None]) -> None:
    put(project.root / "box", letter("one"), letter("two"))
    first = archive.keep(LETTERS, project)
    assert (first.tally, first.refused) == (Tally(added=2), ())
    again = archive.keep(LETTERS, project)
    assert (again.tally, again.fingerprint) == (Tally(), first.fingerprint)
    one, two = captured(project)
    assert {one.media_type, two.media_type} == {"message/rfc822"}
    assert {one.address, two.address} == {letters.read(LETTERS, letter(name)).address for name in ("one", "two")}
    assert AT not in one.address + two.address
    assert one.address.startswith("https://list.example/letters/")
    assert b"Bonjour" in one.payload


@pytest.mark.parametrize("put", [in_folder, in_maildir, in_mbox])
def test_a_letter_without_a_number_is_the_same_one_in_every_mailbox(project: Project, put: Callable[..., None]) -> None:
    nameless = letter("one").replace(b"Message-ID", b"X-Other").rstrip()
    put(project.root / "box", nameless.replace(b"\r\n", b"\n"))
    archive.keep(LETTERS, project)
    (one,) = captured(project)
    assert one.address == letters.read(LETTERS, nameless).address


def test_only_letters_of_the_named_senders_are_read_and_no_address_is_told(project: Project) -> None:
    stranger = f"stranger{AT}elsewhere.example"
    in_folder(
        project.root / "box",
        letter("one", f"=?utf-8?q?=C3=89t=C3=A9?= <NEWS{AT}List.example>"),
        letter("two", f"anyone{AT}allies.example"),
        letter("three", stranger),
        letter("four", f'"news{AT}list.example" <{stranger}>'),
        letter("five", f"news{AT}list.example.elsewhere.example"),
        letter("six", f"sub{AT}sub.allies.example"),
    )
    kept = archive.keep(LETTERS, project)
    assert (kept.new, len(kept.refused)) == (2, 4)
    assert {each.reason for each in kept.refused} == {"its sender is not among `options.from`"}
    assert AT not in "".join(each.address + each.reason + each.remedy for each in kept.refused)
    written = b"".join(path.read_bytes() for path in (project.captures_dir / "letters").glob("*.jsonl"))
    assert stranger.encode() not in written


def test_a_letter_that_was_taken_out_is_gone_after_two_visits(project: Project) -> None:
    in_folder(project.root / "box", letter("one"), letter("two"))
    archive.keep(LETTERS, project)
    (project.root / "box" / "0.eml").unlink()
    assert archive.keep(LETTERS, project).tally == Tally()
    assert archive.keep(LETTERS, project).tally == Tally(gone=1)
    assert len(captured(project)) == 1


def test_reading_a_letter_in_a_maildir_changes_nothing(project: Project) -> None:
    in_maildir(project.root / "box", letter("one"))
    first = archive.keep(LETTERS, project)
    (project.root / "box" / "new" / "0.host:2,").rename(project.root / "box" / "cur" / "0.host:2,S")
    again = archive.keep(LETTERS, project)
    assert (again.tally, again.fingerprint) == (Tally(), first.fingerprint)


@pytest.mark.parametrize(
    "head",
    [
        b"Message-ID: <a\x00\x1b[31m\xff\xfe" + b"x" * 50_000 + b">\n",
        b"Message-ID: <../../etc/passwd>\n",
        b"Message-ID:\n",
        b"",
        b"\xff\xfe\x00garbage\n: \n\t\n",
        b"Message-ID: <a>\nMessage-ID: <b>\n",
    ],
)
def test_a_hostile_message_id_makes_an_address_like_any_other(head: bytes) -> None:
    found = letters.read(LETTERS, head + b"From: " + f"news{AT}list.example".encode() + b"\n\nHello\n")
    assert isinstance(found, Found), found
    name = found.address.removeprefix("https://list.example/letters/").removesuffix(".eml")
    assert len(name) == 24
    assert set(name) <= set("0123456789abcdef")


def test_a_letter_of_200_megabytes_is_refused_and_the_others_are_read(project: Project) -> None:
    in_folder(project.root / "box", letter("one"))
    with (project.root / "box" / "huge.eml").open("wb") as huge:
        huge.write(letter("huge"))
        huge.truncate(200_000_000)
    kept = archive.keep(LETTERS, project)
    assert kept.new == 1
    assert [each.reason for each in kept.refused] == ["is larger than 20 MB"]


def test_what_is_no_letter_and_what_leads_elsewhere_is_not_read(project: Project) -> None:
    in_maildir(project.root / "box", letter("one"))
    (project.root / "box" / "new" / "link").symlink_to("/etc/passwd")
    (project.root / "box" / "new" / "folder").mkdir()
    kept = archive.keep(LETTERS, project)
    assert (kept.new, kept.refused) == (1, (Refusal("folder.eml", "is no regular file", "remove it from the folder"),))


def test_a_mailbox_that_is_not_there_is_said(project: Project) -> None:
    with pytest.raises(CommonsError, match=r"there is no mailbox; write its `path`, or name it"):
        archive.keep(replace(LETTERS, path="nowhere"), project)
