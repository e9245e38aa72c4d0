"""How the tests of this folder normalise a few bytes, and what must hold of any document."""

from __future__ import annotations

from datetime import UTC, datetime

from commons_graph import normalise
from commons_graph.model import Capture, Document
from commons_graph.personal import clean

WIKI, HTML, MARKDOWN, PLAIN, MAIL = "text/x-wiki", "text/html", "text/markdown", "text/plain", "message/rfc822"


def read(media_type: str, source: str | bytes, **hints: str) -> Document:
    """Normalise some source."""
    payload = source if isinstance(source, bytes) else source.encode()
    made = datetime(2025, 1, 17, tzinfo=UTC)
    capture = Capture("test", "https://site.example/pages/one", media_type, payload, "d1", made, hints)
    return normalise.document(capture)


def wiki(source: str) -> Document:
    """Normalise a wiki page with the title "Page"."""
    return read(WIKI, source, title="Page")


def blocks(document: Document) -> list[tuple[str, str]]:
    """Give kind and text of the blocks behind the title."""
    return [(block.kind, document.cut(block.start, block.end)) for block in document.blocks[1:]]


def marks(document: Document, kind: str) -> list[tuple[str, str]]:
    """Give text and target of the marks of a kind."""
    return [(document.cut(mark.start, mark.end), mark.target) for mark in document.marks if mark.kind == kind]


def check(document: Document) -> None:
    """Assert what every document promises."""
    text = document.text
    assert document.blocks[0].kind == "title"
    assert text[: document.blocks[0].end] == document.title
    assert "\n".join(document.cut(block.start, block.end) for block in document.blocks) == text
    ends = [block.end for block in document.blocks]
    assert all(block.start < block.end for block in document.blocks)
    assert all(end < block.start for end, block in zip(ends, document.blocks[1:], strict=False))
    for mark in document.marks:
        assert 0 <= mark.start < mark.end <= len(text)
        assert "\n" not in document.cut(mark.start, mark.end)
        assert mark.kind != "web" or mark.target.startswith(("http://", "https://"))
    assert clean(text) == text
    assert not any("\ud800" <= character <= "\udfff" or character in "\0\u200e\xa0" for character in text)
