"""A wiki's dump by its address: fetched when it changed, and no harm when it is not there or damaged."""

from __future__ import annotations

import bz2
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


@pytest.fixture
def dumps() -> Iterator[Dumps]:
    running = Dumps()
    yield running
    running.shutdown()
    running.server_close()


@pytest.fixture
def wiki(project: Path, dumps: Dumps) -> Project:
    text = YAML.lstrip().format(port=dumps.server_address[1])
    (project / "sources" / "wiki.yaml").write_text(text, encoding="utf-8")
    return Project(project, project / "warehouse")


def run(project: Project) -> int:
    return refresh.run(project, ["wiki"], None)


def test_a_dump_is_fetched_once_while_it_is_the_same(wiki: Project, dumps: Dumps) -> None:
    assert run(wiki) == 0
    first = current(wiki)
    assert "Vale Coop" in (first.path / "graph.nt").read_text(encoding="utf-8")
    assert run(wiki) == 0
    assert dumps.answers == [200, 304]
    assert [each.number for each in releases(wiki)] == [1]
    dumps.dump = export("Vale Coop", "Hill Coop", "Lake Coop")
    assert run(wiki) == 0
    assert dumps.answers == [200, 304, 200]
    assert "Lake Coop" in (current(wiki).path / "graph.nt").read_text(encoding="utf-8")


def test_a_dump_that_is_not_there_leaves_all_as_it_was(
    wiki: Project, dumps: Dumps, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(wiki) == 0
    dumps.dump = b""
    assert run(wiki) == 0
    assert [each.number for each in releases(wiki)] == [1]
    assert "answered 404" in "".join(capsys.readouterr())


def test_a_damaged_dump_publishes_nothing_and_the_next_whole_one_does(
    wiki: Project, dumps: Dumps, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(wiki) == 0
    whole = export("Vale Coop", "Hill Coop", "Lake Coop")
    dumps.dump = whole[: len(whole) // 2]
    assert run(wiki) != 0
    assert "cut off" in "".join(capsys.readouterr())
    assert [each.number for each in releases(wiki)] == [1]
    dumps.dump = whole
    assert run(wiki) == 0
    assert "Lake Coop" in (current(wiki).path / "graph.nt").read_text(encoding="utf-8")
