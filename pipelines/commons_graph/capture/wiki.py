"""From a MediaWiki export to captures: one a page, with what the wiki says of it.

What belongs here: the address and the hints of a page. What does not: the XML (`export`) and the wikitext.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from commons_graph.capture import addresses, export, unpack
from commons_graph.capture.media import WIKITEXT
from commons_graph.capture.records import StoredFile
from commons_graph.model import Capture, Refusal
from commons_graph.source import Source

HINTS = ("title", "redirect", "revision", "timestamp")


def captures(file: StoredFile, source: Source, hints: dict[str, str]) -> Iterator[Capture | Refusal]:
    """Give one capture a page of an export, talk, user and template pages too; `hints` are added to each.

    Raises `CommonsError`, after the pages before it, when the export is damaged or cut off.
    """
    reader = export.ExportReader(file.name)
    with file.open() as stream:
        content = unpack.pieces(stream, file.name)
        for page in export.pages(content, reader, file.name):
            yield _capture(page, file, source, hints, source.pages or _pattern(reader.base, source.address))


def _capture(
    page: export.Page, file: StoredFile, source: Source, hints: dict[str, str], pattern: str
) -> Capture | Refusal:
    title = page.values.get("title", "").strip()
    address = addresses.of_page(pattern, title)
    problem = page.problem or _problem(page, title)
    if problem:
        return Refusal(address if title else file.name, problem, "look at the page in the wiki")
    payload = page.values["text"].encode()
    own = {name: page.values[name] for name in HINTS if page.values.get(name)}
    return Capture(
        source=source.id,
        address=address,
        media_type=WIKITEXT,
        payload=payload,
        digest=hashlib.sha256(payload).hexdigest(),
        captured_at=file.modified,
        hints={"kind": "wiki entry", **hints, **own, "title": title, "namespace": page.namespace},
    )


def _problem(page: export.Page, title: str) -> str:
    if not title or not addresses.is_readable(title):
        return f"a page's title is not readable ({title[:60]!a})" if title else "a page has no title"
    if "text" not in page.values:
        return "has no text"
    model = page.values.get("model", "wikitext")
    return "" if model == "wikitext" else f"holds {model[:40]}, not wikitext"


def _pattern(base: str, address: str) -> str:
    """Give the address of a page with `{title}`, from the main page's address or else the source's."""
    if addresses.is_web(base):
        return base.rpartition("/")[0] + "/{title}"
    return f"{address.rstrip('/')}/{{title}}" if address else "wiki:{title}"
