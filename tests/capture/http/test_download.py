"""Large files: fetched to disk, only when they changed, from where an earlier try broke off."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from commons_graph.capture.http import Client, Limits, download
from commons_graph.errors import CommonsError


class Files(ThreadingHTTPServer):
    """Serves one file, in parts where asked; `breaks` answers end in the middle, `shift` parts begin elsewhere.

    Where `most` is not 0, parts are no longer than that.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.file = bytes(range(256)) * 4096
        self.breaks = self.shift = self.most = 0
        self.ranges: list[str] = []
        Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/file"

    @property
    def mark(self) -> str:
        return f'"{sha256(self.file).hexdigest()}"'


class Handler(BaseHTTPRequestHandler):
    server: Files

    def do_GET(self) -> None:
        files, headers = self.server, self.headers
        asked = headers["Range"] if headers["If-Range"] == files.mark else None
        files.ranges.append(headers["Range"] or "")
        begin = int(asked[6:-1]) if asked else 0
        if self.path == "/same":
            self.answer(304, b"")
        elif self.path != "/file":
            self.answer(404, b"nothing here")
        elif headers["If-None-Match"] == files.mark:
            self.answer(304, b"")
        elif begin > len(files.file):
            self.answer(416, b"")
        else:
            end = begin + files.most if asked and files.most else None
            self.answer(206 if asked else 200, files.file[begin:end], begin + files.shift)

    def answer(self, status: int, body: bytes, begin: int = 0) -> None:
        self.send_response(status)
        self.send_header("ETag", self.server.mark)
        self.send_header("Content-Length", str(len(body)))
        if status == 206:
            self.send_header("Content-Range", f"bytes {begin}-{begin + len(body) - 1}/{len(self.server.file)}")
        self.end_headers()
        if self.server.breaks > 0:
            self.server.breaks -= 1
            body = body[: len(body) // 2]
        with suppress(OSError):
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def files() -> Iterator[Files]:
    running = Files()
    yield running
    running.shutdown()
    running.server_close()


def client() -> Client:
    return Client(private=True, pause=0, attempts=2, robots=False)


def test_a_file_comes_whole_and_not_again_while_it_is_the_same(files: Files, tmp_path: Path) -> None:
    path = tmp_path / "new" / "dump.xml"
    with client() as http:
        assert download(http, files.address, path)
        assert path.read_bytes() == files.file
        assert not download(http, files.address, path)
        files.file = b"another"
        assert download(http, files.address, path)
    assert path.read_bytes() == b"another"
    assert sorted(each.name for each in path.parent.iterdir()) == ["dump.xml", "dump.xml.told"]


def test_a_file_that_is_as_it_was_though_nobody_has_it_is_told(files: Files, tmp_path: Path) -> None:
    with client() as http, pytest.raises(CommonsError, match="answered 304"):
        download(http, files.address.replace("/file", "/same"), tmp_path / "dump.xml")


def test_what_broke_off_goes_on_from_there(files: Files, tmp_path: Path) -> None:
    files.breaks = 1
    with client() as http:
        assert download(http, files.address, tmp_path / "dump.xml")
    assert (tmp_path / "dump.xml").read_bytes() == files.file
    assert files.ranges == ["", f"bytes={len(files.file) // 2}-"]


def test_a_later_run_goes_on_unless_the_file_is_another(files: Files, tmp_path: Path) -> None:
    files.breaks = 99
    with client() as http, pytest.raises(CommonsError, match="gave no whole answer"):
        download(http, files.address, tmp_path / "dump.xml")
    assert not (tmp_path / "dump.xml").exists()
    files.breaks, files.file = 0, bytes(reversed(files.file))
    with client() as http:
        assert download(http, files.address, tmp_path / "dump.xml")
    assert (tmp_path / "dump.xml").read_bytes() == files.file


def test_a_part_that_goes_past_the_end_is_thrown_away(files: Files, tmp_path: Path) -> None:
    (tmp_path / "dump.xml.part").write_bytes(files.file + b"more")
    told = {"etag": files.mark, "last_modified": ""}
    (tmp_path / "dump.xml.part.told").write_text(json.dumps(told))
    with client() as http:
        assert download(http, files.address, tmp_path / "dump.xml")
    assert (tmp_path / "dump.xml").read_bytes() == files.file


def test_another_part_than_was_asked_for_is_not_taken(files: Files, tmp_path: Path) -> None:
    files.breaks, files.shift = 1, 7
    with client() as http, pytest.raises(CommonsError, match="another part of the file"):
        download(http, files.address, tmp_path / "dump.xml")


def test_less_than_the_rest_of_a_file_is_not_taken_for_its_end(files: Files, tmp_path: Path) -> None:
    files.breaks, files.most = 1, len(files.file) // 4
    with client() as http:
        with pytest.raises(CommonsError, match="gave 786432 of 1048576 bytes"):
            download(http, files.address, tmp_path / "dump.xml")
        assert not (tmp_path / "dump.xml").exists()
        assert download(http, files.address, tmp_path / "dump.xml")
    assert (tmp_path / "dump.xml").read_bytes() == files.file


@pytest.mark.parametrize("path", ["", "/nix"])
def test_what_is_too_large_or_not_there_leaves_the_old_file(files: Files, tmp_path: Path, path: str) -> None:
    (tmp_path / "dump.xml").write_bytes(b"old")
    with client() as http, pytest.raises(CommonsError, match=r"is larger than 9 bytes|answered 404"):
        download(http, files.address + path, tmp_path / "dump.xml", Limits(size=9))
    assert (tmp_path / "dump.xml").read_bytes() == b"old"
