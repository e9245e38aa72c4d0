"""What no good server does with a connection: each is given the request's handler, as `site_server.Reply.act` is.

What belongs here: the tricks. What does not: which page plays them (the tests).
"""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler

PIECE = b"<p>more and more</p>" * 5_000
LARGEST = 200_000_000


def huge(handler: BaseHTTPRequestHandler) -> None:
    """Send 200 MB without saying so before; what was really sent counts as `sent`."""
    _head(handler)
    for _ in range(LARGEST // len(PIECE)):
        handler.wfile.write(PIECE)
        handler.server.sent += len(PIECE)  # type: ignore[attr-defined]


def drip(handler: BaseHTTPRequestHandler) -> None:
    """Send a byte at a time for as long as anybody listens."""
    _head(handler)
    while True:
        handler.wfile.write(b".")


class Silent:
    """Take the question and say nothing, until `over` is set."""

    def __init__(self) -> None:
        self.over = threading.Event()

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        self.over.wait()


def garbage(handler: BaseHTTPRequestHandler) -> None:
    """Answer what is no HTTP."""
    handler.wfile.write(b"\x00\xff\xfe no http at all\r\n\r\n" * 99)


def long_head(handler: BaseHTTPRequestHandler) -> None:
    """Answer with headers without end."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X-More: and more\r\n" * 200_000)


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    """Close the connection without a word."""
    handler.close_connection = True


def die(handler: BaseHTTPRequestHandler) -> None:
    """End the whole server with half an answer."""
    handler.send_response(200)
    handler.send_header("Content-Length", "9000")
    handler.end_headers()
    handler.wfile.write(b"<html><p>half")
    handler.server.shutdown()
    handler.server.server_close()


def _head(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
