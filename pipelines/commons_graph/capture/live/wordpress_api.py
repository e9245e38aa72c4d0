"""WordPress' REST API: which posts a site has and when each last changed, and the posts themselves.

What belongs here: asking and understanding the API. What does not: what becomes of a post (`wordpress`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlencode

from commons_graph import written_dates
from commons_graph.capture.http import Client, Exchange
from commons_graph.capture.live import json_answer, site
from commons_graph.errors import CommonsError

PER_LIST = 100
"""The most that WordPress gives at once."""
PER_ASK = 20
MOST_LISTS = 1_000
GIVEN_UP = 5
ABSENT = (404, 410)
SHUT = (400, 401, 403, *ABSENT, 405, 501)
TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,2000}>")
FIELDS = "id,link,date,modified_gmt,title,content,lang,_links,_embedded"


class ShutError(CommonsError):
    """The site does not let its API be read: what it means, not a fault that passes."""


class ElsewhereError(ShutError):
    """There is no API at this address; it may be at another."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A post that the API did not give, and why."""

    number: int
    problem: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A post as the list of all shows it."""

    number: int
    address: str
    modified: str


@dataclass(frozen=True, slots=True)
class Post:
    """A post or a page. `categories` are their short names in addresses. `problem` says why it cannot be read."""

    number: int
    address: str
    title: str
    content: str
    date: str
    modified: str
    language: str
    categories: tuple[str, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class Api:
    """The API of one site; `root` is an address such as https://site.example/wp-json."""

    client: Client
    root: str

    def listing(self, kind: str) -> Iterator[Listed]:
        """Give all posts of a kind (`posts`, `pages`), in the order of their numbers.

        Raises `ShutError` when the API is not open, `CommonsError` when the list cannot be read to its end.
        """
        seen = 0
        for page in range(1, MOST_LISTS):
            fields = "id,link,modified_gmt"
            asked = {"per_page": PER_LIST, "page": page, "orderby": "id", "order": "asc", "_fields": fields}
            exchange, items = self._ask(kind, asked)
            yield from filter(None, map(_listed, items))
            seen += len(items)
            total = exchange.header("x-wp-total")
            if len(items) < PER_LIST or (total.isdecimal() and seen >= int(total)):
                break
        if total.isdecimal() and seen < int(total):
            raise CommonsError(exchange.address, f"listed {seen} {kind} of {total}", "try again later")

    def posts(self, kind: str, numbers: Sequence[int]) -> Iterator[Post | Unread]:
        """Give posts by their numbers, some at a time; where some together fail, each of them alone.

        Raises `CommonsError` when several in a row fail even so.
        """
        failed = 0
        for start in range(0, len(numbers), PER_ASK):
            for answer in self._some(kind, numbers[start : start + PER_ASK]):
                yield answer
                failed = failed + 1 if isinstance(answer, Unread) else 0
                if isinstance(answer, Unread) and failed >= GIVEN_UP:
                    raise CommonsError(self.root, f"does not answer any more ({answer.problem})", "try again later")

    def _some(self, kind: str, numbers: Sequence[int]) -> Iterator[Post | Unread]:
        asked = {"include": ",".join(map(str, numbers)), "per_page": PER_LIST, "_embed": "wp:term", "_fields": FIELDS}
        try:
            _, items = self._ask(kind, {**asked, "orderby": "include"})
        except CommonsError as error:
            if len(numbers) == 1:
                yield Unread(numbers[0], error.problem)
                return
            half = len(numbers) // 2
            yield from self._some(kind, numbers[:half])
            yield from self._some(kind, numbers[half:])
            return
        yield from filter(None, map(_post, items))

    def _ask(self, kind: str, asked: dict[str, Any]) -> tuple[Exchange, list[Any]]:
        joined = "&" if "?" in self.root else "?"
        exchange = self.client.get(f"{self.root}/wp/v2/{kind}{joined}{urlencode(asked, safe=':,')}")
        _check_open(exchange)
        try:
            items = json_answer.loads(exchange.body)
        except (ValueError, RecursionError) as error:
            raise CommonsError(exchange.address, "is no whole JSON", "try again later") from error
        if exchange.status != 200 or not isinstance(items, list):
            raise CommonsError(exchange.address, f"answered {exchange.status}, no list of {kind}", "try again later")
        return exchange, items


def _check_open(exchange: Exchange) -> None:
    """Raise `ShutError` where the API's answer is that it may not be read, or where no API answered."""
    body = exchange.body.lstrip(b"\xef\xbb\xbf \t\r\n")
    is_page = exchange.status == 200 and body[:1] in (b"<", b"")
    if is_page or (exchange.status in ABSENT and body[:1] != b"{"):
        raise ElsewhereError(exchange.address, "is no API", "write its address into `api`")
    if exchange.status in SHUT:
        raise ShutError(exchange.address, f"answered {exchange.status}, the API is not open", "ask the site")


def _listed(item: Any) -> Listed | None:
    if not isinstance(item, dict) or not isinstance(item.get("id"), int):
        return None
    address = site.tidy(str(item.get("link") or ""))
    return Listed(item["id"], address, str(item.get("modified_gmt") or "")) if address else None


def _post(item: Any) -> Post | None:
    if (listed := _listed(item)) is None:
        return None
    content = item.get("content") if isinstance(item.get("content"), dict) else {}
    language = item.get("lang")
    return Post(
        number=listed.number,
        address=listed.address,
        title=_plain(_rendered(item.get("title"))),
        content=_rendered(content),
        date=written_dates.iso(str(item.get("date") or "")),
        modified=listed.modified,
        language=language if isinstance(language, str) else "",
        categories=tuple(_categories(item.get("_embedded"))),
        problem="is protected by a password" if content.get("protected") else "",
    )


def _rendered(told: Any) -> str:
    return str(told.get("rendered") or "") if isinstance(told, dict) else ""


def _plain(html: str) -> str:
    return " ".join(unescape(TAG.sub("", html)).split())


def _categories(embedded: Any) -> Iterator[str]:
    groups = embedded.get("wp:term") if isinstance(embedded, dict) else None
    for group in groups if isinstance(groups, list) else ():
        for term in group if isinstance(group, list) else ():
            if isinstance(term, dict) and term.get("taxonomy") == "category":
                yield str(term.get("slug") or "")
