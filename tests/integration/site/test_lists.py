"""Sitemaps and feeds that are broken or hostile, through the whole job: each is named, no other source is held up."""

from __future__ import annotations

import gzip
from pathlib import Path

from commons_job import TEXT, graph, make, refresh, refused
from site_server import Reply, Site

from commons_graph.publish.releases import current

XML, RSS = "application/xml", "application/rss+xml"
DTD = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True))
    + '<!ENTITY z SYSTEM "file:///etc/hostname">]>'
)
PARTS = {
    "/cut.xml": (b"<urlset><url><loc>", "is no whole XML"),
    "/expanding.xml": (f"{DTD}<urlset><url><loc>&i;&z;</loc></url></urlset>".encode(), "declares entities"),
    "/bomb.xml.gz": (gzip.compress(bytes(100_000_000)), "is cut off or unpacks to more than 60 MB"),
    "/half.xml.gz": (gzip.compress(b"<urlset></urlset>" * 99)[:40], "is cut off or unpacks to more than 60 MB"),
    "/page.xml": (b"<!DOCTYPE html><html>welcome</html>", "is a page, no sitemap"),
}


def listed(*addresses: str, tag: str = "url", root: str = "urlset") -> bytes:
    entries = "".join(f"<{tag}><loc>{address}</loc></{tag}>" for address in addresses)
    return f'<?xml version="1.0"?><{root}>{entries}</{root}>'.encode()


def put_maps(site: Site) -> None:
    """Put an index of sitemaps of which one is as it should be, and a page that it lists."""
    parts = [site.at(path) for path in ("/good.xml", *PARTS)]
    site.pages["/index.xml"] = Reply(listed(*parts, tag="sitemap", root="sitemapindex"), type=XML)
    site.pages["/good.xml"] = Reply(listed(site.at("/waves")), type=XML)
    site.pages |= {path: Reply(body, type=XML) for path, (body, _) in PARTS.items()}
    site.put("/waves", "Fondation des Vagues", body=TEXT.format("Fondation des Vagues"))


def put_feeds(site: Site) -> None:
    """Put a feed that expands, one that is cut off behind an entry, and one that is none."""
    entry = f"<item><title>Deltas</title><link>/deltas</link><description>{TEXT}</description></item>"
    text = entry.replace("<p>", "").replace("</p>", "").format("Fondation des Deltas")
    channel = f"<rss version='2.0'><channel><title>News</title>{text}"
    site.pages["/expanding"] = Reply(f"{DTD}{channel}<item><title>&i;&z;</title></item></channel></rss>".encode())
    site.pages["/cut"] = Reply(channel.replace("Delta", "Estuaire").encode() + b"<item><title>Half", type=RSS)
    site.pages["/none"] = Reply(b"\x00\x01 no feed", type=RSS)


def test_broken_lists_are_named_and_the_rest_is_published(site: Site, tmp_path: Path) -> None:
    put_maps(site)
    put_feeds(site)
    feeds = {name: {"connector": "feed", "address": site.at(f"/{name}")} for name in ("expanding", "cut", "none")}
    maps = {
        "maps": {"address": site.at(), "options": {"sitemap": site.at("/index.xml")}},
        "bomb": {"address": site.at(), "options": {"sitemap": site.at("/expanding.xml")}},
    }
    project = make(tmp_path / "project", **feeds, **maps)
    done = refresh(project)
    assert done.returncode == 0, done.stderr
    told = refused(project, "maps", site.at(""))
    assert {path: reason.startswith(PARTS[path][1]) for path, reason in told.items()} == dict.fromkeys(PARTS, True)
    said = " ".join(done.stderr.split())
    assert f"bomb failed: captures: {site.at('/expanding.xml')}: declares entities" in said
    assert f"none failed: captures: {site.at('/none')}: is no feed" in said
    assert all(f"Fondation des {name}" in graph(project) for name in ("Vagues", "Deltas", "Estuaires"))
    assert "aaaaaaaaaa" not in graph(project)

    del site.pages["/waves"]
    site.pages["/good.xml"] = Reply(listed(site.at("/none")), type=XML)
    before = current(project).number
    assert refresh(project).returncode == 0
    assert "Fondation des Vagues" in graph(project)
    assert current(project).number == before
