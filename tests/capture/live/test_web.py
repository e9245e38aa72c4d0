"""The connector `web` against a real site: what becomes a document, what a second visit costs, what is a trap."""

from __future__ import annotations

import gzip
from dataclasses import replace
from itertools import islice

import pytest
from site_server import Reply, Site, Visits, found, packed, page, refused, source

from commons_graph.capture.live import web
from commons_graph.capture.live.records import Found, Gone, Unchanged
from commons_graph.errors import CommonsError


def visits(site: Site, path: str = "/", **options: object) -> Visits:
    return Visits(web.visit, source(site, "web", path, **options))


def small_site(site: Site) -> None:
    site.put("/", "Home", "/a", "/b#part", "mailto:x@site.example", "javascript:void(0)", "http://other.example/", "//")
    site.put("/a", "A", "/", "/a/deep?utm_source=letter", "/picture.jpg")
    site.put("/b", "B", "a")
    site.put("/a/deep", "Deep", "/a/deeper")
    site.put("/a/deeper", "Deeper", "/a/deepest")
    site.put("/a/deepest", "Deepest")


def test_a_crawl_stays_inside_the_site_and_within_its_depth(site: Site) -> None:
    small_site(site)
    crawl = visits(site, depth=2)
    assert found(crawl.again(), site) == ["/", "/a", "/b", "/a/deep"]
    assert crawl.whole
    assert set(site.asked) == {"/robots.txt", "/", "/a", "/b", "/a/deep"}


def test_a_second_visit_downloads_no_page_again(site: Site) -> None:
    small_site(site)
    crawl = visits(site)
    first = crawl.again()
    site.forget()
    second = crawl.again()
    assert {answer.address for answer in second if isinstance(answer, Unchanged)} == {each.address for each in first}
    assert len(second) == len(first) == 5
    assert (set(site.asked), site.sent) == ({"/robots.txt", "/", "/a", "/b", "/a/deep", "/a/deeper"}, 0)
    assert sum(site.asked.values()) == 6


def test_a_new_page_is_found_through_the_page_that_changed(site: Site) -> None:
    small_site(site)
    crawl = visits(site)
    crawl.again()
    site.put("/b", "B again", "/new")
    site.put("/new", "New")
    assert found(crawl.again(), site) == ["/b", "/new"]


def test_links_are_followed_again_after_the_settings_changed(site: Site) -> None:
    small_site(site)
    crawl = visits(site, depth=1)
    crawl.again()
    crawl.source, crawl.cursor = source(site, "web", depth=3), {}
    assert found(crawl.again(), site) == ["/", "/a", "/b", "/a/deep", "/a/deeper"]


def test_links_of_a_page_that_was_read_in_a_visit_that_broke_off_are_followed_the_next_time(site: Site) -> None:
    small_site(site)
    crawl = visits(site)
    crawl.again()
    cursor = crawl.cursor
    site.put("/", "Home again", "/a", "/b", "/new")
    site.put("/new", "New")
    crawl.connector = lambda visit: islice(web.visit(visit), 1)
    assert found(crawl.again(), site) == ["/"]
    crawl.connector, crawl.cursor = web.visit, cursor
    assert found(crawl.again(), site) == ["/", "/new"]


def test_patterns_say_what_is_read(site: Site) -> None:
    small_site(site)
    assert found(visits(site, include=["/a*"], exclude=["*/deeper"]).again(), site) == ["/", "/a", "/a/deep"]


def test_a_source_below_a_folder_stays_below_it(site: Site) -> None:
    site.put("/coop/", "Coop", "/", "/coop/one", "../coopother")
    site.put("/coop/one", "One")
    assert found(visits(site, "/coop/").again(), site) == ["/coop/", "/coop/one"]


def test_a_list_of_pages_is_read_and_nothing_else(site: Site) -> None:
    small_site(site)
    listed = visits(site, pages=[site.at("/b"), site.at("/a"), site.at("/none")])
    answers = listed.again()
    assert found(answers, site) == ["/b", "/a"]
    assert answers[-1] == Gone(site.at("/none"), "answered 404")


def test_a_page_that_goes_is_told_gone(site: Site) -> None:
    small_site(site)
    crawl = visits(site)
    crawl.again()
    site.pages["/b"] = Reply(b"gone", 410)
    assert Gone(site.at("/b"), "answered 410") in crawl.again()


