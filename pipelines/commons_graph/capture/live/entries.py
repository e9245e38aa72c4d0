"""Feeds of three kinds, RSS, Atom and JSON Feed, to the entries in them.

What belongs here: reading a feed's bytes; nothing is fetched. What does not: what is done with entries (`feed`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from io import BytesIO
from time import struct_time
from typing import Any
from urllib.parse import quote

import feedparser

from commons_graph import charsets
from commons_graph.capture.live import json_answer, site
from commons_graph.errors import CommonsError

TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
SERVED = re.compile(r"(charset\s*=\s*[\"']?)([\w-]+)", re.IGNORECASE)
DECLARED = re.compile(rb"(encoding\s*=\s*[\"'])([\w-]+)")
HEAD = 200


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


def read(body: bytes, media_type: str, address: str) -> list[Entry]:
    """Give the entries of a feed, the newest first as it lists them. Raises `CommonsError` when it is no feed."""
    if "json" in media_type or body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return list(_of_json(body, address))
    served = SERVED.sub(lambda found: found[1] + _charset(found[2]), media_type)
    headers = {"content-type": served, "content-location": address}
    told = DECLARED.sub(lambda found: found[1] + _charset(found[2].decode()).encode(), body[:HEAD]) + body[HEAD:]
    # a stream, since feedparser takes bytes for a file's name as well
    found = feedparser.parse(BytesIO(told), response_headers=headers, sanitize_html=False)
    if not found.get("version"):
        problem = found.get("bozo_exception", "no feed is in it")
        raise CommonsError(address, f"is no feed that can be read ({str(problem)[:100]})", "look at its address")
    language = found.feed.get("language", "")
    return [_of_xml(item, address, language) for item in found.entries]


def _charset(named: str) -> str:
    """Give a name as it is, or UTF-8 where it is no charset: feedparser would decode by it all the same."""
    return named if charsets.known(named) else "utf-8"


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
        date=_day(dict.get(item, "published_parsed") or dict.get(item, "updated_parsed")),
        modified=dict.get(item, "updated") or dict.get(item, "published") or "",
        language=own or language,
        categories=tuple(tag.term for tag in item.get("tags", []) if tag.get("term")),
    )


def _html(detail: Any) -> str:
    return f"<p>{escape(detail.value)}</p>" if detail.get("type") == "text/plain" else str(detail.value)


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
        name=str(item.get("id", "")),
        title=said.get("title", ""),
        content=said.get("content_html") or (f"<p>{escape(plain)}</p>" if plain else ""),
        summary=f"<p>{escape(said['summary'])}</p>" if said.get("summary") else "",
        date=said.get("date_published", "")[:10],
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


def _day(moment: struct_time | None) -> str:
    return f"{moment.tm_year:04d}-{moment.tm_mon:02d}-{moment.tm_mday:02d}" if moment else ""
