"""Pages that move inside a site: what a server says of one address is never held against another."""

from __future__ import annotations

from pathlib import Path

import pytest
from site_server import Reply, Site, Visits, found, refused, source

from commons_graph.capture import archive
from commons_graph.capture.live import web
from commons_graph.capture.live.records import Found, Moved, Unchanged
from commons_graph.model import Refusal
from commons_graph.project import Project

SAME = '"same"'
"""As servers give that make an ETag of the text: it moves with the page."""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, tmp_path / "warehouse")


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


@pytest.mark.parametrize("written", ["utf-8", "latin-1"])
def test_a_redirect_in_letters_that_no_address_has_leads_to_the_document(
    site: Site, project: Project, written: str
) -> None:
    path = "/%C3%A9t%C3%A9?lieu=%C3%A9"
    site.put("/", "Home", "/a")
    site.pages["/a"] = moved("/été?lieu=é".encode(written).decode("latin-1"))
    site.put(path, "Summer")
    kept = archive.keep(source(site, "web", pause=0), project)
    assert (kept.new, kept.refused) == (2, ())
    assert site.asked[path] == 1


def refreshing(content: str, around: str = "%s") -> str:
    return around % f'<meta http-equiv="Refresh" content="{content}">'


@pytest.mark.parametrize(
    "content", ["0; url=/b", "2;URL='/b#top'", " 0 , /b", "0.5;url = &quot;/b&quot; x", ";url=b", "0;\nurl=http:b"]
)
def test_a_page_that_asks_to_be_left_at_once_leads_to_the_document(site: Site, crawl: Visits, content: str) -> None:
    site.put("/", "Home", "/a")
    site.put("/a", "Moved", head=refreshing(content))
    site.put("/b", "B")
    assert found(crawl.again(), site) == ["/", "/b"]
    assert crawl.again() == [Unchanged(site.at("/")), Unchanged(site.at("/b"))]


@pytest.mark.parametrize(
    "head",
    [
        refreshing("300; url=/c"),
        refreshing("6;url=/c"),
        refreshing("0"),
        refreshing("0;url=/a"),
        refreshing("0;url="),
        refreshing("0;url=javascript:alert(1)"),
        refreshing("0;url=http://[x/"),
        refreshing("0;url=/c", "<noscript>%s</noscript>"),
        refreshing("0;url=/c", "<!-- %s -->"),
        refreshing("0;url=/c", "<template>%s</template>"),
        refreshing("soon;url=/c"),
    ],
)
def test_a_page_that_stays_a_while_is_read(site: Site, crawl: Visits, head: str) -> None:
    site.put("/a", "A", head=head)
    assert found(crawl.again(), site) == ["/", "/a"]
    assert not site.asked["/c"]


def test_pages_that_lead_to_each_other_without_end_are_refused(site: Site, crawl: Visits) -> None:
    site.put("/a", "A", head=refreshing("0;url=/b"))
    site.pages["/b"] = moved("/a")
    answers = crawl.again()
    assert (found(answers, site), refused(answers, site)["/a"]) == (["/"], "redirects without end")
    site.pages["/robots.txt"] = Reply(refreshing("0;url=/robots.txtx").encode())
    site.made = lambda path: Reply(f"<head>{refreshing('0;url=' + path + 'x')}</head>".encode())
    site.pages["/a"] = moved("/x")
    assert refused(crawl.again(), site)["/a"] == "redirects without end"


def test_pages_that_load_each_other_are_told_once_each_and_stay_as_they_were(site: Site, crawl: Visits) -> None:
    site.put("/b", "B")
    site.put("/", "Home", "/a", "/b", "/c")
    site.put("/c", "C")
    crawl.again()
    for path, to in (("/a", "0;url=/b"), ("/b", "1;url=/c"), ("/c", "2;url=/a")):
        site.put(path, "Next", head=refreshing(to))
    for _ in range(2):
        answers = crawl.again()
        assert refused(answers, site) == dict.fromkeys(("/a", "/b", "/c"), "redirects without end")
        assert [each for each in answers if not isinstance(each, Refusal)] == [Unchanged(site.at("/"))]
        assert crawl.whole


