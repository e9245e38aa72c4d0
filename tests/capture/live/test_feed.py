"""The connector `feed` against a real server: RSS, Atom and JSON Feed, whole or with summaries only."""

from __future__ import annotations

import json
from typing import Any

import pytest
from site_server import Reply, Site, Visits, found, refused, source

from commons_graph.capture.live import feed
from commons_graph.capture.live.records import Found, Gone, Unchanged
from commons_graph.errors import CommonsError
from commons_graph.model import Refusal

RSS = "application/rss+xml"


def visits(site: Site, **options: Any) -> Visits:
    return Visits(feed.visit, source(site, "feed", "/feed", **options))


def rss(*items: str, language: str = "fr-FR") -> bytes:
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    channel = f"<title>Letters</title><link>/</link><language>{language}</language>{''.join(items)}"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {spaces}><channel>{channel}</channel></rss>'.encode()
    )


def item(link: str, title: str, summary: str = "", content: str = "", day: str = "03", guid: str = "") -> str:
    whole = f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else ""
    date = f"<pubDate>Tue, {day} Nov 2026 09:00:00 +0000</pubDate>"
    name = f"<guid isPermaLink='false'>{guid}</guid>" if guid else ""
    linked = f"<link>{link}</link>" if link else ""
    return f"<item><title>{title}</title>{linked}{name}<description>{summary}</description>{whole}{date}</item>"


def documents(answers: list[Any]) -> list[Found]:
    return [answer for answer in answers if isinstance(answer, Found)]


def test_rss_entries_are_documents_with_title_date_and_language(site: Site) -> None:
    text = "<p>We meet in Lyon. <a href='/more'>More</a></p>"
    site.pages["/feed"] = Reply(
        rss(item("/one?utm_source=rss", "One &amp;amp; all", "short", text)), type=RSS, etag='"1"'
    )
    (one,) = documents(visits(site).again())
    assert one.address == site.at("/one")
    assert one.hints == {"title": "One & all", "date": "2026-11-03", "language": "fr-FR"}
    assert b"We meet in Lyon" in one.payload
    assert b"short" not in one.payload


def test_atom_entries_are_documents(site: Site) -> None:
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>T</title><id>f</id>'
        '<entry><id>tag:x,2026:1</id><title type="html">A &lt;b&gt;bold&lt;/b&gt; title</title>'
        '<link rel="alternate" href="/one"/><published>2026-11-02T10:00:00Z</published>'
        '<content type="html">&lt;p&gt;Text&lt;/p&gt;</content></entry>'
        "<entry><id>tag:x,2026:2</id><title>Without a link</title><updated>2026-11-01T10:00:00Z</updated>"
        "<summary>Plain &amp; short</summary></entry></feed>"
    )
    site.pages["/feed"] = Reply(body.encode(), type="application/atom+xml")
    one, two = documents(visits(site).again())
    assert (one.address, one.hints["title"], one.hints["language"]) == (site.at("/one"), "A bold title", "en")
    assert two.address == site.at("/feed#tag%3Ax%2C2026%3A2")
    assert b"<p>Plain &amp; short</p>" in two.payload


def test_json_feed_items_are_documents(site: Site) -> None:
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "language": "en",
        "items": [
            {
                "id": "1",
                "url": site.at("/one"),
                "title": "One",
                "content_html": "<p>Hi</p>",
                "date_published": "2026-10-01T0",
            },
            {"id": 2, "content_text": "a < b"},
            "no item",
        ],
    }
    site.pages["/feed"] = Reply(json.dumps(told).encode(), type="application/feed+json")
    one, two = documents(visits(site).again())
    assert one.hints == {"title": "One", "date": "2026-10-01", "language": "en"}
    assert (two.address, b"<p>a &lt; b</p>" in two.payload) == (site.at("/feed#2"), True)


def test_an_entry_with_neither_a_link_nor_an_id_is_refused_by_its_title(site: Site) -> None:
    body = rss(item("", "First", "a"), item("/two", "Two", "b"), item("", "", "c"))
    site.pages["/feed"] = Reply(body, type=RSS, etag='"1"')
    run = visits(site)
    answers = run.again()
    assert [found.address for found in documents(answers)] == [site.at("/two")]
    assert [(each.address, each.reason) for each in answers if isinstance(each, Refusal)] == [
        (site.at("/feed"), "an entry has neither a link nor an id: First"),
        (site.at("/feed"), "an entry has neither a link nor an id: without a title"),
    ]
    assert run.again() == []


def test_a_feed_that_is_as_it_was_costs_one_question_and_no_body(site: Site) -> None:
    site.pages["/feed"] = Reply(rss(item("/one", "One", "text")), type=RSS, etag='"1"')
    read = visits(site)
    read.again()
    assert not read.whole
    site.forget()
    assert read.again() == []
    assert (site.asked["/feed"], site.sent) == (1, 0)


