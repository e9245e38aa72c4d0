"""Which pages a wiki has, and their newest revisions: a few hundred an answer, without their texts.

What does not belong here: fetching the texts (`pages`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from commons_graph.capture.live.mediawiki.api import Api, records, strange
from commons_graph.capture.live.mediawiki.site import Site


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the wiki: its number, its title, the number of its newest revision."""

    page: str
    title: str
    revision: str


def listing(api: Api, site: Site, namespace: int) -> Iterator[Listed]:
    """Give all pages of a namespace, redirects too. Raises `CommonsError` as `Api.parts` does."""
    question = {"generator": "allpages", "gapnamespace": str(namespace), "gaplimit": "max", "prop": "info"}
    for answer in api.parts(question):
        for page in records(answer, "query", "pages"):
            try:
                yield Listed(
                    str(int(page["pageid"])), site.title(namespace, str(page["title"])), str(int(page["lastrevid"]))
                )
            except (KeyError, TypeError, ValueError) as error:
                raise strange(api.address) from error