def test_a_page_that_sends_us_where_we_may_not_go_is_refused(site: Site, crawl: Visits) -> None:
    site.put("/a", "A", head=refreshing("0;url=/secret"))
    site.pages["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /secret")
    site.put("/b", "B", head=refreshing("0;url=http://ada:pass@site.example/"))
    answers = crawl.again()
    assert found(answers, site) == ["/"]
    assert refused(answers, site) == {"/b": "its address holds a user name or password"}
    assert not site.asked["/secret"]


def test_a_redirect_to_what_is_no_address_is_one_refusal(site: Site, crawl: Visits) -> None:
    site.pages["/a"] = moved("http://[x/")
    answers = crawl.again()
    assert (found(answers, site), refused(answers, site)["/a"]) == (["/"], "answered 301")


def test_a_page_that_is_as_it_was_though_nobody_has_it_is_told(site: Site, crawl: Visits) -> None:
    site.pages["/a"] = Reply(status=304)
    answers = crawl.again()
    assert (found(answers, site), refused(answers, site)) == (["/"], {"/a": "answered 304"})


def test_pages_that_all_moved_take_the_place_of_the_old_ones_at_once(site: Site, crawl: Visits) -> None:
    site.put("/b", "B")
    site.put("/c", "C", "/", etag="")
    site.put("/", "Home", "/a", "/b", "/c")
    crawl.again()
    site.pages |= {f"/new{path}": page for path, page in site.pages.items()}
    site.pages |= {path: moved(f"/new{path}") for path in ("/", "/a", "/b", "/c")}
    site.put("/new/", "Home", "/new/a", "/new/b", "/new/c")
    answers = crawl.again()
    assert sorted(found(answers, site)) == ["/new/", "/new/a", "/new/b", "/new/c"]
    assert [each for each in answers if isinstance(each, Moved)] == [
        Moved(site.at(path), site.at(f"/new{path}")) for path in ("/", "/a", "/b", "/c")
    ]
    for path in ("/", "/a", "/b", "/c"):
        del crawl.known[site.at(path)]
    assert {type(each) for each in crawl.again()} == {Unchanged, Found}, "only what knows no conditions is sent again"


@pytest.mark.parametrize(
    ("to", "pages"),
    [
        ({"/a": "/soon", "/b": "/soon"}, {"/soon": "A"}),
        ({"/a": "/soon"}, {"/soon": "Back soon"}),
        ({"/a": "/b"}, {}),
        ({"/a": "/soon"}, {}),
    ],
)
def test_what_leads_many_pages_to_one_or_to_another_text_moves_none(
    site: Site, crawl: Visits, to: dict[str, str], pages: dict[str, str]
) -> None:
    site.put("/b", "A")
    crawl.again()
    for path, title in pages.items():
        site.put(path, title)
    site.pages |= {path: moved(each) for path, each in to.items()}
    assert not [each for each in crawl.again() if isinstance(each, Moved)]


def test_a_move_is_known_by_the_bytes_where_there_is_no_title_and_after_a_visit_that_broke_off(site: Site) -> None:
    site.pages["/"] = Reply(b'<a href="/a">a</a>')
    site.pages["/a"] = Reply(b"<p>A text without a title.</p>")
    crawl = Visits(web.visit, source(site, "web"))
    crawl.again()
    site.pages["/b"], site.pages["/a"] = site.pages["/a"], moved("/b")
    cursor = dict(crawl.cursor)
    first, crawl.cursor = crawl.again(), cursor
    assert [first[-1], crawl.again()[-1]] == [Moved(site.at("/a"), site.at("/b"))] * 2
