"""Feeds of three kinds, RSS, Atom and JSON Feed, to the entries in them.

What belongs here: reading a feed's bytes; nothing is fetched. What does not: what is done with entries (`feed`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from io import BytesIO
from typing import Any
from urllib.parse import quote

import feedparser

from commons_graph import written_dates
from commons_graph.capture.live import feed_bytes, json_answer, site
from commons_graph.errors import CommonsError

TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `content` is its whole text as HTML, or "" where the feed gives only a `summary`.

    `date` is when it was published (YYYY-MM-DD); `modified` what changes when it does, as the feed writes it.
    `address` is "" where the feed gives neither a link nor an id.
    """

    address: str
    title: str
    content: str
    summary: str
    date: str = ""
    modified: str = ""
    language: str = ""
    categories: tuple[str, ...] = ()
    linked: bool = True


class CutOffError(CommonsError):
    """A feed does not go to its end, so its last entry may be a part of one."""


def read(body: bytes, media_type: str, address: str) -> Iterator[Entry]:
    """Give the entries of a feed, the newest first as it lists them.

    Raises `CommonsError` when it is no feed, `CutOffError` after the whole entries of one that is cut off.
    """
    if "json" in media_type or body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        yield from _of_json(body, address)
        return
    # feedparser decodes by whatever is named
    headers = {"content-type": feed_bytes.served(media_type), "content-location": address}
    told = feed_bytes.declared(body)
    # a stream, since feedparser takes bytes for a file's name as well
    found = feedparser.parse(BytesIO(told), response_headers=headers, sanitize_html=False)
    if not found.get("version"):
        problem = found.get("bozo_exception", "no feed is in it")
        raise CommonsError(address, f"is no feed that can be read ({str(problem)[:100]})", "look at its address")
    language = found.feed.get("language", "")
    is_cut = found.bozo and feed_bytes.is_cut_off(body)
    whole = found.entries[:-1] if is_cut and not feed_bytes.is_last_closed(body) else found.entries
    yield from (_of_xml(item, address, language) for item in whole)
    if is_cut:
        problem = f"is cut off: its last element is not closed (entries read: {len(whole)})"
        raise CutOffError(address, problem, "try again, or tell the site")


def _of_xml(item: Any, feed: str, language: str) -> Entry:
    contents = [each for each in item.get("content", []) if each.get("value")]
    content = max(contents, key=lambda each: len(each.value), default=None)
    own = (content or item.get("title_detail") or {}).get("language") or ""
    return _entry(
        feed,
        link=item.get("link", ""),
        name=item.get("id", ""),
        title=" ".join(unescape(TAG.sub("", item.get("title", ""))).split()),
        content=_html(content) if content else "",
        summary=_html(item.summary_detail) if item.get("summary_detail") else "",
        date=_day(item, "published") or _day(item, "updated"),
        modified=dict.get(item, "updated") or dict.get(item, "published") or "",
        language=own or language,
        categories=tuple(tag.term for tag in item.get("tags", []) if tag.get("term")),
    )


def _html(detail: Any) -> str:
    return f"<p>{escape(detail.value)}</p>" if detail.get("type") == "text/plain" else str(detail.value)


def _paragraphs(plain: str) -> str:
    """Give plain text as HTML with its paragraphs and lines."""
    lines = "\n".join(line.strip() for line in escape(plain).splitlines())
    parts = (part.strip().replace("\n", "<br>") for part in lines.split("\n\n"))
    return "\n".join(f"<p>{part}</p>" for part in parts if part)


def _of_json(body: bytes, feed: str) -> Iterator[Entry]:
    try:
        told = json_answer.loads(body)
    except (ValueError, RecursionError) as error:
        raise CommonsError(feed, "is no whole JSON", "look at its address") from error
    if not isinstance(told, dict) or not isinstance(told.get("items"), list):
        raise CommonsError(feed, "is JSON, but no JSON Feed", "look at its address")
    for item in told["items"]:
        if isinstance(item, dict):
            yield _of_item(item, feed, str(told.get("language") or ""))


def _of_item(item: dict[str, Any], feed: str, language: str) -> Entry:
    said = {name: value for name, value in item.items() if isinstance(value, str)}
    plain = said.get("content_text", "")
    tags = item.get("tags")
    return _entry(
        feed,
        link=said.get("url", ""),
        name=str(number) if isinstance(number := item.get("id"), str | int | float) else "",
        title=said.get("title", ""),
        content=said.get("content_html") or _paragraphs(plain),
        summary=_paragraphs(said.get("summary", "")),
        date=_written(said.get("date_published", "")),
        modified=said.get("date_modified", "") or said.get("date_published", ""),
        language=said.get("language") or language,
        categories=tuple(map(str, tags)) if isinstance(tags, list) else (),
    )


def _entry(feed: str, link: str, name: str, **told: Any) -> Entry:
    """Give an entry under its link, or its id where that is an address, or the feed's address and the id."""
    found = site.tidy(link, feed) if link else ""
    linked = found or (site.tidy(name) if name.startswith(("http://", "https://")) else "")
    address = linked or (f"{feed}#{quote(name, safe='')}" if name else "")
    return Entry(address=address, linked=bool(linked), **told)


def _day(item: Any, name: str) -> str:
    """Give a day as it is written: in UTC, what appeared just after midnight in Paris would be of the day before."""
    written, moment = str(dict.get(item, name) or ""), dict.get(item, f"{name}_parsed")
    if moment and not written.isascii() and not _written(written):  # in Greek or Korean, say
        return "{:04d}-{:02d}-{:02d}".format(*moment)
    return _written(written)


def _written(date: str) -> str:
    return written_dates.iso(date) or written_dates.day(date)
