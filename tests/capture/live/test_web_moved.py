"""Pages that move inside a site: what a server says of one address is never held against another."""

from __future__ import annotations

import pytest
from site_server import Reply, Site, Visits, found, refused, source

from commons_graph.capture.live import web
from commons_graph.capture.live.records import Unchanged

SAME = '"same"'
"""As servers give that make an ETag of the text: it moves with the page."""


@pytest.fixture
def crawl(site: Site) -> Visits:
    site.put("/", "Home", "/a", "/b")
    site.put("/a", "A", etag=SAME)
    return Visits(web.visit, source(site, "web"))


def moved(to: str) -> Reply:
    return Reply(status=301, headers={"Location": to})


def test_a_page_that_moved_with_its_etag_is_found_where_it_is(site: Site, crawl: Visits) -> None:
    crawl.again()
    site.pages["/a"] = moved("/b")
    site.put("/b", "A", etag=SAME)
    assert found(crawl.again(), site) == ["/b"]


def test_a_page_that_comes_back_with_its_etag_is_found_again(site: Site, crawl: Visits) -> None:
    site.pages["/a"] = moved("/b")
    site.put("/b", "A", etag=SAME)
    assert found(crawl.again(), site) == ["/", "/b"]
    site.put("/a", "A", etag=SAME)
    del site.pages["/b"]
    assert found(crawl.again(), site) == ["/a"]


def test_what_a_redirect_leads_to_is_not_sent_again(site: Site, crawl: Visits) -> None:
    site.pages["/a"] = moved("/b")
    site.put("/b", "B", head='<meta name="robots" content="noindex">')
    site.put("/", "Home", "/a", "/c")
    site.pages["/c"] = moved("/d")
    site.put("/d", "D")
    crawl.again()
    site.forget()
    assert crawl.again() == [Unchanged(site.at("/")), Unchanged(site.at("/d"))]
    assert site.sent == 0
    site.forget()
    crawl.again()
    assert site.sent == 0


def test_a_page_that_is_as_it_was_though_nobody_has_it_is_told(site: Site, crawl: Visits) -> None:
    site.pages["/a"] = Reply(status=304)
    answers = crawl.again()
    assert (found(answers, site), refused(answers, site)) == (["/"], {"/a": "answered 304"})