def test_only_what_is_new_or_changed_is_given_again(site: Site) -> None:
    site.pages["/feed"] = Reply(rss(item("/one", "One", "a"), item("/two", "Two", "b")), type=RSS)
    read = visits(site)
    read.again()
    site.pages["/feed"] = Reply(rss(item("/three", "Three", "c"), item("/one", "One", "A")), type=RSS)
    assert found(read.again(), site) == ["/three", "/one"]
    assert not read.whole
    assert read.again() == [Unchanged(site.at("/three")), Unchanged(site.at("/one"))]


def test_a_summary_is_followed_to_the_whole_text(site: Site) -> None:
    site.put("/one", "One", body="<p>The whole text</p>")
    site.pages["/moved"] = Reply(status=301, headers={"Location": "/one"})
    items = [
        item("/one", "One", "short"),
        item("/moved", "Moved", "short"),
        item("/gone", "Gone"),
        item("/w", "W", "", "x"),
    ]
    site.pages["/feed"] = Reply(rss(*items), type=RSS, etag='"1"')
    read = visits(site, full=True)
    answers = read.again()
    assert found(answers, site) == ["/one", "/moved", "/w"]
    assert b"The whole text" in documents(answers)[0].payload
    assert documents(answers)[0].hints["date"] == "2026-11-03"
    assert Gone(site.at("/gone"), "answered 404") in answers
    site.forget()
    site.pages["/feed"] = Reply(rss(item("/new", "New", "n"), *items), type=RSS, etag='"2"')
    site.put("/new", "New")
    assert found(read.again(), site) == ["/new"]
    assert site.asked["/one"] == 0


def test_a_page_that_failed_is_asked_for_again_even_if_the_feed_is_as_it_was(site: Site) -> None:
    site.pages["/one"] = Reply(b"no", 403)
    site.pages["/feed"] = Reply(rss(item("/one", "One", "short")), type=RSS, etag='"1"')
    read = visits(site, full=True)
    assert refused(read.again(), site) == {"/one": "answered 403 text/html, not a page"}
    site.put("/one", "One")
    assert found(read.again(), site) == ["/one"]


BOMB = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>
<rss version="2.0"><channel><title>&d;</title><item><link>/one</link><title>&d;</title></item></channel></rss>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hostname">]>
<rss version="2.0"><channel><item><link>/one</link><title>x&a;y</title></item></channel></rss>"""


@pytest.mark.parametrize("body", [BOMB, OUTSIDE])
def test_entities_are_not_expanded(site: Site, body: bytes) -> None:
    site.pages["/feed"] = Reply(body, type=RSS)
    for answer in documents(visits(site).again()):
        assert len(answer.payload) < 500
        assert answer.hints.get("title", "xy") in ("xy", "x&a;y", "&d;")


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"<html><body>no feed</body></html>"),
        Reply(b'{"version": 1}', type="application/json"),
        Reply(b"{", type="application/json"),
        Reply(b"", type=RSS),
        Reply(b"nothing", 404),
    ],
)
def test_what_is_no_feed_stops_the_visit(site: Site, reply: Reply) -> None:
    site.pages["/feed"] = reply
    with pytest.raises(CommonsError, match="feed"):
        visits(site).again()


def test_a_feed_that_is_cut_off_gives_its_whole_entries(site: Site) -> None:
    whole = rss(item("/one", "One", "text"), item("/two", "Two", "text"))
    site.pages["/feed"] = Reply(whole[:-60], type=RSS)
    given = visits(site)
    with pytest.raises(CommonsError, match="cut off"):
        given.again()
    assert list(given.known) == [site.at("/one")]


def test_a_server_that_gives_no_page_is_left_alone(site: Site) -> None:
    site.pages["/feed"] = Reply(rss(*(item(f"/{number}", "T", "short") for number in range(9))), type=RSS)
    site.made = lambda path: Reply(status=503) if path != "/robots.txt" else None
    reasons = refused(visits(site, full=True).again(), site)
    assert sum(site.asked[f"/{number}"] for number in range(9)) == 5
    assert [reasons[f"/{number}"].split(":")[0] for number in (0, 8)] == ["answered 503 each time", "was not asked for"]


def test_a_server_that_says_unchanged_of_what_nobody_has_stops_nothing(site: Site) -> None:
    site.pages["/feed"] = Reply(rss(item("/one", "One", "short"), item("/two", "Two", "short")), type=RSS)
    site.pages["/one"] = Reply(status=304)
    site.put("/two", "Two")
    answers = visits(site, full=True).again()
    assert found(answers, site) == ["/two"]
    assert "answered 304" in refused(answers, site)["/one"]
    site.pages["/feed"] = Reply(status=304)
    with pytest.raises(CommonsError, match="answered 304"):
        visits(site).again()
