"""From a page of a MediaWiki to what we keep of it: the same whether a dump or the API gave it.

What belongs here: the address and the hints of a page. What does not: the XML (`export`), the API, the wikitext.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from commons_graph.capture import addresses, export, unpack
from commons_graph.capture.media import WIKITEXT
from commons_graph.capture.records import StoredFile
from commons_graph.model import Capture, Refusal
from commons_graph.source import Source

HINTS = ("title", "redirect", "revision", "timestamp")
REMEDY = "look at the page in the wiki"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one page of a wiki is to us, however it came: in a dump, or from the API."""

    address: str
    payload: bytes
    hints: dict[str, str]


def captures(file: StoredFile, source: Source, hints: dict[str, str]) -> Iterator[Capture | Refusal]:
    """Give one capture a page of an export; `hints` are added to each.

    Talk, user and template pages count too, unless the source's `options.namespaces` choose.
    Raises `CommonsError`, after the pages before it, when the export is damaged or cut off.
    """
    chosen = source.options.get("namespaces")
    for page, base in pages(file):
        if chosen is None or page.number in chosen:
            found = entry(page, pattern(source, base), file.name)
            yield found if isinstance(found, Refusal) else _capture(found, file, source, hints)


def pages(file: StoredFile) -> Iterator[tuple[export.Page, str]]:
    """Give the pages of an export, each with the address of the wiki's main page. Raises as `captures` does."""
    reader = export.ExportReader(file.name)
    with file.open() as stream:
        for page in export.pages(unpack.pieces(stream, file.name), reader, file.name):
            yield page, reader.base


def entry(page: export.Page, addressed: str, place: str) -> Entry | Refusal:
    """Give what a page is to us, or why it is not read. `addressed` is the pattern of its address."""
    title = page.values.get("title", "").strip()
    place = addresses.of_page(addressed, title) if title else place
    if problem := page.problem or _problem(page, title):
        return Refusal(place, problem, REMEDY)
    payload = page.values["text"].encode()
    own = {name: page.values[name] for name in HINTS if page.values.get(name)}
    return Entry(place, payload, {"kind": "wiki entry", **own, "title": title, "namespace": page.namespace})


def pattern(source: Source, base: str) -> str:
    """Give the address of a page with `{title}`: the source's, or from the main page's address, or the source's own."""
    if source.pages:
        return source.pages
    if addresses.is_web(base):
        return base.rpartition("/")[0] + "/{title}"
    return f"{source.address.rstrip('/')}/{{title}}" if source.address else "wiki:{title}"


def _capture(found: Entry, file: StoredFile, source: Source, hints: dict[str, str]) -> Capture:
    own = {name: value for name, value in found.hints.items() if name != "kind"}
    return Capture(
        source=source.id,
        address=found.address,
        media_type=WIKITEXT,
        payload=found.payload,
        digest=hashlib.sha256(found.payload).hexdigest(),
        captured_at=file.modified,
        hints={"kind": found.hints["kind"], **hints, **own},
    )


def _problem(page: export.Page, title: str) -> str:
    if not title or not addresses.is_readable(title):
        return f"a page's title is not readable ({title[:60]!a})" if title else "a page has no title"
    if "text" not in page.values:
        return "has no text"
    model = page.values.get("model", "wikitext")
    return "" if model == "wikitext" else f"holds {model[:40]}, not wikitext"
