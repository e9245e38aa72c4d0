"""A wiki's dump by its address: fetched when it changed, and no harm when it is not there or damaged."""

from __future__ import annotations

import bz2
import shutil
from collections.abc import Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from commons_graph.commands import refresh
from commons_graph.project import Project
from commons_graph.publish.releases import current, releases

YAML = """
title: The wiki of the valley
connector: mediawiki-dump
address: http://127.0.0.1:{port}/dumps/latest.xml.bz2
pages: https://wiki.example/{{title}}
language: en
kind: wiki entry
licence: https://creativecommons.org/licenses/by-sa/4.0/
publisher: Association du Val
enabled: true
private: true
expect: {{documents: 1, max_drop: 0.9}}
options: {{pause: 0}}
"""
REVISION = "<revision><id>{number}</id><text>{text}</text></revision>"
PAGE = f"<page><title>{{title}}</title><ns>0</ns><id>{{number}}</id>{REVISION}</page>"
TEXT = "'''{0}''' is a worker cooperative in Lyon that works on the commons. It was founded by Ada Roy in 2012."


def export(*titles: str) -> bytes:
    pages = (PAGE.format(title=title, number=n + 1, text=TEXT.format(title)) for n, title in enumerate(titles))
    return bz2.compress(f"<mediawiki>{''.join(pages)}</mediawiki>".encode())


class Dumps(ThreadingHTTPServer):
    """Serves one dump, or nothing while it is empty; `answers` are the statuses in order."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.dump = export("Vale Coop", "Hill Coop")
        self.answers: list[int] = []
        Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()


class Handler(BaseHTTPRequestHandler):
    server: Dumps

    def do_GET(self) -> None:
        dump = self.server.dump if self.path == "/dumps/latest.xml.bz2" else b""
        mark = f'"{sha256(dump).hexdigest()}"'
        status = 404 if not dump else 304 if self.headers["If-None-Match"] == mark else 200
        if self.path != "/robots.txt":
            self.server.answers.append(status)
        body = dump if status == 200 else b""
        self.send_response(status)
        self.send_header("ETag", mark)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[Dumps]:
    running = Dumps()
    yield running
    running.shutdown()
    running.server_close()


@pytest.fixture(scope="module")
def read_once(unread: Path, server: Dumps, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project folder after the dump was read for the first time. No test changes it."""
    root = shutil.copytree(unread, tmp_path_factory.mktemp("wiki") / "project")
    text = YAML.lstrip().format(port=server.server_address[1])
    (root / "sources" / "wiki.yaml").write_text(text, encoding="utf-8")
    wiki = Project(root, root / "warehouse")
    assert run(wiki) == 0
    assert server.answers == [200]
    assert "Vale Coop" in (current(wiki).path / "graph.nt").read_text(encoding="utf-8")
    return root


@pytest.fixture
def dumps(read_once: Path, server: Dumps) -> Dumps:
    """The server, with the dump that was read, which nobody has asked for since."""
    server.dump, server.answers = export("Vale Coop", "Hill Coop"), []
    return server


@pytest.fixture
def wiki(read_once: Path, tmp_path: Path) -> Project:
    """A copy of the project folder."""
    root = shutil.copytree(read_once, tmp_path / "project", symlinks=True)
    return Project(root, root / "warehouse")


def run(project: Project) -> int:
    return refresh.run(project, ["wiki"], None)


def test_a_dump_is_fetched_once_while_it_is_the_same(wiki: Project, dumps: Dumps) -> None:
    assert run(wiki) == 0
    assert dumps.answers == [304]
    assert [each.number for each in releases(wiki)] == [1]
    dumps.dump = export("Vale Coop", "Hill Coop", "Lake Coop")
    assert run(wiki) == 0
    assert dumps.answers == [304, 200]
    assert "Lake Coop" in (current(wiki).path / "graph.nt").read_text(encoding="utf-8")


def test_a_dump_that_is_not_there_leaves_all_as_it_was(
    wiki: Project, dumps: Dumps, capsys: pytest.CaptureFixture[str]
) -> None:
    dumps.dump = b""
    assert run(wiki) == 0
    assert [each.number for each in releases(wiki)] == [1]
    assert "answered 404" in "".join(capsys.readouterr())


def test_a_damaged_dump_publishes_nothing_and_the_next_whole_one_does(
    wiki: Project, dumps: Dumps, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = export("Vale Coop", "Hill Coop", "Lake Coop")
    dumps.dump = whole[: len(whole) // 2]
    assert run(wiki) != 0
    assert "cut off" in "".join(capsys.readouterr())
    assert [each.number for each in releases(wiki)] == [1]
    assert run(wiki) != 0
    assert dumps.answers == [200, 200], "it may have been damaged on its way"
    dumps.dump = whole
    assert run(wiki) == 0
    assert "Lake Coop" in (current(wiki).path / "graph.nt").read_text(encoding="utf-8")
