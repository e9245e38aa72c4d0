"""One capture to one document: the reader for its media type, then language, date and kind.

What belongs here: what is the same for all media types. What does not: any markup (one module each).
"""

from __future__ import annotations

import re
from importlib import import_module

from commons_graph import written_dates
from commons_graph.errors import CommonsError
from commons_graph.model import Capture, Document, Refusal, content_id
from commons_graph.normalise import structured
from commons_graph.normalise.characters import is_text
from commons_graph.normalise.language import guess
from commons_graph.normalise.told import Told
from commons_graph.personal import INSTEAD, clean
from commons_graph.personal_addresses import masked
from commons_graph.schema_org import NOTHING, SchemaOrg

LANGUAGE = re.compile(r"[A-Za-z]{2}(?=[-_]|$)")
LARGEST = 20_000_000
READERS = {
    "text/x-wiki": "wikitext",
    "text/markdown": "markdown",
    "text/plain": "plain",
    "text/html": "web",
    "application/xhtml+xml": "web",
    "message/rfc822": "mail",
    "application/pdf": "pdf",
}
WIKI_ENTRY = "wiki entry"
PACKED = frozenset({"mail", "pdf"})
"""The readers of what is not text as it stands."""


def document(capture: Capture, language: str = "", vocabulary: SchemaOrg = NOTHING) -> Document:
    """Normalise a capture; `language` is what its source mostly uses, `vocabulary` what is kept of structured data.

    Raises `CommonsError` when it is too large, of a kind that we do not read, or holds no text.
    """
    return noted(capture, language, vocabulary)[0]


def noted(capture: Capture, language: str = "", vocabulary: SchemaOrg = NOTHING) -> tuple[Document, list[Refusal]]:
    """Normalise a capture as `document` does; give also what of it could not be read."""
    told = _read(capture)
    if told.data:
        structured.add(told.builder, told.data, vocabulary, capture.address)
        told.date = written_dates.iso(told.date) or structured.published(told.data, vocabulary)
    text, blocks, marks = told.builder.finish()
    title = text[: blocks[0].end] if blocks else ""
    hints = capture.hints
    if not blocks or (len(blocks) == 1 and not (told.title_is_text or told.redirect or hints.get("title"))):
        raise CommonsError(capture.address, "holds no text", "nothing to do, or leave it out")
    made = Document(
        document_id=content_id(capture.source, capture.address),
        source=capture.source,
        address=masked(told.address or capture.address),
        title=title,
        text=text,
        blocks=blocks,
        marks=marks,
        language=_tag(hints.get("language", "")) or _tag(told.language) or guess(text, language),
        kind=_kind(hints.get("kind", ""), told.kind, title),
        date=written_dates.iso(hints.get("date", "")) or written_dates.iso(told.date),
        categories=tuple(clean(category) for category in told.categories),
        redirect=_redirect(told.redirect or hints.get("redirect", "")),
        capture=capture.digest,
    )
    return made, [Refusal(capture.address, note, "mend it in the page") for note in told.notes]


def _read(capture: Capture) -> Told:
    if len(capture.payload) > LARGEST:
        raise CommonsError(capture.address, f"has more than {LARGEST} bytes", "leave it out, or split it")
    name = READERS.get(capture.media_type.partition(";")[0].strip().lower())
    if name is None:
        raise CommonsError(capture.address, f"is {capture.media_type}, which is not read", "convert it to text")
    if name not in PACKED and not is_text(capture.payload, capture.media_type):
        raise CommonsError(capture.address, "is no text, though it is said to be", "leave it out, or tell the site")
    # imported when needed: reading wikitext wants neither the HTML parser nor YAML
    told: Told = import_module(f"commons_graph.normalise.{name}").read(capture)
    return told


def _tag(language: str) -> str:
    found = LANGUAGE.match(language.strip())
    return found[0].lower() if found else ""


def _kind(hinted: str, told: str, title: str) -> str:
    """Give what the source says, unless it only says what any page is.

    A wiki's page is known by its title. Without a part of that it is known by its number like any other page: all
    that are called "[e-mail]" would be one.
    """
    if hinted == WIKI_ENTRY and any(each in title for each in INSTEAD):
        return "web page"
    return hinted if hinted not in ("", "web page") else told or "web page"


def _redirect(title: str) -> str:
    """Give the title that a page points to, or "" for one that holds an e-mail address: no page is known by that."""
    return title if clean(title) == title else ""