def sitemap(*addresses: str, lastmod: str = "", index: bool = False) -> bytes:
    tag, root = ("sitemap", "sitemapindex") if index else ("url", "urlset")
    dated = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    entries = "".join(f"<{tag}><loc>{address}</loc>{dated}</{tag}>" for address in addresses)
    return (
        f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{root}>'.encode()
    )


def test_a_sitemap_its_index_and_packed_parts_are_read(site: Site) -> None:
    small_site(site)
    parts = [site.at("/one.xml"), site.at("/two.xml.gz"), site.at("/map.xml")]
    site.pages["/map.xml"] = Reply(b"\n \n" + sitemap(*parts, index=True), type="application/xml")
    site.pages["/one.xml"] = Reply(sitemap(site.at("/a"), "http://other.example/x", "mailto:a@b.example"))
    site.pages["/two.xml.gz"] = Reply(gzip.compress(sitemap(site.at("/b"))), type="application/x-gzip")
    listed = visits(site, sitemap=site.at("/map.xml"))
    assert found(listed.again(), site) == ["/a", "/b"]
    assert listed.whole


def test_a_sitemap_of_many_entries_is_read_and_none_of_them_kept_long(site: Site) -> None:
    small_site(site)
    pictures = "".join(f"<image><loc>/{number}.png</loc></image>" for number in range(1_000))
    entry = f"<url><loc>{site.at('/a')}</loc><lastmod>{'9' * 1_000}</lastmod>{pictures}</url>".encode()
    site.pages["/map.xml"] = Reply(b"<urlset>" + entry + b"<x/>" * 30_000 + entry + b"</urlset>")
    (answer,) = visits(site, sitemap=site.at("/map.xml")).again()
    assert isinstance(answer, Found)
    assert answer.marks["lastmod"] == "9" * 40


def test_a_part_of_a_sitemap_that_fails_lets_nothing_go_missing(site: Site) -> None:
    small_site(site)
    site.pages["/map.xml"] = Reply(sitemap(site.at("/one.xml"), site.at("/two.xml"), index=True))
    site.pages["/one.xml"] = Reply(sitemap(site.at("/a")))
    listed = visits(site, sitemap=site.at("/map.xml"))
    answers = listed.again()
    assert found(answers, site) == ["/a"]
    assert refused(answers, site) == {"/two.xml": "answered 404, not a sitemap"}
    assert not listed.whole


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"<urlset><url><loc>", "no whole XML"),
        (b"<html><body>Not found</body></html>", "no sitemap but <html>"),
        (b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><urlset/>', "declares entities"),
        (b"<urlset></urlset>", "lists no page"),
        (gzip.compress(sitemap("http://a.example/"), mtime=0)[:40], "cut off"),
        (gzip.compress(b"<urlset><url>" + b"<a/>" * 30_000 + b"</url></urlset>"), "more than 20000 elements"),
        (gzip.compress(b"<urlset>" + b"<a>" * 30_000), "more than 20000 elements"),
    ],
)
def test_a_sitemap_that_is_none_stops_the_visit(site: Site, body: bytes, problem: str) -> None:
    site.pages["/map.xml"] = Reply(body)
    with pytest.raises(CommonsError, match=problem):
        visits(site, sitemap=site.at("/map.xml")).again()


def test_a_server_without_conditions_is_believed_its_sitemap(site: Site) -> None:
    site.put("/a", "A", etag="")
    site.put("/b", "B", etag="")
    site.pages["/map.xml"] = Reply(sitemap(site.at("/a"), site.at("/b"), lastmod="2026-01-02"))
    listed = visits(site, sitemap=site.at("/map.xml"))
    listed.again()
    site.forget()
    assert listed.again() == [Unchanged(site.at("/a")), Unchanged(site.at("/b"))]
    site.pages["/map.xml"] = Reply(sitemap(site.at("/a"), site.at("/b"), lastmod="2026-01-03"))
    assert found(listed.again(), site) == ["/a", "/b"]


def test_a_redirect_leads_to_the_document(site: Site) -> None:
    site.put("/", "Home", "/old", "/new", "/away", "/loop")
    site.put("/new", "New")
    site.pages["/old"] = Reply(status=301, headers={"Location": "/new#top"})
    site.pages["/away"] = Reply(status=302, headers={"Location": "http://localhost:1/"})
    site.pages["/loop"] = Reply(status=302, headers={"Location": "/loop"})
    crawl = visits(site)
    answers = crawl.again()
    assert found(answers, site) == ["/", "/new"]
    assert refused(answers, site)["/loop"] == "redirects without end"
    site.forget()
    assert not found(crawl.again(), site)
    assert site.sent == 0


