"""The entries of a feed as its bytes tell them: whole, and of the day that they name."""

from __future__ import annotations

import json

import pytest

from commons_graph.capture.live import entries
from commons_graph.errors import CommonsError

FEED = "https://site.example/feed"
ATOM = "http://www.w3.org/2005/Atom"


def rss(*items: str, end: str = "</channel></rss>") -> bytes:
    return f'<rss version="2.0"><channel><title>L</title>{"".join(items)}{end}'.encode()


def item(number: int, date: str = "", text: str = "Nous gérons un jardin.") -> str:
    return (
        f"<item><link>/{number}</link><title>T</title><description>{text}</description><pubDate>{date}</pubDate></item>"
    )


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Tue, 03 Nov 2026 00:30:00 +0100", "2026-11-03"),
        ("Tue, 03 Nov 2026 23:30:00 -0500", "2026-11-03"),
        ("Tue, 3 Nov 26 23:30 EST", "2026-11-03"),
        ("2026-11-03T00:30:00+02:00", "2026-11-03"),
        ("2026-11-03", "2026-11-03"),
        ("03 November 2026", "2026-11-03"),
        ("sam., 28 nov. 2026 00:30:00 +0100", "2026-11-28"),
        ("lun, 02 fév 2026 10:00:00 +0000", "2026-02-02"),
        ("Vendredi 1er août 2026", "2026-08-01"),
        ("mar. 03 mars 2026", "2026-03-03"),
        ("3 de noviembre de 2026", "2026-11-03"),
        ("Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11"),
        ("2026-11", "2026-11"),
        ("hier", ""),
        ("2026-02-30T10:00:00Z", ""),
        ("Sat, 30 Feb 2026 10:00:00 +0100", ""),
        ("31 nov. 2026", ""),
        ("03-11-2026", ""),
        ("Mon, 01 Jan 0001 00:00:00 GMT", ""),
    ],
)
def test_a_day_is_the_one_that_is_written(written: str, day: str) -> None:
    (entry,) = entries.read(rss(item(1, written)), "application/rss+xml", FEED)
    assert entry.date == day
    atom = f'<feed xmlns="{ATOM}"><entry><id>urn:1</id><updated>{written}</updated></entry></feed>'
    (entry,) = entries.read(atom.encode(), "application/atom+xml", FEED)
    assert entry.date == day


@pytest.mark.parametrize("end", ["", "<title>T", "<description>Le jardin &am"])
def test_of_a_feed_that_is_cut_off_the_whole_entries_are_read(end: str) -> None:
    told = entries.read(rss(item(1), item(2), f"<item><link>/3</link>{end}", end=""), "application/rss+xml", FEED)
    assert [next(told).address, next(told).address] == ["https://site.example/1", "https://site.example/2"]
    with pytest.raises(CommonsError, match="cut off"):
        next(told)


@pytest.mark.parametrize("end", ["", "</channel>", "<title>T"])
def test_of_a_feed_that_never_closes_all_closed_entries_are_read_and_counted(end: str) -> None:
    told = entries.read(rss(item(1), item(2), end=end), "application/rss+xml", FEED)
    assert [next(told).address, next(told).address] == ["https://site.example/1", "https://site.example/2"]
    with pytest.raises(CommonsError, match=r"cut off: its last element is not closed \(entries read: 2\)"):
        next(told)


@pytest.mark.parametrize(("written", "day"), [("2026-11-03T10:00:00Z", "2026-11-03"), ("2026-02-30", ""), ("", "")])
def test_a_json_feed_names_days_of_the_calendar(written: str, day: str) -> None:
    body = json.dumps({"items": [{"id": 1, "date_published": written}]}).encode()
    (entry,) = entries.read(body, "application/feed+json", FEED)
    assert entry.date == day


def test_plain_text_of_a_json_feed_keeps_its_paragraphs_and_lines() -> None:
    plain = "\n\nUn jardin <3\r\nde la ville.\n \n\n- une haie\n"
    body = json.dumps({"items": [{"id": 1, "content_text": plain, "summary": "a\nb"}]}).encode()
    (entry,) = entries.read(body, "application/feed+json", FEED)
    assert entry.content == "<p>Un jardin &lt;3<br>de la ville.</p>\n<p>- une haie</p>"
    assert entry.summary == "<p>a<br>b</p>"


@pytest.mark.parametrize("end", ["</channel></rss>\n<!-- 3 s -->", "</channel></rss>junk", "</channel>\n</RSS >"])
def test_a_feed_that_is_whole_may_be_no_good_xml(end: str) -> None:
    (entry,) = entries.read(rss(item(1, text="A &nbsp; & b"), end=end), "application/rss+xml", FEED)
    assert entry.address == "https://site.example/1"


def test_a_whole_feed_in_utf_16_is_read() -> None:
    body = '<?xml version="1.0" encoding="utf-16"?>' + rss(item(1)).decode()
    assert len(list(entries.read(body.encode("utf-16"), "application/rss+xml", FEED))) == 1


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "utf-32"])
def test_halves_of_characters_in_a_json_feed_are_replaced_and_whole_ones_stay(charset: str) -> None:
    half = "\ud800"
    items = [
        {"id": f"one{half}", "title": "\U0001f600", "content_html": f"<p>{half}</p>"},
        {"id": "2", "url": f"https://site.example/{half}", "title": half},
    ]
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode(charset)
    found = entries.read(body, "application/feed+json", "https://site.example/feed")
    assert [(each.address, each.title, each.content) for each in found] == [
        ("https://site.example/feed#one%EF%BF%BD", "\U0001f600", "<p>\ufffd</p>"),
        ("https://site.example/%EF%BF%BD", "\ufffd", ""),
    ]


@pytest.mark.parametrize(("number", "address"), [(7, f"{FEED}#7"), ("a", f"{FEED}#a"), (None, ""), ({}, ""), ("", "")])
def test_an_id_is_a_text_or_a_number(number: object, address: str) -> None:
    (entry,) = entries.read(json.dumps({"items": [{"id": number}]}).encode(), "application/feed+json", FEED)
    assert entry.address == address
