"""A WordPress site whose REST API is shut: its feed, its sitemap for what the feed does not show, or its pages' links.

A post that the feed gave stays the feed's, so that its text does not change when the feed no longer shows it. What
belongs here: which way is taken. What does not: reading feeds (`feed`), sitemaps and pages (`web`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from commons_graph.capture.http import Condition, Exchange, ForbiddenError
from commons_graph.capture.live import entries, feed, scope, sitemap
from commons_graph.capture.live.crawl import Crawl
from commons_graph.capture.live.entries import Entry
from commons_graph.capture.live.records import Unchanged
from commons_graph.capture.live.twins import twins
from commons_graph.capture.live.visit import Answer, Visit
from commons_graph.errors import CommonsError
from commons_graph.model import Refusal

FEED = "feed/"
MAPS = ("wp-sitemap.xml", "sitemap_index.xml", "sitemap.xml")
ARCHIVES = re.compile(r"/(?:wp-sitemap-(?:taxonomies|users)-|(?:category|post_tag|author|tag)s?-sitemap)[^/]*$")
NO_DOCUMENTS = ("/wp-*", "*/feed/", "*/category/*", "*/tag/*", "*/author/*", "*/comment-page-*", "*/page/*")
MOST_PAGES = 500
LETTERS = re.compile(r"[^a-z0-9]+")


def visit(visit: Visit) -> Iterator[Answer]:
    """Give the posts and pages of a site. Raises `CommonsError` when it has no feed, no sitemap and no page."""
    given: set[str] = set()
    for answer in _feed(visit):
        given.add(answer.address)
        yield answer
    feeds = (address for address, known in visit.known.items() if "entry" in known.marks)
    ours = given | {twin for address in feeds for twin in twins(address)}
    listed = _listed(visit)
    if listed is None:
        yield from _crawl(visit, ours)
        return
    for item in listed:
        if isinstance(item, Refusal):
            visit.whole = False
            yield item
    rest = ours - given
    addresses = {item.address: item.lastmod for item in listed if isinstance(item, sitemap.Listed)}
    yield from (Unchanged(address) for address in addresses if address in rest and address in visit.known)
    pages = {address: lastmod for address, lastmod in addresses.items() if address not in ours}
    yield from Crawl(visit, replace(scope.of(visit.source), starts=(), depth=0), pages).run()


def _crawl(visit: Visit, ours: set[str]) -> Iterator[Answer]:
    """Read the pages that links lead to. The feed's posts stay, since nothing says which of them are gone."""
    options = {"exclude": NO_DOCUMENTS, **visit.source.options}
    crawl = Crawl(visit, scope.of(replace(visit.source, options=options)))
    crawl.frontier.asked.update(ours)
    try:
        yield from crawl.run()
    except CommonsError:
        if not ours:
            raise
    visit.whole = visit.whole and not ours


def _feed(visit: Visit) -> Iterator[Answer]:
    """Give the feed's entries, and further pages of it until one has nothing new; nothing where there is no feed."""
    root = visit.source.address.rstrip("/") + "/" + FEED
    whole = visit.cursor.get(FEED) == "read"
    before = Condition(visit.cursor.get("etag", ""), visit.cursor.get("last_modified", ""))
    first: Exchange | None = None
    refused = False
    for page in range(1, MOST_PAGES):
        found = _ask(visit, f"{root}?paged={page}" if page > 1 else root, before if page == 1 else Condition())
        if found is None:
            break
        first = first or found
        answers: list[Answer] = []
        for entry in _entries(found):
            answers.append(feed.document(visit, entry, _hints(visit, entry)))
            yield answers[-1]  # at once, so that of a feed that is cut off the whole entries are there
        refused = refused or any(isinstance(answer, Refusal) for answer in answers)
        if not answers or (whole and any(isinstance(answer, Unchanged) for answer in answers)):
            break
    if first and not refused:
        etag, last_modified = first.condition.etag, first.condition.last_modified
        visit.cursor.update({FEED: "read", "etag": etag, "last_modified": last_modified})


def _ask(visit: Visit, address: str, condition: Condition) -> Exchange | None:
    try:
        exchange = visit.client.get(address, condition)
    except ForbiddenError:
        return None
    return exchange if exchange.status == 200 else None


def _entries(exchange: Exchange) -> Iterator[Entry]:
    try:
        yield from (entry for entry in feed.different(exchange) if entry.address)
    except entries.CutOffError:
        raise
    except CommonsError:  # many sites answer a page where they have no feed
        return


def _hints(visit: Visit, entry: Entry) -> dict[str, str]:
    """Say whether an entry is a newsletter: feeds give categories by name, the YAML by the short name made of it."""
    names = {_short(category) for category in entry.categories}
    return {} if names.isdisjoint(visit.source.options.get("newsletters", ())) else {"kind": "newsletter"}


def _short(name: str) -> str:
    plain = unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode()
    return LETTERS.sub("-", plain.lower()).strip("-")


def _listed(visit: Visit) -> list[sitemap.Listed | Refusal] | None:
    """Give what the first sitemap lists that the site has, or None. Raises `CommonsError` when it is broken."""
    wanted = scope.of(visit.source)
    maps = [visit.source.address.rstrip("/") + "/" + name for name in MAPS]
    for address in [wanted.sitemap] if wanted.sitemap else maps:
        try:
            found = sitemap.pages(visit.client, address, wanted.most, lambda part: not ARCHIVES.search(part))
            return [item for item in found if isinstance(item, Refusal) or wanted.lists(item.address)]
        except sitemap.AbsentError:
            continue
    return None