def test_a_canonical_address_is_believed_where_the_titles_agree(site: Site) -> None:
    site.put("/", "Home", "/copy?order=asc", "/wrong", "/far")
    site.put("/copy?order=asc", "Text", head='<link rel="canonical" href="/text">')
    site.put("/text", "Text", head='<link rel="canonical" href="/text">')
    site.put("/wrong", "Another", head='<link rel="canonical" href="/">')
    site.put("/far", "Far", head='<link rel="canonical" href="http://other.example/far">')
    crawl = visits(site)
    assert found(crawl.again(), site) == ["/", "/wrong", "/far", "/text"]
    site.forget()
    assert sorted(answer.address for answer in crawl.again()) == sorted(map(site.at, ["/", "/text", "/wrong", "/far"]))
    assert site.sent == 0


def test_a_copy_and_its_original_that_are_asked_at_once_are_one(site: Site) -> None:
    site.put("/", "Home", *(f"/copy/{letter}" for letter in "abc"), "/text")
    for letter in "abc":
        site.put(f"/copy/{letter}", "Text", head='<link rel="canonical" href="/text">')
    site.put("/text", "Text")
    assert found(visits(site).again(), site) == ["/", "/text"]


def test_pages_that_name_each_other_canonical_are_one(site: Site) -> None:
    site.put("/", "Home", "/x", "/y")
    site.put("/x", "Same", head='<link rel="canonical" href="/y">')
    site.put("/y", "Same", head='<link rel="canonical" href="/x">')
    assert found(visits(site).again(), site) == ["/", "/y"]


def test_a_site_that_asks_not_to_be_kept_or_followed_is_heeded(site: Site) -> None:
    robots = '<meta name="{}" content="{}">'
    site.put("/", "Home", "/hidden", "/end", "/headed", "/others")
    site.put("/hidden", "Hidden", "/behind", head=robots.format("robots", "NOINDEX, follow"))
    site.put("/behind", "Behind")
    site.put("/end", "End", "/never", head=robots.format("robots", "nofollow"))
    site.put("/never", "Never")
    site.put("/headed", "Headed", headers={"X-Robots-Tag": "noindex"})
    site.put("/others", "Others", headers={"X-Robots-Tag": "googlebot: noindex"}, head=robots.format("bingbot", "none"))
    crawl = visits(site)
    assert found(crawl.again(), site) == ["/", "/end", "/others", "/behind"]
    site.forget()
    crawl.again()
    assert site.sent == 0
    site.put("/others", "Others", head=robots.format("commons-graph", "none"))
    assert Gone(site.at("/others"), "asks not to be kept (noindex)") in crawl.again()


def test_robots_txt_is_heeded_without_a_word_for_each_link(site: Site) -> None:
    small_site(site)
    site.pages["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /a", type="text/plain")
    answers = visits(site).again()
    assert found(answers, site) == ["/", "/b"]
    assert len(answers) == 2
    listed = visits(site, pages=[site.at("/a"), site.at("/b")]).again()
    assert refused(listed, site) == {"/a": "the site's robots.txt forbids it"}


def test_other_kinds_of_files_are_refused(site: Site) -> None:
    site.put("/", "Home", "/image", "/unnamed")
    site.pages["/image"] = Reply(b"\x89PNG", type="image/png")
    site.pages["/unnamed"] = Reply(page("Unnamed"), type="")
    answers = visits(site).again()
    assert found(answers, site) == ["/", "/unnamed"]
    assert refused(answers, site) == {"/image": "is image/png, which is not read"}


def test_an_endless_calendar_ends(site: Site) -> None:
    def calendar(path: str) -> Reply:
        month = int(path.rpartition("=")[2]) if "month=" in path else 0
        days = [f"/day/{month}/{day}" for day in range(31)]
        return Reply(page(f"Month {month} {path}", f"/?month={month + 1}", f"/?month={month - 1}", *days))

    site.made = calendar
    site.pages["/robots.txt"] = Reply(status=404)
    answers = visits(site, depth=20).again()
    assert len(found(answers, site)) < 450
    assert any("differ only in numbers" in reason for reason in refused(answers, site).values())


