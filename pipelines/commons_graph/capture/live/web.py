"""The connector `web`: a list of pages, a site's sitemap, or the pages that its links lead to.

What belongs here: which of the three, as the YAML says. What does not: reading them (`crawl`).
"""

from __future__ import annotations

from collections.abc import Iterator

from commons_graph.capture.live import scope, sitemap
from commons_graph.capture.live.crawl import Crawl
from commons_graph.capture.live.records import Unchanged
from commons_graph.capture.live.visit import Answer, Visit
from commons_graph.model import Refusal


def visit(visit: Visit) -> Iterator[Answer]:
    """Give the pages of a site. Raises `CommonsError` when its sitemap cannot be read, or no page answers."""
    wanted = scope.of(visit.source)
    lastmods: dict[str, str] = {}
    for item in sitemap.pages(visit.client, wanted.sitemap, wanted.most) if wanted.sitemap else ():
        if isinstance(item, Refusal):
            visit.whole = False
            yield item
        elif wanted.lists(item.address):
            lastmods[item.address] = item.lastmod
    # A server that knows no conditions is believed its sitemap, so that its pages need not be sent again.
    same = [address for address, lastmod in lastmods.items() if _is_told_unchanged(visit, address, lastmod)]
    yield from (Unchanged(address) for address in same)
    asked = {address: lastmod for address, lastmod in lastmods.items() if address not in set(same)}
    yield from Crawl(visit, wanted, asked).run()


def _is_told_unchanged(visit: Visit, address: str, lastmod: str) -> bool:
    marks = visit.known[address].marks if address in visit.known else {}
    conditional = "etag" in marks or "last_modified" in marks
    return bool(lastmod) and marks.get("lastmod") == lastmod and not conditional
