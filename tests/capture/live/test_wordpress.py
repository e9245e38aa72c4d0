"""The connector `wordpress` against a server that answers as WordPress does, and as broken or shut ones do.

The real WordPress is in tests/integration.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from site_server import Reply, Site, Visits, found, refused, source

from commons_graph.capture.live import wordpress
from commons_graph.capture.live.records import Found, Unchanged
from commons_graph.errors import CommonsError


class Posts:
    """The REST API of a made site; `broken` posts make every answer that holds them fail."""

    def __init__(self, site: Site) -> None:
        self.site, self.kinds = site, dict[str, dict[int, dict[str, Any]]](posts={}, pages={})
        self.broken: set[int] = set()
        self.root = "/wp-json"
        site.made = self.answer

    def put(
        self, number: int, title: str, kind: str = "posts", modified: str = "2026-11-01T00:00:00", **more: Any
    ) -> None:
        self.kinds[kind][number] = {
            "id": number,
            "link": self.site.at(f"/{number}/"),
            "date": "2026-10-05T09:00:00",
            "modified_gmt": modified,
            "title": {"rendered": title},
            "content": {"rendered": f"<p>{title}</p>", "protected": False},
            "_embedded": {"wp:term": [[{"taxonomy": "category", "slug": "lettres"}], []]},
            **more,
        }

    def answer(self, path: str) -> Reply | None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
        route = asked.get("rest_route", urlsplit(path).path.removeprefix(self.root))
        items = self.kinds.get(route.removeprefix("/wp/v2/"))
        if items is None or (self.root not in path):
            return None
        numbers = [int(word) for word in asked["include"].split(",")] if "include" in asked else sorted(items)
        if "include" in asked and self.broken & set(numbers):
            return Reply(b"<p>critical error</p>", 500, headers={"Retry-After": "0"})
        size, page = int(asked["per_page"]), int(asked.get("page", 1))
        chosen = [items[number] for number in numbers if number in items]
        body = json.dumps(chosen[(page - 1) * size : page * size]).encode()
        return Reply(body, type="application/json", headers={"X-WP-Total": str(len(chosen)), "X-Robots-Tag": "noindex"})


@pytest.fixture
def posts(site: Site) -> Posts:
    made = Posts(site)
    made.put(1, "One &amp; <b>all</b>")
    made.put(2, "Two")
    made.put(3, "About us", "pages", _embedded={})
    return made


def visits(site: Site, **options: Any) -> Visits:
    return Visits(wordpress.visit, source(site, "wordpress", **options))


def test_posts_and_pages_are_documents_with_title_date_and_kind(site: Site, posts: Posts) -> None:
    answers = visits(site, newsletters=["lettres"]).again()
    assert found(answers, site) == ["/1/", "/2/", "/3/"]
    one, _, about = (answer for answer in answers if isinstance(answer, Found))
    assert one.hints == {"title": "One & all", "date": "2026-10-05", "kind": "newsletter"}
    assert "kind" not in about.hints
    assert b"<h1>One &amp; all</h1>\n<p>One &amp; <b>all</b></p>" in one.payload


def test_a_second_visit_asks_for_the_lists_only(site: Site, posts: Posts) -> None:
    read = visits(site)
    read.again()
    site.forget()
    assert [type(answer) for answer in read.again()] == [Unchanged] * 3
    assert sum(site.asked.values()) == 3  # robots.txt and two lists
    assert not any("include" in path for path in site.asked)


def test_other_newsletters_make_posts_be_asked_for_again(site: Site, posts: Posts) -> None:
    read = visits(site)
    read.again()
    read.source, read.cursor = source(site, "wordpress", newsletters=["lettres"]), {}
    assert found(read.again(), site) == ["/1/", "/2/", "/3/"]
    assert read.known[site.at("/1/")].hints["kind"] == "newsletter"
    read.cursor = {}
    assert not found(read.again(), site)


def test_new_and_changed_posts_are_given_and_deleted_ones_are_missed(site: Site, posts: Posts) -> None:
    read = visits(site)
    read.again()
    posts.put(2, "Two again", modified="2026-11-02T00:00:00")
    posts.put(4, "Planned long ago", modified="2026-01-01T00:00:00")
    del posts.kinds["posts"][1]
    answers = read.again()
    assert found(answers, site) == ["/2/", "/4/"]
    assert [each.address for each in answers if isinstance(each, Unchanged)] == [site.at("/3/")]
    assert read.whole


def test_many_posts_are_listed_a_hundred_at_a_time(site: Site, posts: Posts) -> None:
    for number in range(10, 260):
        posts.put(number, f"Post {number}")
    assert len(found(visits(site).again(), site)) == 253
    assert sum("page=" in path and "include" not in path for path in site.asked) == 4


def test_a_post_that_breaks_its_server_costs_only_itself(site: Site, posts: Posts) -> None:
    for number in range(10, 30):
        posts.put(number, f"Post {number}")
    posts.broken = {15}
    read = visits(site)
    answers = read.again()
    assert len(found(answers, site)) == 22
    assert refused(answers, site) == {"/15/": "answered 500 each time"}
    posts.broken = set()
    assert found(read.again(), site) == ["/15/"]


def test_a_server_that_gives_no_post_at_all_is_not_asked_for_each(site: Site, posts: Posts) -> None:
    for number in range(10, 90):
        posts.put(number, f"Post {number}")
    posts.broken = set(range(100))
    with pytest.raises(CommonsError, match="does not answer any more"):
        visits(site).again()
    assert sum(site.asked.values()) < 20


def test_a_post_behind_a_password_is_refused(site: Site, posts: Posts) -> None:
    posts.put(2, "Secret", content={"rendered": "", "protected": True})
    assert refused(visits(site).again(), site) == {"/2/": "is protected by a password"}


def test_posts_that_only_link_to_other_sites_are_refused(site: Site, posts: Posts) -> None:
    posts.put(2, "Away", link="http://other.example/")
    assert refused(visits(site).again(), site) == {"http://other.example/": "leads to another site"}


def test_an_api_without_readable_addresses_is_found(site: Site, posts: Posts) -> None:
    posts.root = "/?rest_route="
    read = visits(site)
    assert len(found(read.again(), site)) == 3
    site.forget()
    read.again()
    assert not any("wp-json" in path for path in site.asked)


@pytest.mark.parametrize(
    "reply", [Reply(b"[{", type="application/json"), Reply(b"[]", 503, headers={"Retry-After": "0"})]
)
def test_a_fault_that_passes_leaves_everything_as_it_was(site: Site, posts: Posts, reply: Reply) -> None:
    site.made = lambda path: reply if "/wp-json" in path else None
    with pytest.raises(CommonsError):
        visits(site).again()
    assert not any("feed" in path or "sitemap" in path for path in site.asked)


SHUT = {
    "401": Reply(b'{"code":"rest_not_logged_in"}', 401, type="application/json"),
    "403": Reply(b"<html>forbidden</html>", 403),
    "404": Reply(b'{"code":"rest_no_route"}', 404, type="application/json"),
    "a page": Reply(b"<!DOCTYPE html><html>welcome</html>"),
}


def shut_site(site: Site, reply: Reply) -> None:
    """A site whose feed shows the newest post, and whose sitemap lists another and a page as well."""
    site.made = lambda path: reply if "wp-json" in path or "rest_route" in path else None
    link, old = site.at("/new/"), site.at("/old/")
    item = (
        "<item><title>New</title><link>{}</link><category>Lettres d’été</category><description>n</description></item>"
    )
    site.pages["/feed/"] = Reply(
        f'<rss version="2.0"><channel>{item.format(link)}</channel></rss>'.encode(),
        type="application/rss+xml",
        etag='"1"',
    )
    parts = ["/wp-sitemap-posts-1.xml", "/wp-sitemap-taxonomies-category-1.xml"]
    index = "".join(f"<sitemap><loc>{site.at(part)}</loc></sitemap>" for part in parts)
    listed = "".join(f"<url><loc>{address}</loc></url>" for address in (link, old, site.at("/about/")))
    site.pages["/wp-sitemap.xml"] = Reply(f"<sitemapindex>{index}</sitemapindex>".encode(), type="application/xml")
    site.pages[parts[0]] = Reply(f"<urlset>{listed}</urlset>".encode(), type="application/xml")
    for path in ("/new/", "/old/", "/about/", "/"):
        site.put(path, f"Page {path}", "/new/", "/old/", "/about/", "/category/lettres/")


@pytest.mark.parametrize("reply", SHUT.values(), ids=SHUT)
def test_where_the_api_is_shut_the_feed_and_the_sitemap_are_read(site: Site, reply: Reply) -> None:
    shut_site(site, reply)
    read = visits(site, newsletters=["lettres-dete"])
    answers = read.again()
    assert found(answers, site) == ["/new/", "/old/", "/about/"]
    assert read.known[site.at("/new/")].hints == {"title": "New", "kind": "newsletter"}
    assert read.whole
    assert not any("taxonomies" in path for path in site.asked)
    site.forget()
    again = read.again()
    assert {each.address for each in again if isinstance(each, Unchanged)} == {each.address for each in answers}
    assert not any(site.asked[path] for path in ("/new/", "/feed/?paged=2"))


def test_of_a_shut_sites_feed_that_is_cut_off_the_whole_entries_are_read(site: Site) -> None:
    shut_site(site, SHUT["401"])
    whole = site.pages["/feed/"].body.removesuffix(b"</channel></rss>")
    site.pages["/feed/"] = Reply(whole + b"<item><link>/half/</link><title>Ha", type="application/rss+xml", etag='"2"')
    read = visits(site)
    with pytest.raises(CommonsError, match="cut off"):
        read.again()
    assert list(read.known) == [site.at("/new/")]


def test_an_api_that_robots_txt_forbids_is_shut(site: Site, posts: Posts) -> None:
    shut_site(site, Reply(b"[]"))
    site.pages["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /wp-json/", type="text/plain")
    assert len(found(visits(site).again(), site)) == 3
    assert not any("wp-json" in path or "rest_route" in path for path in site.asked)


def test_where_there_is_no_sitemap_links_are_followed(site: Site) -> None:
    shut_site(site, SHUT["401"])
    del site.pages["/wp-sitemap.xml"]
    read = visits(site)
    assert found(read.again(), site) == ["/new/", "/", "/old/", "/about/"]
    assert not read.whole
    del site.pages["/feed/"]
    plain = visits(site)
    assert sorted(found(plain.again(), site)) == ["/", "/about/", "/new/", "/old/"]
    assert plain.whole


def test_a_post_stays_the_feeds_when_the_feed_no_longer_shows_it(site: Site) -> None:
    shut_site(site, SHUT["403"])
    read = visits(site)
    read.again()
    empty = b'<rss version="2.0"><channel><item><link>/newest/</link><title>Newest</title></item></channel></rss>'
    site.pages["/feed/"] = Reply(empty, type="application/rss+xml")
    site.forget()
    answers = read.again()
    assert found(answers, site) == ["/newest/"]
    assert Unchanged(site.at("/new/")) in answers
    assert not site.asked["/new/"]


def test_a_feed_of_several_pages_is_read_to_its_end_once(site: Site) -> None:
    shut_site(site, SHUT["403"])
    del site.pages["/wp-sitemap.xml"]
    item = "<item><title>{0}</title><link>/{0}/</link><description>d</description></item>"

    def feed(page: int) -> Reply:
        items = "".join(item.format(f"post-{page}-{letter}") for letter in "ab")
        return Reply(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode(), type="application/rss+xml")

    site.pages |= {"/feed/": feed(1), "/feed/?paged=2": feed(2), "/feed/?paged=3": feed(3)}
    read = visits(site, depth=0)
    assert len(found(read.again(), site)) == 7
    site.forget()
    read.again()
    assert not site.asked["/feed/?paged=2"]
