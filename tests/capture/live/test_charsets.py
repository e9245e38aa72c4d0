"""What servers call their charsets, against a real server: names that are none cost no page, no visit and no time."""

from __future__ import annotations

import pytest
from site_server import Reply, Site, Visits, found, page, refused, source

from commons_graph.capture.live import feed, web
from commons_graph.capture.live.records import Found

LONG = "a" * 200_000
"""By punycode this takes longer than anybody waits."""


@pytest.mark.parametrize("charset", ["idna", "undefined", "punycode", "base64", "unicode_escape"])
@pytest.mark.parametrize("served", [True, False])
def test_a_charset_that_is_none_costs_nothing(site: Site, charset: str, served: bool) -> None:
    head = "" if served else f'<meta charset="{charset}">'
    site.put("/", "Home", "/a")
    site.pages["/a"] = Reply(
        page("A", "/deep", head=head, body=LONG), type=f"text/html; charset={charset}" if served else "text/html"
    )
    site.put("/deep", "Deep")
    answers = Visits(web.visit, source(site, "web")).again()
    assert (found(answers, site), refused(answers, site)) == (["/", "/a", "/deep"], {})


@pytest.mark.parametrize("charset", ["idna", "undefined", "punycode", "base64"])
@pytest.mark.parametrize("served", [True, False])
def test_a_feed_in_a_charset_that_is_none_is_read_as_utf_8(site: Site, charset: str, served: bool) -> None:
    declared = "" if served else f' encoding="{charset}"'
    entry = f"<item><title>&#201;t&#233;</title><link>/one</link><description>{LONG}</description></item>"
    body = f'<?xml version="1.0"{declared}?><rss version="2.0"><channel><title>L</title>{entry}</channel></rss>'
    site.pages["/feed"] = Reply(body.encode(), type=f"text/xml; charset={charset}" if served else "text/xml")
    (one,) = Visits(feed.visit, source(site, "feed", "/feed")).again()
    assert isinstance(one, Found)
    assert one.hints["title"] == "Été"
