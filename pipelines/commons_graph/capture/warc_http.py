"""HTTP exchanges as WARC: a `request` and a `response` record each, or a `revisit` where the server answered 304.

Bodies are kept unpacked, so the headers that told of their packing are renamed, as other archivers do.
A document that is only a part of an answer (a wiki's page, a mailbox's letter) has a `resource` record beside them.
What belongs here: the form of these records. What does not: files of a folder (`warc`), and asking (`http`).
"""

from __future__ import annotations

import io
from typing import Any, BinaryIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from commons_graph.capture.http import Exchange
from commons_graph.capture.http.exchange import path_of
from commons_graph.capture.warc import DATE, Entry, write_record

UNPACKED = frozenset({"content-encoding", "content-length", "transfer-encoding"})
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


class ExchangeWriter:
    """Writes exchanges to an open file, in order; each record is packed on its own, so that it can be found alone."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")

    def write(self, exchange: Exchange) -> int:
        """Add one exchange, what was answered and what was asked; give where the answer begins."""
        offset = self._out.tell()
        answer = self._answer(exchange)
        request = self._writer.create_warc_record(
            exchange.address,
            "request",
            payload=io.BytesIO(b""),
            http_headers=StatusAndHeaders(_line(exchange), list(exchange.asked), is_http_request=True),
            warc_headers_dict={"WARC-Date": exchange.at.strftime(DATE)},
        )
        self._writer.write_request_response_pair(request, answer)
        return offset

    def add(self, entry: Entry) -> int:
        """Add a document that is no answer as it stands, as a `resource`; give where it begins."""
        offset = self._out.tell()
        write_record(self._writer, entry)
        return offset

    def _answer(self, exchange: Exchange) -> Any:
        status = StatusAndHeaders(f"{exchange.status} {exchange.reason}".rstrip(), _headers(exchange), "HTTP/1.1")
        told = {"WARC-Date": exchange.at.strftime(DATE)}
        if exchange.status == 304:
            told |= {"WARC-Profile": NOT_MODIFIED}
        return self._writer.create_warc_record(
            exchange.address,
            "revisit" if exchange.status == 304 else "response",
            payload=io.BytesIO(exchange.body),
            length=len(exchange.body),
            http_headers=status,
            warc_headers_dict=told,
        )


def _line(exchange: Exchange) -> str:
    return f"GET {path_of(exchange.address)} HTTP/1.1"


def _headers(exchange: Exchange) -> list[tuple[str, str]]:
    kept = [(f"X-Archive-Orig-{name}" if name.lower() in UNPACKED else name, value) for name, value in exchange.headers]
    return [*kept, ("Content-Length", str(len(exchange.body)))]
