"""Fetches pages of a wiki, fifty at a time, in the form that a dump's pages have: `export.Page`.

What does not belong here: which pages are wanted, and what a page becomes (`capture.wiki`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from commons_graph.capture.export import LARGEST_TEXT, Page
from commons_graph.capture.http import TooLargeError
from commons_graph.capture.live.mediawiki.api import Api, Record, record, records, strange
from commons_graph.capture.live.mediawiki.site import Site

TOGETHER = 50
"""What a wiki answers to anybody for one question."""
LONGEST = 6000
"""Servers take addresses of some 8,000 characters."""
WANTED = {"prop": "info|revisions", "rvprop": "ids|timestamp|content", "rvslots": "main"}


def fetch(api: Api, site: Site, by: str, names: Iterable[str]) -> Iterator[Page]:
    """Give pages with their newest revision, by `titles` or `pageids`; one that is not there has a title alone.

    Redirects are asked for their targets, which a text alone does not tell: the word for it is the wiki's own. Where
    pages together make too large an answer, fewer are asked for at once; one that alone does has that as its problem.
    Raises `CommonsError` as `Api.parts` does.
    """
    waiting: list[Page] = []
    for group in _groups(names):
        for told, problem in _some(api, by, group):
            page = _page(site, told, api.address)
            page.problem = problem or page.problem
            if told.get("redirect"):
                waiting.append(page)
            else:
                yield page
        while len(waiting) >= TOGETHER:
            yield from _targets(api, waiting[:TOGETHER])
            del waiting[:TOGETHER]
    if waiting:
        yield from _targets(api, waiting)


def _groups(names: Iterable[str]) -> Iterator[list[str]]:
    group: list[str] = []
    length = 0
    for name in names:
        size = len(quote(name)) + 1
        if group and (len(group) == TOGETHER or length + size > LONGEST):
            yield group
            group, length = [], 0
        group.append(name)
        length += size
    if group:
        yield group


def _some(api: Api, by: str, names: list[str]) -> Iterator[tuple[Record, str]]:
    """Give what a wiki tells of pages, each with what is wrong with it or "": together, or in ever smaller groups."""
    try:
        told = _whole(api, {**WANTED, by: "|".join(names)})
    except TooLargeError as error:
        if len(names) > 1:
            half = len(names) // 2
            yield from _some(api, by, names[:half])
            yield from _some(api, by, names[half:])
            return
        told = _whole(api, {"prop": "info", by: names[0]})
        yield from ((page, f"comes in an answer that {error.problem}") for page in told)
        return
    yield from ((page, "") for page in told)


def _whole(api: Api, question: dict[str, str]) -> list[Record]:
    """Give the pages of a group, put together: long texts come in several parts, each naming all pages.

    A number whose page has gone meanwhile has no title, and is left out.
    """
    pages: dict[str, Record] = {}
    for answer in api.parts(question):
        for page in records(answer, "query", "pages"):
            pages.setdefault(str(page.get("pageid") or page.get("title")), {}).update(page)
    return [page for page in pages.values() if "title" in page and not page.get("invalid")]


def _page(site: Site, told: Record, place: str) -> Page:
    try:
        values = {"title": site.title(int(told["ns"]), str(told["title"])), "ns": str(int(told["ns"]))}
        if told.get("missing"):
            return Page(values)
        revision = next(iter(records(told, "revisions")), {})
        slot = record(revision, "slots", "main") or revision
        values |= {"page": str(told["pageid"]), "revision": str(revision.get("revid", told["lastrevid"]))}
        values |= {"timestamp": str(revision.get("timestamp", "")), "model": str(slot.get("contentmodel", "wikitext"))}
        if slot.get("texthidden"):
            return Page(values, "its text is hidden in the wiki")
        return _with_text(values, slot)
    except (KeyError, TypeError, ValueError) as error:
        raise strange(place) from error


def _with_text(values: dict[str, str], slot: Record) -> Page:
    if not isinstance(slot.get("content"), str):
        return Page(values)
    text: str = slot["content"]
    if len(text) > LARGEST_TEXT:
        return Page(values, f"is larger than {LARGEST_TEXT // 1_000_000} MB")
    return Page({**values, "text": text})


def _targets(api: Api, pages: list[Page]) -> Iterator[Page]:
    """Give redirects with the title that each leads to, where the wiki knows one."""
    ids = "|".join(page.values["page"] for page in pages)
    told = records(api.ask({"pageids": ids, "redirects": "1"}), "query", "redirects")
    targets = {str(each.get("from")): str(each.get("to", "")) for each in told}
    for page in pages:
        if target := targets.get(page.values["title"]):
            page.values["redirect"] = target
        yield page
