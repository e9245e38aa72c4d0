"""The connector `mediawiki-api` and a wiki that misbehaves; `tests/integration/mediawiki` has a real one that does not.

The wiki here answers just enough to be one, until `spoil` answers in its stead.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from site_server import Reply, Site, Visits, source

from commons_graph.capture.http import Client, Limits
from commons_graph.capture.live.mediawiki.api import Api
from commons_graph.capture.live.mediawiki_api import visit
from commons_graph.capture.live.records import Found, Gone, Unchanged
from commons_graph.errors import CommonsError
from commons_graph.model import Refusal

Asked = dict[str, str]
Spoil = Callable[[Asked], Reply | None]
NOW = "2026-11-26T07:00:00Z"


def answer(value: object, **reply: Any) -> Reply:
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return Reply(body, **{"type": "application/json; charset=utf-8", **reply})


class Wiki:
    """Pages by number: title, revision, text. `changes` is what its lists say after the first visit."""

    def __init__(self, site: Site) -> None:
        self.pages = {number: (f"Page {number}", 100 + number, f"Text {number}") for number in (1, 2, 3)}
        self.changes: dict[str, list[dict[str, Any]]] = {}
        self.spoil: Spoil = lambda asked: None
        site.made = self.reply

    def reply(self, path: str) -> Reply | None:
        parts = urlsplit(path)
        asked = dict(parse_qsl(parts.query))
        return self.spoil(asked) or answer(self.told(asked)) if parts.path == "/api.php" else None

    def told(self, asked: Asked) -> dict[str, Any]:
        if "meta" in asked:
            spaces = {"0": {"id": 0, "name": ""}, "14": {"id": 14, "name": "Category"}}
            query: dict[str, Any] = {"general": {"base": "https://wiki.example/Main_Page"}, "namespaces": spaces}
            query |= {"recentchanges": [{"timestamp": "2020-01-01T00:00:00Z"}], "logevents": []}
            return {"curtimestamp": NOW, "query": query}
        if "gapnamespace" in asked:
            numbers = self.pages if asked["gapnamespace"] == "0" else ()
            return {"query": {"pages": [{"ns": 0, **self.about(number)} for number in numbers]}}
        if "list" in asked:
            return {"query": self.changes}
        tell = self.page if "rvprop" in asked else self.about
        return {"query": {"pages": [tell(number) for number in self.wanted(asked)]}}

    def wanted(self, asked: Asked) -> list[int]:
        if "pageids" in asked:
            return [int(number) for number in asked["pageids"].split("|")]
        numbers = {title: number for number, (title, _, _) in self.pages.items()}
        return [numbers[title] for title in asked["titles"].split("|")]

    def about(self, number: int) -> dict[str, Any]:
        title, revision, _ = self.pages[number]
        return {"pageid": number, "ns": 0, "title": title, "lastrevid": revision}

    def page(self, number: int) -> dict[str, Any]:
        _, revision, text = self.pages[number]
        slot = {"contentmodel": "wikitext", "content": text}
        return {**self.about(number), "revisions": [{"revid": revision, "timestamp": NOW, "slots": {"main": slot}}]}


@pytest.fixture
def wiki(site: Site) -> Wiki:
    return Wiki(site)


@pytest.fixture
def visits(site: Site) -> Visits:
    reading = replace(source(site, "mediawiki-api"), api=site.at("/api.php"))
    return Visits(visit, reading, robots=False)


def texts(answers: list[Any]) -> list[bytes]:
    return [each.payload for each in answers if isinstance(each, Found)]


def test_all_pages_come_once_and_then_none(wiki: Wiki, visits: Visits) -> None:
    first = visits.again()
    assert texts(first) == [b"Text 1", b"Text 2", b"Text 3"]
    page = {"title": "Page 1", "revision": "101", "timestamp": NOW, "namespace": ""}
    assert first[0].hints == {"kind": "wiki entry", **page}
    assert (first[0].address, first[0].marks) == ("https://wiki.example/Page_1", {"revision": "101"})
    assert (visits.again(), visits.whole) == ([], False)


def asked(site: Site) -> list[Asked]:
    return [dict(parse_qsl(urlsplit(path).query)) for path in site.asked]


def about_content(asked: Asked) -> bool:
    return "rvprop" in asked


CONTENT = json.dumps({"query": {"pages": [{"pageid": 1}]}}).encode()


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        (answer(b'{"query": {"pages": [{"pageid": 1, "tit'), "answered no JSON, but application/json; try again"),
        (Reply(b"<html>Just a moment</html>"), "answered no JSON, but text/html; check `api`"),
        (Reply(b"nothing", 404), "answered 404; check `api`"),
        (answer(b"", announced=900), "gave no whole answer"),
        (
            answer({"error": {"code": "readapidenied", "info": "You need\nto log in"}}),
            "readapidenied: You need to log in",
        ),
        (answer({"error": "no"}), "no answer of MediaWiki"),
        (answer(["a", "list"]), "no answer of MediaWiki"),
        (answer({"query": {"pages": {"1": {"pageid": 1}}}}), "no answer of MediaWiki"),
        (answer({"query": {"pages": [{"title": "A"}]}}), "no answer of MediaWiki"),
        (answer({"query": {"pages": [{"title": "A", "ns": "x", "pageid": 1}]}}), "no answer of MediaWiki"),
        (answer(b"[" * 100_000), "answered no JSON"),
        (answer('{"query": "Été"}'.encode("latin-1")), "answered no JSON"),
    ],
)
def test_what_is_no_answer_is_one_clear_line_and_keeps_what_was_known(
    wiki: Wiki, visits: Visits, spoilt: Reply, said: str
) -> None:
    visits.again()
    cursor = dict(visits.cursor)
    wiki.pages[2] = ("Page 2", 202, "New")
    wiki.changes = {"recentchanges": [{"ns": 0, "title": "Page 2", "revid": 202}]}
    wiki.spoil = lambda asked: spoilt if about_content(asked) else None
    with pytest.raises(CommonsError, match=said) as caught:
        visits.again()
    assert "\n" not in str(caught.value)
    assert (visits.cursor, len(visits.known)) == (cursor, 3)
    wiki.spoil = lambda asked: None
    assert texts(visits.again()) == [b"New"]


def test_a_wiki_that_dies_in_the_middle_leaves_what_came_before(wiki: Wiki, visits: Visits, site: Site) -> None:
    wiki.pages = {number: (f"Page {number}", number, "x") for number in range(1, 121)}
    wiki.spoil = lambda asked: answer(b"", announced=99) if about_content(asked) and site.sent > 12_000 else None
    with pytest.raises(CommonsError, match="gave no whole answer"):
        visits.again()
    assert 0 < len(visits.known) < 120
    wiki.spoil = lambda asked: None
    again = visits.again()
    assert len([each for each in again if isinstance(each, Unchanged)]) == len(visits.known) - len(texts(again))
    assert len(visits.known) == 120


@pytest.mark.parametrize("code", ["maxlag", "ratelimited", "internal_api_error_DBQueryError"])
def test_a_busy_wiki_is_asked_again_when_it_says(wiki: Wiki, visits: Visits, site: Site, code: str) -> None:
    busy = answer({"error": {"code": code, "info": "Waiting"}}, headers={"Retry-After": "0"})
    wiki.spoil = lambda asked: busy if sum(site.asked.values()) % 2 else None
    assert len(visits.again()) == 3
    wiki.spoil = lambda asked: busy
    with pytest.raises(CommonsError, match="too busy to answer; try again later"):
        visits.again()


def test_a_listing_without_end_is_left(wiki: Wiki, visits: Visits, site: Site) -> None:
    def empty(asked: Asked) -> Reply | None:
        following = {"continue": "-||", "gapcontinue": str(len(site.asked))}
        return answer({"continue": following}) if "gapnamespace" in asked else None

    wiki.spoil = empty
    with pytest.raises(CommonsError, match="has no end"):
        visits.again()
    assert sum(site.asked.values()) < 100


def test_a_listing_that_goes_round_is_left(wiki: Wiki, visits: Visits, site: Site) -> None:
    same = {"continue": {"gapcontinue": "A"}, "query": {"pages": [{"pageid": 1, "title": "Page 1", "lastrevid": 101}]}}
    wiki.spoil = lambda asked: answer(same) if "gapnamespace" in asked else None
    with pytest.raises(CommonsError, match="has no end"):
        visits.again()
    assert sum(site.asked.values()) == 3


def test_an_answer_in_very_many_parts_is_bounded(wiki: Wiki, site: Site) -> None:
    def more(asked: Asked) -> Reply:
        return answer({"continue": {"apcontinue": str(len(site.asked))}, "query": {"allpages": [{"title": "A"}]}})

    wiki.spoil = more
    with Client(private=True, pause=0, robots=False) as client, pytest.raises(CommonsError, match="has no end"):
        list(Api(client, site.at("/api.php"), parts=200).parts({"list": "allpages"}))
    assert sum(site.asked.values()) == 200


def test_a_text_in_several_parts_is_put_together(wiki: Wiki, visits: Visits) -> None:
    def parts(asked: Asked) -> Reply | None:
        if not about_content(asked):
            return None
        whole = wiki.told(asked)["query"]["pages"]
        given = [
            page if (page["pageid"] > 1) == ("rvcontinue" in asked) else wiki.about(page["pageid"]) for page in whole
        ]
        following = {} if "rvcontinue" in asked else {"continue": {"rvcontinue": "2|102", "continue": "||info"}}
        return answer({"query": {"pages": given}, **following})

    wiki.spoil = parts
    assert texts(visits.again()) == [b"Text 1", b"Text 2", b"Text 3"]


@pytest.mark.parametrize(
    ("slot", "reason"),
    [
        ({"texthidden": True}, "its text is hidden"),
        ({"contentmodel": "css", "content": "p {}"}, "holds css, not wikitext"),
        ({"contentmodel": "wikitext", "textmissing": True}, "has no text"),
    ],
)
def test_a_page_that_cannot_be_read_is_refused_alone(wiki: Wiki, visits: Visits, slot: Any, reason: str) -> None:
    def spoil(asked: Asked) -> Reply | None:
        if not about_content(asked):
            return None
        told = wiki.told(asked)
        told["query"]["pages"][1]["revisions"][0]["slots"]["main"] = slot
        return answer(told)

    wiki.spoil = spoil
    answers = visits.again()
    (refused,) = (each for each in answers if isinstance(each, Refusal))
    assert (refused.address, reason in refused.reason) == ("https://wiki.example/Page_2", True)
    assert texts(answers) == [b"Text 1", b"Text 3"]


def test_a_page_that_a_log_names_and_that_is_not_there_is_gone(wiki: Wiki, visits: Visits) -> None:
    visits.again()
    wiki.changes = {
        "logevents": [
            {"logid": 7, "type": "delete", "ns": 0, "title": "Page 3", "params": []},  # PHP's way to write {}
            {"logid": 8, "type": "delete"},
        ]
    }
    missing = {"query": {"pages": [{"ns": 0, "title": "Page 3", "missing": True}]}}
    wiki.spoil = lambda asked: answer(missing) if about_content(asked) else None
    assert visits.again() == [Gone("https://wiki.example/Page_3", "the log says: delete")]


def test_old_wikis_give_texts_without_slots(wiki: Wiki, visits: Visits) -> None:
    def flat(asked: Asked) -> Reply | None:
        told = wiki.told(asked)
        for page in told["query"].get("pages", []) if about_content(asked) else []:
            page["revisions"][0] |= page["revisions"][0].pop("slots")["main"]
        return answer(told)

    wiki.spoil = flat
    assert texts(visits.again()) == [b"Text 1", b"Text 2", b"Text 3"]


def test_long_titles_are_asked_in_addresses_that_servers_take(wiki: Wiki, visits: Visits, site: Site) -> None:
    visits.again()
    wiki.pages = {number: (f"{'é' * 120} {number}", number, "x") for number in range(10, 40)}
    wiki.changes = {"recentchanges": [{"ns": 0, "title": title, "revid": 1} for title, _, _ in wiki.pages.values()]}
    site.forget()
    assert len(texts(visits.again())) == 30
    assert max(map(len, site.asked)) < 8000


def test_a_wiki_that_has_moved_is_followed(wiki: Wiki, visits: Visits, site: Site) -> None:
    def old(path: str) -> Reply | None:
        address, _, query = path.partition("?")
        moved = Reply(status=301, headers={"Location": site.at(f"/api.php?{query}")})
        return moved if address == "/old.php" else wiki.reply(path)

    site.made = old
    visits.source = replace(visits.source, api=site.at("/old.php"))
    assert texts(visits.again()) == [b"Text 1", b"Text 2", b"Text 3"]
    assert (visits.again(), visits.whole) == ([], False)


def test_a_page_of_ten_megabytes_comes_whole(wiki: Wiki, visits: Visits) -> None:
    large = "shared " * 1_500_000
    wiki.pages[2] = ("Page 2", 102, large)
    visits.client["limits"] = Limits()
    assert texts(visits.again()) == [b"Text 1", large.encode(), b"Text 3"]


def test_pages_that_are_too_large_together_come_in_smaller_groups(wiki: Wiki, visits: Visits, site: Site) -> None:
    """The limit is 2 MB here: fifty pages are 5 MB, and one alone is more than 2 MB."""
    wiki.pages = {number: (f"Page {number}", number, f"{number} " + "x" * 100_000) for number in range(1, 61)}
    wiki.pages[33] = ("Huge", 33, "x" * 2_000_001)
    answers = visits.again()
    assert len(texts(answers)) == 59
    (refused,) = (each for each in answers if isinstance(each, Refusal))
    assert (refused.address, refused.reason) == (
        "https://wiki.example/Huge",
        "comes in an answer that is larger than 2000000 bytes",
    )
    assert sum(map(about_content, asked(site))) < 20
    site.forget()
    assert visits.again() == []
    assert len(site.asked) == 2


def test_a_known_page_that_becomes_too_large_stays_as_it_was(wiki: Wiki, visits: Visits) -> None:
    visits.again()
    known = dict(visits.known)
    wiki.pages[2] = ("Page 2", 202, "")
    wiki.pages[3] = ("Page 3", 203, "New")
    bomb = answer(gzip.compress(bytes(30_000_000)), headers={"Content-Encoding": "gzip"})
    wiki.spoil = lambda asked: bomb if about_content(asked) and "Page 2" in asked["titles"] else None
    wiki.changes = {"recentchanges": [{"ns": 0, "title": f"Page {number}", "revid": 200 + number} for number in (2, 3)]}
    answers = visits.again()
    assert (texts(answers), len(answers)) == ([b"New"], 2)
    address = "https://wiki.example/Page_2"
    assert visits.known[address] == known[address]


def test_of_two_pages_under_one_title_one_is_kept_and_nothing_else_is_lost(wiki: Wiki, visits: Visits) -> None:
    wiki.pages[3] = ("Page 2", 103, "Text 3")
    assert texts(visits.again()) == [b"Text 1", b"Text 2", b"Text 3"]
    assert {address: known.marks["revision"] for address, known in visits.known.items()} == {
        "https://wiki.example/Page_1": "101",
        "https://wiki.example/Page_2": "103",
    }
    assert visits.again() == []


def test_a_revision_that_is_hidden_later_leaves_what_was_known(wiki: Wiki, visits: Visits) -> None:
    visits.again()
    known = dict(visits.known)
    wiki.changes = {"logevents": [{"logid": 9, "type": "delete", "ns": 0, "title": "Page 2"}]}
    hidden = {**wiki.about(2), "revisions": [{"revid": 102, "slots": {"main": {"texthidden": True}}}]}
    wiki.spoil = lambda asked: answer({"query": {"pages": [hidden]}}) if about_content(asked) else None
    (refused,) = visits.again()
    assert isinstance(refused, Refusal)
    assert "its text is hidden" in refused.reason
    assert visits.known == known


def test_halves_of_characters_in_an_answer_are_replaced(wiki: Wiki, visits: Visits) -> None:
    wiki.pages = {1: ("Page \ud800", 101, "Text \ud800"), 2: ("Page 2", 102, "Text 2")}
    assert texts(visits.again()) == ["Text \ufffd".encode(), b"Text 2"]
