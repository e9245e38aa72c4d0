"""A real web site on 127.0.0.1: a test says what each path answers; it counts what it is asked, answers and sends."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from commons_graph.capture.http import Client, Limits
from commons_graph.capture.live.records import Found, Known, Unchanged
from commons_graph.capture.live.visit import Answer, Connector, Visit
from commons_graph.model import Refusal
from commons_graph.source import Source


@dataclass
class Reply:
    """One answer. With `etag`, a request that names it gets 304. `announced` is a length that is not the body's.

    `act` is called in its stead with what handles the request, to do with the connection what no good server does.
    """

    body: bytes = b""
    status: int = 200
    type: str = "text/html; charset=utf-8"
    etag: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    announced: int | None = None
    act: Callable[[Any], None] | None = None


class Site(ThreadingHTTPServer):
    """`pages` are by path with query; `gate` is asked before them, `made` after. All may change at any time.

    `moved` says of a host, as its clients call it, to which all its pages have moved.
    """

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.pages: dict[str, Reply] = {}
        self.gate: Callable[[str], Reply | None] = lambda path: None
        self.made: Callable[[str], Reply | None] = lambda path: None
        self.moved: dict[str, str] = {}
        self.asked: Counter[str] = Counter()
        self.answered: Counter[int] = Counter()
        self.sent = 0
        Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def at(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def put(self, path: str, title: str, *links: str, head: str = "", body: str = "", **reply: Any) -> None:
        """Put a page of HTML with links; its ETag changes with its bytes."""
        html = page(title, *links, head=head, body=body)
        self.pages[path] = Reply(**{"body": html, "etag": f'"{sha256(html).hexdigest()[:12]}"', **reply})

    def forget(self) -> None:
        """Count from nothing."""
        self.asked.clear()
        self.answered.clear()
        self.sent = 0


class Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        reply = self._reply()
        if reply.act:
            with suppress(OSError):
                reply.act(self)
            return
        known = reply.etag and self.headers["If-None-Match"] == reply.etag
        body = b"" if known else reply.body
        status = 304 if known else reply.status
        self.server.answered[status] += 1
        self.send_response(status)
        told = {"Content-Type": reply.type, "ETag": reply.etag, **reply.headers}
        for name, value in told.items():
            if value:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if reply.announced is None else reply.announced))
        self.end_headers()
        if self.path != "/robots.txt":
            self.server.sent += len(body)
        with suppress(OSError):
            self.wfile.write(body)

    def _reply(self) -> Reply:
        site = self.server
        if to := site.moved.get(self.headers.get("Host", "")):
            return Reply(status=301, headers={"Location": f"http://{to}{self.path}"})
        found = site.gate(self.path) or site.pages.get(self.path) or site.made(self.path)
        return found or Reply(b"nothing here", 404)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class Visits:
    """Visits a source again and again, and keeps between visits what the archive would."""

    def __init__(self, connector: Connector, source: Source, **client: Any) -> None:
        self.connector, self.source = connector, source
        self.client = {"private": True, "pause": 0.0, "attempts": 1, "limits": Limits(size=2_000_000), **client}
        self.known: dict[str, Known] = {}
        self.cursor: dict[str, str] = {}
        self.whole = True

    def again(self) -> list[Answer]:
        """Visit, and take over what was answered; the cursor too, when the visit ended well."""
        cursor = dict(self.cursor)
        given: list[Answer] = []
        with Client(**self.client) as client:
            visit = Visit(self.source, client, dict(self.known), cursor)
            for answer in self.connector(visit):
                given.append(answer)
                self._take(answer)
        self.cursor, self.whole = cursor, visit.whole
        return given

    def _take(self, answer: Answer) -> None:
        now = "2026-11-26T00:00:00+00:00"
        if isinstance(answer, Found):
            digest = sha256(answer.payload).hexdigest()
            told = (answer.media_type, answer.hints, answer.marks)
            self.known[answer.address] = Known(answer.address, digest, *told, seen=now, checked=now)
        elif isinstance(answer, Unchanged):
            assert answer.address in self.known


def page(title: str, *links: str, head: str = "", body: str = "") -> bytes:
    """Give a page's bytes."""
    anchors = "".join(f'<li><a href="{link}">{link}</a></li>' for link in links)
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head>"
        f"<body><main><h1>{title}</h1>{body}<ul>{anchors}</ul></main></body></html>"
    ).encode()


def packed(body: bytes, **reply: Any) -> Reply:
    """Give a reply whose body is compressed on the way."""
    return Reply(gzip.compress(body), headers={"Content-Encoding": "gzip"}, **reply)


def found(answers: list[Answer], site: Site) -> list[str]:
    """Give the paths of the documents found, in order."""
    return [answer.address.removeprefix(site.at("")) for answer in answers if isinstance(answer, Found)]


def refused(answers: list[Answer], site: Site) -> dict[str, str]:
    """Give the reasons of the refusals by path."""
    return {each.address.removeprefix(site.at("")): each.reason for each in answers if isinstance(each, Refusal)}


def source(site: Site, connector: str, path: str = "/", **options: Any) -> Source:
    """Give a source that reads the site."""
    return Source(
        id="site",
        title="A site",
        connector=connector,
        address=site.at(path),
        language="fr",
        licence="https://creativecommons.org/licenses/by/4.0/",
        publisher="Someone",
        private=True,
        options=options,
    )
