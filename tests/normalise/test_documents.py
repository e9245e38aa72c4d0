from __future__ import annotations

import gzip
import random
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from reading import HTML, MAIL, MARKDOWN, PLAIN, WIKI, check, read

from commons_graph import normalise
from commons_graph.errors import CommonsError
from commons_graph.model import Capture
from commons_graph.normalise import language
from commons_graph.normalise.addresses import clean

KINDS = (WIKI, HTML, MARKDOWN, PLAIN, MAIL)
PIECES = [
    *(
        "[[",
        "]]",
        "|",
        "{{",
        "}}",
        "''",
        "'''",
        "<ref>",
        "</ref>",
        "<!--",
        "-->",
        "<nowiki>",
        "</nowiki>",
        "=",
        "\n",
        "{|",
    ),
    *(
        "<b>",
        "</b>",
        "<p>",
        "<a href='/x'>",
        "</a>",
        "<table>",
        "<td>",
        "<ul><li>",
        "<title>",
        "<time datetime=2025>",
        "&",
    ),
    *(
        "# ",
        "- ",
        "> ",
        "```",
        "**",
        "_",
        "![",
        "](",
        "[a][b]",
        "---\n",
        "http://a.example/(b",
        "www.c.example",
        "URL = ",
    ),
    *(
        "Ada",
        " ",
        "é",
        "e\u0301",
        "\u200e",
        "\xa0",
        "\0",
        "&nbsp;",
        "&lt;",
        "#REDIRECT [[A]]",
        "[[Category:B]]",
        "\x01",
        "1 ",
    ),
]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(KINDS), st.lists(st.sampled_from(PIECES), max_size=40))
@example(MARKDOWN, ["---\n", "---\n", "["])
def test_any_markup_gives_a_whole_document_or_a_clear_error(media_type: str, pieces: list[str]) -> None:
    try:
        check(read(media_type, "".join(pieces), title="A title"))
    except CommonsError as error:
        assert error.problem


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(KINDS), st.binary(max_size=400))
def test_any_bytes_give_a_whole_document_or_a_clear_error(media_type: str, payload: bytes) -> None:
    try:
        check(read(media_type, payload))
    except CommonsError as error:
        assert error.problem


@pytest.mark.parametrize(
    ("media_type", "piece"),
    [
        *(
            (WIKI, piece)
            for piece in ("[[[[", "[[a|", "{{", "{{a|", "<!--", "<nowiki>", "<ref>", "'''''a", "[http://a ", "= a")
        ),
        *((WIKI, piece) for piece in ("(", "0", "a@", "{|\n|a=b ", "[[File:", "<", "&amp;", "<blockquote>", "a\n")),
        *(
            (HTML, piece)
            for piece in ("<div>", "<b><div>", "<a b=c ", "<table><tr><td>", "<!--", "<title>", "<p ", "<ul><li>")
        ),
        *((MARKDOWN, piece) for piece in ("[", "![", "[a](", "**a", "`", "|a", "> ", "# a\n")),
        *((PLAIN, piece) for piece in ("a\n", "=", "-- ", "01 ")),
    ],
)
def test_hostile_repetition_is_read(media_type: str, piece: str) -> None:
    document = read(media_type, piece * (300_000 // len(piece)), title="T")
    assert document.title == "T"


def test_a_megabyte_of_brackets_is_read() -> None:
    assert read(WIKI, "[" * 1_000_000, title="T").title == "T"


def test_a_tag_with_a_hundred_thousand_attributes_is_read() -> None:
    attributes = " ".join(f'a{number}=">"' for number in range(100_000))
    assert read(HTML, f'<h1>T</h1><p a=b"c d=">" {attributes}>Text.</p>').text == "T\nText."


def test_what_is_too_large_or_unknown_or_empty_is_said() -> None:
    for media_type, payload in (
        (HTML, b" " * 20_000_001),
        ("image/png", b"x"),
        (PLAIN, b" \n"),
        (HTML, b"<html></html>"),
    ):
        with pytest.raises(CommonsError):
            read(media_type, payload)


@pytest.mark.parametrize("media_type", [WIKI, HTML, MARKDOWN, PLAIN])
def test_what_is_no_text_is_refused_whatever_it_is_said_to_be(media_type: str) -> None:
    noise = random.Random(7).randbytes(50_000)
    for payload in (noise, b"\x89PNG\r\n\x1a\n" + noise, gzip.compress(b"<p>words</p>" * 5_000 + noise)):
        with pytest.raises(CommonsError, match="is no text"):
            read(media_type, payload, title="A title")


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "utf-16-le", "cp1251", "koi8-r", "iso-2022-jp", "shift_jis"])
def test_text_in_any_charset_is_text(charset: str) -> None:
    words = "日本の共有財" if "jp" in charset or "jis" in charset else "Общее дело"
    page = f"<html><h1>Title</h1><p>{f'{words} ' * 2_000}</p></html>".encode(charset)
    assert words in read(f"{HTML}; charset={charset}", page).text
    assert read(HTML, b"<h1>Title</h1><p>One \x01 or two \x02 odd ones.</p>").text.endswith("odd ones.")


