"""Sitemaps (sitemaps.org): which addresses a site lists, and when it says that each last changed.

What belongs here: reading sitemaps and their indexes, bounded. What does not: the pages they list.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from commons_graph.capture.http import Client
from commons_graph.capture.live import site
from commons_graph.errors import CommonsError
from commons_graph.model import Refusal

ROOTS = ("urlset", "sitemapindex")
MOST_MAPS = 500
MOST_PARTS = 20_000
"""Elements of one entry: an address may have a thousand pictures, each told in some."""
LONGEST_DATE = 40
LARGEST = 60_000_000
"""The standard allows 50 MB unpacked."""


class AbsentError(CommonsError):
    """There is no sitemap at this address."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One address of a sitemap, and its <lastmod> as written, or ""."""

    address: str
    lastmod: str


def pages(
    client: Client, address: str, most: int, reads: Callable[[str], bool] = lambda address: True
) -> Iterator[Listed | Refusal]:
    """Give the addresses of a sitemap, and of the sitemaps that it lists, on its own site, at most so many.

    `reads` says which of the listed sitemaps are read. One that cannot be read is a refusal. Raises `CommonsError`
    when it is the first, or nothing is listed; `AbsentError` when the first is not there.
    """
    waiting, asked, given = [address], {address}, 0
    while waiting:
        here = waiting.pop(0)
        try:
            for tag, listed in _entries(_body(client, here), here):
                if not site.same_site(listed.address, address):
                    continue
                if tag == "url":
                    given += 1
                    if given > most:
                        yield Refusal(address, f"lists more than {most} pages", "raise `options.most`")
                        return
                    yield listed
                elif listed.address not in asked and len(asked) < MOST_MAPS and reads(listed.address):
                    asked.add(listed.address)
                    waiting.append(listed.address)
        except CommonsError as error:
            if here == address:
                raise
            yield Refusal(here, error.problem, error.remedy)
    if not given:
        raise CommonsError(address, "lists no page of this site", "look where the site's sitemap is")


def _body(client: Client, address: str) -> bytes:
    exchange = client.get(address)
    if exchange.status in (401, 403, 404, 410):
        raise AbsentError(address, f"answered {exchange.status}, not a sitemap", "look where the site's sitemap is")
    if exchange.status != 200:
        raise CommonsError(address, f"answered {exchange.status}, not a sitemap", "look where the site's sitemap is")
    if not exchange.body.startswith(b"\x1f\x8b"):
        return exchange.body
    unpacker = zlib.decompressobj(wbits=31)
    try:
        body = unpacker.decompress(exchange.body, LARGEST)
    except zlib.error as error:
        raise CommonsError(address, "is damaged (its packing does not fit)", "tell the site") from error
    if not unpacker.eof:
        raise CommonsError(address, "is cut off or unpacks to more than 60 MB", "tell the site")
    return body


def _entries(body: bytes, address: str) -> Iterator[tuple[str, Listed]]:
    """Give each <url> and <sitemap> of a sitemap, or the lines of one in plain text."""
    begins = body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if begins.startswith(b"<!doctype html"):
        raise AbsentError(address, "is a page, no sitemap", "look where the site's sitemap is")
    if not begins.startswith(b"<"):
        yield from (("url", Listed(line, "")) for line in _lines(body))
        return
    path: list[Element] = []
    parts = 0
    try:
        # Many sites put an empty line before the XML, which no parser takes.
        for event, element in iterparse(BytesIO(body.lstrip()), events=("start", "end"), forbid_dtd=True):
            if event == "start":
                path.append(element)
                parts += 1
                _check(_name(path[0]), parts, address)
                continue
            path.pop()
            if _name(element) in ("url", "sitemap") and (listed := _listed(element, address)):
                yield _name(element), listed
            if len(path) == 1:  # what the root holds is forgotten: a small pack may unpack to millions of elements
                path[0].clear()
                parts = 0
    except DefusedXmlException as error:
        raise CommonsError(address, "declares entities, which no sitemap needs", "tell the site") from error
    except ParseError as error:
        raise CommonsError(address, f"is no whole XML ({error})", "tell the site") from error


def _check(root: str, parts: int, address: str) -> None:
    if root not in ROOTS:
        raise AbsentError(address, f"is no sitemap but <{root[:40]}>", "look where the site's sitemap is")
    if parts > MOST_PARTS:
        raise CommonsError(address, f"has an entry of more than {MOST_PARTS} elements", "tell the site")


def _listed(element: Element, address: str) -> Listed | None:
    told = {_name(child): (child.text or "").strip() for child in element}
    found = site.tidy(told.get("loc", ""), address)
    return Listed(found, told.get("lastmod", "")[:LONGEST_DATE]) if found else None


def _lines(body: bytes) -> Iterator[str]:
    return filter(None, (site.tidy(line) for line in body.decode("utf-8", "replace").splitlines()))


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
