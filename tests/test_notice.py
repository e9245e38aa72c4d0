"""Notices reach a real HTTP server and a real SMTP server; one that is down does not stop the other."""

from __future__ import annotations

import http.server
import json
import socketserver
import threading
from collections.abc import Iterator

import pytest

from commons_graph.notice import Notice, send

NOTICE = Notice("the refresh of val failed", "sources/val.yaml: the source gave 2 documents after 30\nrun 1")


class Hook(http.server.BaseHTTPRequestHandler):
    """Keeps what is posted."""

    def do_POST(self) -> None:
        self.server.kept.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))  # type: ignore[attr-defined]
        self.send_response(204)
        self.end_headers()


class Sink(socketserver.StreamRequestHandler):
    """Speaks as much SMTP as it takes to be given a letter, and keeps it."""

    def handle(self) -> None:
        self.wfile.write(b"220 sink\r\n")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                self.server.kept.append(b"".join(iter(self.rfile.readline, b".\r\n")).decode())  # type: ignore[attr-defined]
            self.wfile.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")
            if verb == b"QUIT":
                return


def served(handler: type[socketserver.BaseRequestHandler]) -> Iterator[socketserver.TCPServer]:
    """Serve on loopback until the test has ended."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.kept = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def hook() -> Iterator[socketserver.TCPServer]:
    """A webhook."""
    yield from served(Hook)


@pytest.fixture
def sink() -> Iterator[socketserver.TCPServer]:
    """A mail server."""
    yield from served(Sink)


def mail_settings(port: int) -> dict[str, str]:
    return {
        "COMMONS_SMTP_HOST": "127.0.0.1",
        "COMMONS_SMTP_PORT": str(port),
        "COMMONS_SMTP_TLS": "no",
        "COMMONS_MAIL_FROM": "graph@commons.example",
        "COMMONS_MAIL_TO": "steward@commons.example",
    }


def test_a_notice_goes_by_webhook_and_by_mail(hook: socketserver.TCPServer, sink: socketserver.TCPServer) -> None:
    address = {"COMMONS_WEBHOOK": f"http://127.0.0.1:{hook.server_address[1]}/"}
    assert send(NOTICE, address | mail_settings(sink.server_address[1])) == []
    assert hook.kept == [{"title": NOTICE.title, "text": NOTICE.text}]  # type: ignore[attr-defined]
    (letter,) = sink.kept  # type: ignore[attr-defined]
    assert "Subject: commons-graph: the refresh of val failed" in letter
    assert "To: steward@commons.example" in letter
    assert "gave 2 documents after 30" in letter


def test_a_webhook_that_is_down_does_not_stop_the_mail(sink: socketserver.TCPServer) -> None:
    settings = {"COMMONS_WEBHOOK": "http://127.0.0.1:1/secret"} | mail_settings(sink.server_address[1])
    assert send(NOTICE, settings) == ["COMMONS_WEBHOOK: the notice was not sent (ConnectError)"]
    assert len(sink.kept) == 1  # type: ignore[attr-defined]


def test_without_settings_nothing_is_sent() -> None:
    assert send(NOTICE, {}) == []