def test_hints_win_over_what_the_document_says() -> None:
    page = '<html lang="fr"><meta property="article:published_time" content="2020-01-01"><h1>A</h1><p>Texte</p></html>'
    document = read(HTML, page, title="B", language="en", kind="newsletter", date="2025-01")
    assert (document.title, document.language, document.kind, document.date) == ("B", "en", "newsletter", "2025-01")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Les communs sont gérés par les gens qui en vivent, et la ressource est dans leur pays.", "fr"),
        ("The commons are managed by the people who live from them, and this is not new.", "en"),
        ("Los bienes comunes se gestionan por las personas que viven de ellos, y esto no es nuevo.", "es"),
        ("Die Gemeingüter werden von den Menschen verwaltet, die davon leben, und das ist nicht neu.", "de"),
    ],
)
def test_the_language_is_counted(text: str, expected: str) -> None:
    assert language.guess(text) == expected


def test_a_short_text_has_the_language_of_its_source() -> None:
    assert language.guess("Ada Roy, the potter", "fr") == "fr"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("HTTP://Ada:secret@A.Example:8080/x y?utm_source=z&id=1#é", "http://a.example:8080/x%20y?id=1#é"),
        ("//a.example/[x]", "https://a.example/%5Bx%5D"),
        ("www.a.example", "http://www.a.example"),
        ("http://a.example/100%", "http://a.example/100%25"),
        ("http://a.example/<b>c", "http://a.example/%3Cb%3Ec"),
        ("javascript:alert(1)", ""),
        ("ftp://a.example", ""),
        ("http://[::1", ""),
        ("http://localhost", ""),
        ("#part", ""),
    ],
)
def test_addresses_are_iris_or_nothing(address: str, expected: str) -> None:
    assert clean(address) == expected


@pytest.mark.parametrize(
    ("written", "date"), [("2026-02-30", ""), ("2025-02-29T10:00:00Z", ""), ("2026-2-3", "2026-02-03")]
)
def test_a_day_that_is_in_no_calendar_dates_no_document(written: str, date: str) -> None:
    assert read(HTML, f'<h1>A</h1><p>Text.<time itemprop="datePublished" datetime="{written}">1</time>').date == date
    assert read(HTML, f'<meta name="date" content="{written}"><h1>A</h1><p>Text.').date == date
    assert read(MARKDOWN, f"---\ntitle: A\ndate: '{written}'\n---\nText.").date == date
    assert read(WIKI, "Text.", title="A", date=written).date == date


def test_a_day_that_is_in_no_calendar_hides_no_other_date() -> None:
    published = '<meta property="article:published_time" content="2026-02-30"><meta name="date" content="2026-02-03">'
    assert read(HTML, f"{published}<h1>A</h1><p>Text.", date="2026-04-31").date == "2026-02-03"


def test_a_letter_of_a_day_that_is_in_no_calendar_has_no_date() -> None:
    assert read(MAIL, "Subject: A\nDate: Mon, 30 Feb 2026 10:00:00 +0100\n\nText.\n").date == ""


@pytest.mark.parametrize("day", ["2026-02-30", "2025-02-29T10:00:00Z", "2026-13-01", "2026-04-31 10:00:00"])
@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: La saison\ndate: {}\nauthor: Ada Roy\n---\n",
        "title: La saison\ndate: '{}'\nauthor: Ada Roy\n\n",
        '+++\ntitle = "La saison"\ndate = {}\nauthor = "Ada Roy"\n+++\n',
        '+++\ntitle = "La saison"\nx.y = [{0}, {{a = {0}}}]\ndate = "{0}"\nauthor = "Ada Roy"\n+++\n',
    ],
)
def test_a_day_in_no_calendar_takes_nothing_else_of_the_front_matter_with_it(front: str, day: str) -> None:
    source = f"{front.format(day)}Text."
    at = datetime(2025, 1, 17, tzinfo=UTC)
    capture = Capture("test", "https://site.example/a", MARKDOWN, source.encode(), "d1", at)
    document, notes = normalise.noted(capture)
    assert (document.title, document.date, document.text) == ("La saison", "", "La saison\nAda Roy\nText.")
    assert [note.reason for note in notes] == [f"its date {day!r} is in no calendar, and left out"]


@pytest.mark.parametrize("line", ["hour = 25:61:00", "hour = 10:00:99", 'date = 2026-02-30\n"26:00:00" = 1'])
def test_hours_that_no_clock_has_take_nothing_else_with_them(line: str) -> None:
    assert read(MARKDOWN, f'+++\ntitle = "La saison"\n{line}\n+++\nText.').title == "La saison"


@pytest.mark.parametrize(
    "line", ["a = 2026-02-30\n" * 30, "a = [2026-02-30", 'a = "2026-02-30', "a = 2026-02-30 2026-02-30"]
)
def test_toml_that_is_broken_otherwise_is_left_out(line: str) -> None:
    assert read(MARKDOWN, f"+++\n{line}\n+++\n# Real\n\nText.").title == "Real"


def test_accents_that_are_heaped_on_one_letter_are_kept_up_to_what_unicode_bounds() -> None:
    heap = "\u0301\u0327" * 300_000
    document = read(PLAIN, f"A title\n\nUn cafe{heap} de quartier.")
    assert document.text.endswith(" de quartier.")
    assert document.text.count("\u0301") + document.text.count("\u0327") <= 30
    assert "x\u0327\u0301\u0301y" in read(PLAIN, "A title\n\nUn x\u0301\u0327\u0301y.").text
