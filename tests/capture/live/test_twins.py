"""A site that moves as a whole, to `www.` or to TLS: its documents stay what they are, and none is there twice."""

from __future__ import annotations

import socket
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from site_server import Reply, Site, source

from commons_graph.capture import archive
from commons_graph.capture.live import twins
from commons_graph.model import Capture
from commons_graph.project import Project
from commons_graph.source import Source
from commons_graph.step_note import Tally

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>{0}</link>
<item><title>One</title><link>{0}/one</link><description>Text.</description></item></channel></rss>"""


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names below `.example` lie on this machine, which no name service says."""
    asked = socket.getaddrinfo

    def here(host: Any, *others: Any, **settings: Any) -> Any:
        return asked("127.0.0.1" if str(host).endswith(".example") else host, *others, **settings)

    monkeypatch.setattr(socket, "getaddrinfo", here)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, tmp_path / "warehouse")


@pytest.fixture
def reading(site: Site, names: None) -> Source:
    """Four pages of a site that is read under its bare name."""
    site.put("/", "Home", "/one", "/two", "/three")
    for name in ("one", "two", "three"):
        site.put(f"/{name}", name.title(), body=f"<p>Text {name}.</p>")
    return replace(source(site, "web", pause=0), address=f"http://{bare(site)}/")


def bare(site: Site) -> str:
    return f"site.example:{site.server_address[1]}"


def addresses(project: Project, reading: Source) -> list[str]:
    return [each.address for each in archive.replay(reading, project) if isinstance(each, Capture)]


def test_a_site_that_moves_to_www_keeps_its_documents(site: Site, project: Project, reading: Source) -> None:
    archive.keep(reading, project)
    before, mark = addresses(project, reading), archive.latest_fingerprint(reading, project)
    site.moved[bare(site)] = f"www.{bare(site)}"
    for _ in range(3):
        kept = archive.keep(reading, project)
        assert (kept.tally, kept.refused, kept.fingerprint) == (Tally(), (), mark)
    assert addresses(project, reading) == before
    assert len(before) == 4


def test_after_the_move_a_page_is_asked_once_and_not_sent_again(site: Site, project: Project, reading: Source) -> None:
    archive.keep(reading, project)
    site.moved[bare(site)] = f"www.{bare(site)}"
    site.put("/one", "One", body="<p>Other text.</p>")
    assert archive.keep(reading, project).tally == Tally(changed=1)
    site.forget()
    assert archive.keep(reading, project).tally == Tally()
    assert (site.sent, site.asked["/one"]) == (0, 1)


def test_what_comes_after_the_move_has_its_new_address_and_what_goes_is_gone(
    site: Site, project: Project, reading: Source
) -> None:
    archive.keep(reading, project)
    site.moved[bare(site)] = f"www.{bare(site)}"
    site.put("/", "Home", "/one", "/new")
    site.put("/new", "New", body="<p>New text.</p>")
    del site.pages["/two"]
    assert archive.keep(reading, project).tally == Tally(added=1, changed=1)
    assert archive.keep(reading, project).tally == Tally(gone=1)
    here, there = f"http://{bare(site)}", f"http://www.{bare(site)}"
    assert addresses(project, reading) == [f"{here}/", f"{here}/one", f"{here}/three", f"{there}/new"]


def test_a_source_whose_address_the_steward_mends_keeps_its_documents(
    site: Site, project: Project, reading: Source
) -> None:
    archive.keep(reading, project)
    before = addresses(project, reading)
    site.moved[bare(site)] = f"www.{bare(site)}"
    mended = replace(reading, address=f"http://www.{bare(site)}/")
    assert archive.keep(mended, project).tally == Tally()
    assert addresses(project, mended) == before


def test_the_entries_of_a_feed_that_moves_stay_the_same(site: Site, project: Project, reading: Source) -> None:
    feed = replace(reading, connector="feed", address=f"{reading.address}feed")
    for host in (bare(site), f"www.{bare(site)}"):
        site.pages["/feed"] = Reply(FEED.format(f"http://{host}").encode(), type="application/rss+xml")
        archive.keep(feed, project)
    assert addresses(project, feed) == [f"http://{bare(site)}/one"]


def test_posts_of_a_shut_blog_that_moves_stay_the_feeds(site: Site, project: Project, reading: Source) -> None:
    blog = replace(reading, connector="wordpress")
    site.made = lambda path: Reply(b"", 401) if "wp-json" in path or "rest_route" in path else None
    for host, shown in ((bare(site), FEED), (f"www.{bare(site)}", FEED.replace("/one", "/two"))):
        site.pages["/feed/"] = Reply(shown.format(f"http://{host}").encode(), type="application/rss+xml")
        listed = "".join(f"<url><loc>http://{host}/{name}</loc></url>" for name in ("one", "two"))
        site.pages["/wp-sitemap.xml"] = Reply(f"<urlset>{listed}</urlset>".encode(), type="application/xml")
        site.forget()
        archive.keep(blog, project)
    assert site.asked["/one"] == 0
    assert addresses(project, blog) == [f"http://{bare(site)}/one", f"http://{bare(site)}/two"]


def test_an_address_has_three_twins() -> None:
    known = twins.Twins({"http://site.example/a": 1, "https://www.site.example/b": 2, "https://site.example/b": 3})
    for address in ("http://site.example/a", "https://site.example/a", "http://www.site.example/a"):
        assert (known[address], known.named(address)) == (1, "http://site.example/a")
    assert known["https://site.example/b"] == 3
    for address in ("https://other.site.example/a", "https://site.example/c", "ftp://site.example/a", "mid:a", ""):
        assert (address in known, known.named(address)) == (False, address)