def test_links_that_nest_without_end_and_session_numbers_do_not_multiply_pages(site: Site) -> None:
    site.made = lambda path: Reply(page(f"Page {path}", "sub/x", "?PHPSESSID=0123456789abcdef&p=1", "?p=1"))
    site.pages["/robots.txt"] = Reply(status=404)
    paths = found(visits(site, depth=20).again(), site)
    assert not any("PHPSESSID" in path for path in paths)
    assert len(paths) < 20


def test_no_more_pages_than_allowed_and_none_goes_missing_for_it(site: Site) -> None:
    site.put("/", "Home", *(f"/page-{letter}" for letter in "abcdefghij"))
    for letter in "abcdefghij":
        site.put(f"/page-{letter}", letter)
    crawl = visits(site, most=4)
    answers = crawl.again()
    assert len(found(answers, site)) == 4
    assert refused(answers, site) == {"/": "has more than 4 pages"}
    assert not crawl.whole


def test_a_page_with_a_hundred_thousand_links_is_read_in_part(site: Site) -> None:
    site.put("/", "Home", *(f"/{number:x}z" for number in range(100_000)))
    site.made = lambda path: Reply(page(path)) if path != "/robots.txt" else None
    crawl = visits(site, most=20, limits=None)
    crawl.client["limits"] = None
    assert len(found(crawl.again(), site)) == 20


def test_what_is_hostile_or_broken_is_said_per_address_and_the_rest_is_read(site: Site) -> None:
    site.put("/", "Home", "/bomb", "/huge", "/cut", "/error", "/forbidden", "/last")
    site.pages["/bomb"] = packed(bytes(30_000_000))
    site.pages["/huge"] = Reply(announced=200_000_000)
    site.pages["/cut"] = Reply(b"<html>half", announced=900)
    site.pages["/error"] = Reply(b"oops", 500)
    site.pages["/forbidden"] = Reply(b"no", 403)
    site.put("/last", "Last")
    crawl = visits(site)
    answers = crawl.again()
    assert found(answers, site) == ["/", "/last"]
    reasons = refused(answers, site)
    assert set(reasons) == {"/bomb", "/huge", "/cut", "/error", "/forbidden"}
    assert crawl.whole
    site.put("/cut", "Whole now")
    assert found(crawl.again(), site) == ["/cut"]


def test_a_charset_that_only_the_header_names_is_kept(site: Site) -> None:
    cyrillic = page("Общее", "/путь").decode().encode("cp1251")
    site.pages["/"] = Reply(cyrillic, type="text/html; charset=windows-1251")
    site.made = lambda path: Reply(page("Path")) if path == "/%D0%BF%D1%83%D1%82%D1%8C" else None
    answers = visits(site).again()
    assert found(answers, site) == ["/", "/%D0%BF%D1%83%D1%82%D1%8C"]
    assert isinstance(answers[0], Found)
    assert answers[0].media_type == "text/html; charset=windows-1251"


def test_a_wrong_charset_is_no_reason_to_stop(site: Site) -> None:
    site.put("/", "Home", "/a", type="text/html; charset=no-such-thing")
    site.put("/a", "A", type="text/html; charset=utf-16")
    assert found(visits(site).again(), site) == ["/", "/a"]


def test_a_dead_server_stops_the_visit_and_a_failed_page_keeps_its_state(site: Site) -> None:
    small_site(site)
    crawl = visits(site)
    crawl.again()
    site.pages["/a"] = Reply(b"", 503, headers={"Retry-After": "0"})
    assert refused(crawl.again(), site) == {"/a": "answered 503 each time"}
    site.pages = {path: Reply(b"", 503, headers={"Retry-After": "0"}) for path in site.pages}
    with pytest.raises(CommonsError, match="503"):
        crawl.again()


def test_a_server_that_fails_again_and_again_is_left_alone(site: Site) -> None:
    listed = [f"/{number}" for number in range(60)]
    for path in listed:
        site.pages[path] = Reply(b"", 503, headers={"Retry-After": "0"})
    site.put("/ok", "Works")
    answers = visits(site, pages=[site.at("/ok"), *map(site.at, listed)]).again()
    assert len(refused(answers, site)) == 60
    assert sum(site.asked[path] for path in listed) < 20


def test_several_sites_are_read_by_one_list(site: Site) -> None:
    other = Site()
    site.put("/", "One")
    other.put("/", "Other")
    wanted = replace(source(site, "web"), options={"pages": [site.at("/"), other.at("/")]})
    assert [each.address for each in Visits(web.visit, wanted).again()] == [site.at("/"), other.at("/")]
    other.shutdown()
    other.server_close()
