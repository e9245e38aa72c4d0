"""The whole job on a real mailbox: its letters once, then the new one, through a time when the server is away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from commons_job import graph, make, rebuilt, refresh, said

from commons_graph.project import Project
from commons_graph.publish.releases import current, releases

AT = "@"
SENDER, STRANGER = f"news{AT}val.example", f"friend{AT}private.example"
HEAD = "From: {sender}\r\nMessage-ID: <{name}{at}val.example>\r\nSubject: Lettre des {name}\r\nDate: {date}\r\n"
TEXT = "L'Association du Val est partenaire de la Fondation des {}. L'Association du Val travaille sur les communs."


def letter(name: str, sender: str = SENDER) -> bytes:
    head = HEAD.format(sender=sender, name=name, at=AT, date="Mon, 2 Nov 2026 09:00:00 +0000")
    return f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{TEXT.format(name)}\r\n".encode()


@pytest.fixture
def project(post: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project that reads the mailbox, with its user and password where the source says."""
    for name, value in (("CERT_FILE", post.authority), ("USER", "watcher"), ("PASSWORD", "open sesame")):
        monkeypatch.setenv(f"SSL_{name}" if name == "CERT_FILE" else f"MAIL_{name}", str(value))
    options = {"mailbox": post.mailbox("Lettres"), "user": "MAIL_USER", "password": "MAIL_PASSWORD", "from": [SENDER]}
    told = {"connector": "imap", "address": "https://val.example/letters", "kind": "newsletter", "options": options}
    return make(tmp_path / "project", letters=told)


def archived(project: Project) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in (project.captures_dir / "letters").glob("*.warc.gz")}


def names(project: Project) -> set[str]:
    return {name for name in ("Lacs", "Monts", "Pins", "Secrets", "Rives") if f"Fondation des {name}" in graph(project)}


def test_new_mail_between_two_refreshes_is_all_that_is_read(
    post: Any, serve: Any, project: Project, tmp_path: Path
) -> None:
    post.deliver(letter("Lacs"), letter("Monts"), folder="Lettres")
    done = refresh(project)
    assert done.returncode == 0, done.stderr
    assert "letters: 2 added, 0 changed, 0 gone, 0 failed" in done.stderr
    assert names(project) == {"Lacs", "Monts"}

    before = archived(project)
    done = refresh(project)
    assert "letters: 0 added, 0 changed, 0 gone, 0 failed" in done.stderr
    assert (archived(project), len(releases(project))) == (before, 1), "no letter came again, nothing is published"

    post.deliver(letter("Pins"), letter("Secrets", STRANGER), folder="Lettres")
    done = refresh(project)
    assert "letters: 1 added, 0 changed, 0 gone, 1 failed" in done.stderr
    assert (names(project), current(project).number) == ({"Lacs", "Monts", "Pins"}, 2)
    assert STRANGER not in done.stderr
    assert all(b"Seen" not in flags for flags in post.flags("Lettres"))

    post.server.stop()
    done = refresh(project)
    assert done.returncode == 0, done.stderr
    assert "the read broke off, the rest stays as it was" in done.stderr
    assert (names(project), current(project).number) == ({"Lacs", "Monts", "Pins"}, 2)

    serve(["dovecot", "-F", "-c", str(post.server.folder / "dovecot.conf")], post.server.port, post.server.folder)
    post.deliver(letter("Rives"), folder="Lettres")
    done = refresh(project)
    assert "letters: 1 added, 0 changed, 0 gone, 0 failed" in done.stderr
    assert names(project) == {"Lacs", "Monts", "Pins", "Rives"}
    assert "open sesame" not in done.stdout + done.stderr
    assert said(rebuilt(project, tmp_path / "rebuilt")) == said(project)
