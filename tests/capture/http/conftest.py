"""A real site on 127.0.0.1 for each test: it counts what it is asked, and misbehaves where its paths say so."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
ENDLESS = {
    "/endless/line": (b"HTTP/1.1 200 OK\r\nX-A: ", b"a"),
    "/endless/headers": (b"HTTP/1.1 200 OK\r\n", b"X-A: a\r\n"),
    "/endless/hints": (b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"),
    "/endless/chunks": (CHUNKED, b"1\r\na\r\n"),
    "/endless/sign": (CHUNKED + b"1;", b"a"),
    "/endless/trailers": (CHUNKED + b"1\r\na\r\n0\r\n", b"X-A: a\r\n"),
}
"""By path: what an answer begins with, and what follows without end."""


class Site(ThreadingHTTPServer):
    """Serves until it is closed. `asked` counts requests by path; `robots` is its robots.txt and its status."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: Counter[str] = Counter()
        self.agents: set[str] = set()
        self.robots: tuple[int, bytes] = (404, b"")
        self.closed = Event()
        Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{path}"


class Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        path = self.path
        self.server.asked[path] += 1
        self.server.agents.add(self.headers["User-Agent"])
        if path == "/robots.txt":
            self.answer(*self.server.robots)
        elif path == "/kept":
            known = self.headers["If-None-Match"] == '"one"'
            self.answer(304 if known else 200, b"" if known else b"page", ETag='"one"')
        elif path == "/moved":
            self.answer(301, b"", Location="/kept")
        elif path == "/loop":
            self.answer(302, b"", Location="/loop")
        elif path == "/away":
            self.answer(302, b"", Location="file:///etc/hostname")
        elif path == "/bomb":
            self.answer(200, gzip.compress(bytes(30_000_000)), **{"Content-Encoding": "gzip"})
        elif path == "/packed":
            self.answer(200, gzip.compress(b"words " * 99), **{"Content-Encoding": "gzip"})
        elif path == "/huge":
            self.answer(200, b"", announced=200_000_000)
        elif path == "/cut":
            self.answer(200, b"half", announced=900)
        elif path == "/busy":
            again = self.server.asked[path] > 1
            self.answer(200 if again else 503, b"at last", **({} if again else {"Retry-After": "0"}))
        elif path == "/drip":
            self.drip()
        elif path == "/silent":
            self.server.closed.wait()
        elif path in ENDLESS:
            self.send_without_end(*ENDLESS[path])
        elif path == "/garbage":
            self.wfile.write(b"\x00\xff no http at all\r\n\r\n")
        else:
            self.answer(404, b"nothing here")

    def answer(self, status: int, body: bytes, announced: int | None = None, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if announced is None else announced))
        self.end_headers()
        self.wfile.write(body)

    def send_without_end(self, begin: bytes, piece: bytes) -> None:
        """Send a beginning, and a piece again and again for as long as anybody listens."""
        self.close_connection = True
        with suppress(OSError):
            self.wfile.write(begin)
            while not self.server.closed.wait(0.005):
                self.wfile.write(piece)

    def drip(self) -> None:
        """Send a byte at a time for as long as anybody listens."""
        self.answer(200, b"", announced=10**9)
        with suppress(OSError):
            while True:
                self.wfile.write(b".")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[Site]:
    running = Site()
    yield running
    running.closed.set()
    running.shutdown()
    running.server_close()
