"""One capture to one document: decoding, the reader for its media type, title, language, date and kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from commons_graph.errors import CommonsError
from commons_graph.model import Capture, Document, content_id
from commons_graph.normalise import markdown, plain, wikitext
from commons_graph.normalise.build import Builder
from commons_graph.normalise.language import guess
from commons_graph.normalise.privacy import clean

DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")
LARGEST = 20_000_000
WESTERN = frozenset(
    {"", "us-ascii", "ascii", "iso-8859-1", "iso8859-1", "latin1", "iso-8859-15", "windows-1252", "cp1252"}
)


@dataclass(slots=True)
class Told:
    """What a reader found out besides the text."""

    title: str = ""
    language: str = ""
    date: str = ""
    kind: str = ""
    address: str = ""
    redirect: str = ""
    categories: tuple[str, ...] = ()
    builder: Builder = field(default_factory=Builder)


Reader = Callable[[Capture], Told]


def document(capture: Capture, language: str = "") -> Document:
    """Normalise a capture; `language` is what its source mostly uses.

    Raises `CommonsError` when it is too large, of a kind that we do not read, or holds no text.
    """
    if len(capture.payload) > LARGEST:
        raise CommonsError(capture.address, f"has more than {LARGEST} bytes", "leave it out, or split it")
    reader = READERS.get(capture.media_type)
    if reader is None:
        raise CommonsError(capture.address, f"is {capture.media_type}, which is not read", "convert it to text")
    told = reader(capture)
    hints = capture.hints
    if not told.builder.blocks or (len(told.builder.blocks) == 1 and not told.redirect and not hints.get("title")):
        raise CommonsError(capture.address, "holds no text", "nothing to do, or leave it out")
    builder = told.builder
    return Document(
        document_id=content_id(capture.source, capture.address),
        source=capture.source,
        address=capture.address,
        title=builder.text[builder.blocks[0].start : builder.blocks[0].end],
        text=builder.text,
        blocks=tuple(builder.blocks),
        marks=tuple(builder.marks),
        language=hints.get("language") or told.language or guess(builder.text, language),
        kind=_kind(hints.get("kind", ""), told.kind),
        date=_date(hints.get("date", "") or told.date),
        categories=told.categories,
        redirect=told.redirect or hints.get("redirect", ""),
        capture=capture.digest,
    )


def decode(payload: bytes, named: str = "") -> str:
    """Decode bytes: the named charset, UTF-8, and last cp1252, which takes anything.

    UTF-8 comes first where a Western charset is named: those names are often wrong, and UTF-8 never fits by chance.
    """
    utf8 = "utf-8-sig" if payload.startswith(b"\xef\xbb\xbf") else "utf-8"
    for charset in (utf8, named) if named.lower() in WESTERN else (named, utf8):
        try:
            if charset:
                return payload.decode(charset)
        except (UnicodeDecodeError, LookupError):
            continue
    return payload.decode("cp1252", "replace")


def _web(capture: Capture) -> Told:
    from commons_graph.normalise.web import read

    return read(capture)


def _mail(capture: Capture) -> Told:
    from commons_graph.normalise.mail import read

    return read(capture)


def _wiki(capture: Capture) -> Told:
    told = Told(kind="wiki entry")
    title = capture.hints.get("title", "")
    told.builder.add_text("title", clean(title) or "?")
    page = wikitext.read(decode(capture.payload), told.builder)
    told.redirect, told.categories = page.redirect, tuple(dict.fromkeys(page.categories))
    return told


def _markdown(capture: Capture) -> Told:
    front, body = markdown.front_matter(decode(capture.payload))
    words = {name: str(front[name]) for name in ("title", "date", "lang", "language") if front.get(name)}
    told = Told(date=words.get("date", ""), language=(words.get("lang") or words.get("language") or "")[:2].lower())
    title = capture.hints.get("title") or words.get("title") or ""
    if not title and (found := re.search(r"^#{1,3}\s+(.{1,300})$", body, re.MULTILINE)):
        title = found[1]
    told.builder.add("title", markdown.inline(title or capture.address.rsplit("/", 1)[-1], {}))
    markdown.read(body, told.builder)
    return told


def _plain(capture: Capture) -> Told:
    told = Told()
    text = decode(capture.payload)
    given = capture.hints.get("title", "")
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    told.builder.add_text("title", given or first[:300])
    plain.read(text, told.builder, bool(given))
    return told


def _kind(hinted: str, told: str) -> str:
    """Give what the source says, unless it only says what any page is."""
    return hinted if hinted not in ("", "web page") else told or "web page"


def _date(text: str) -> str:
    found = DATE.match(text.strip())
    return "-".join(part for part in found.groups() if part) if found else ""


READERS: dict[str, Reader] = {
    "text/x-wiki": _wiki,
    "text/markdown": _markdown,
    "text/plain": _plain,
    "text/html": _web,
    "message/rfc822": _mail,
}
