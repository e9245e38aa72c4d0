from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import HTML, MAIL, MARKDOWN, PLAIN, WIKI, blocks, check, marks, read, wiki

from commons_graph import normalise
from commons_graph.model import Capture, Document
from commons_graph.personal import clean

AT = "@"
ADDRESSES = [
    f"contact{AT}fabrique.example",
    f"mailto:a.b+c{AT}mail.fabrique.example",
    "contact[a]fabrique.example",
    "contact [at] fabrique [dot] example",
    "contact (at) fabrique.example",
    "contact AT fabrique DOT example",
    "contact arobase fabrique point example",
    "contact%40fabrique.example",
]
NUMBERS = [
    "01 23 45 67 89",
    "01.23.45.67.89",
    "0123456789",
    "+33 1 23 45 67 89",
    "+33 (0)1 23 45 67 89",
    "(212) 555-0123",
]
KEPT = [
    "from 1990-1995 and 2001/2002, on 01.02.2024 10:30 or 2024-01-02 12:00",
    "ISBN 978-0-12-345678-9, ISBN 0123456789 and doi:10.1016/0123456789",
    "https://a.example/0123456789/x?id=0612345678",
    "it cost 1 000 000 000 euros, or 1,000,000.50",
    "the share rose by 12 345 678 people",
    "visit us at fabrique.example, SETI@Home, Made@EU",
    "(a) first.Then (b) second",
    "https://social.example/@ada",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_addresses_are_taken_out(address: str) -> None:
    assert clean(f"Write to {address}, please.") == "Write to [e-mail], please."


@pytest.mark.parametrize("number", NUMBERS)
def test_telephone_numbers_are_taken_out(number: str) -> None:
    assert clean(f"Tel: {number}, call.") == "Tel: [tel], call."
    assert clean(f"Call us: {number}") == "Call us: [tel]"


@pytest.mark.parametrize("text", KEPT)
def test_other_digits_and_signs_stay(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "from 1 000 000 / 2 000 000 to 5 000 000 000",
        "mobile phones: 1 000 000 / 2 000 000",
        "téléphones : 20.000.000-30.000.000",
        "portables : 12 345 678 personnes",
        "10 000 000-100 000 000 of 200 000-100 000-500 000",
    ],
)
def test_figures_stay(text: str) -> None:
    assert clean(text) == text


def test_marks_behind_and_over_what_was_taken_out_still_fit() -> None:
    document = wiki(f"Ask a{AT}b.example or '''01 23 45 67 89''', then see [[Commons]] with '''Ada c{AT}d.example'''.")
    assert blocks(document) == [("paragraph", "Ask [e-mail] or [tel], then see Commons with Ada [e-mail].")]
    assert marks(document, "wiki") == [("Commons", "Commons")]
    assert marks(document, "bold") == [("Ada [e-mail]", "")]


def test_no_target_category_or_title_holds_an_address() -> None:
    source = (
        f"[mailto:a{AT}b.example Ada] [[x{AT}y.example|y]] [https://z.example/?m=a{AT}b.example z]"
        f" [[Category:a{AT}b.example]]"
    )
    document = wiki(source)
    assert blocks(document) == [("paragraph", "Ada y z")]
    assert document.marks == ()
    assert document.categories == ("[e-mail]",)
    page = (
        f'<h1>Ada a{AT}b.example</h1><p><a href="mailto:a{AT}b.example">Ada</a> <a href="tel:0123456789">call</a></p>'
    )
    assert read(HTML, page).title == "Ada [e-mail]"
    assert read(HTML, page).marks == ()


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*ADDRESSES, *NUMBERS, "Ada", "[[Commons]]", "'''x", "\n", "12 ", "* ", "<b>", "(", "]", "/", "wa.me/"]
        )
    )
)
def test_a_second_pass_finds_nothing(parts: list[str]) -> None:
    check(wiki(" ".join(parts)))


def test_no_address_title_key_or_target_holds_an_address_whatever_the_document_was_called() -> None:
    links = "[https://z.example/?m=a%40b.example z] [https://y.example/?m=a%2540b.example y]"
    page = f"'''Text''' [[Ada%40b.example|b]] {links}"
    names = (
        (f"Ada{AT}b.example", f"Ada{AT}b.example"),
        (f"Bo{AT}b.example", f"Bo{AT}b.example"),
        ("Bo%40b.example", f"Bo{AT}b.example"),
    )
    made = [
        document_at(f"https://wiki.example/{name}", WIKI, page, kind="wiki entry", title=title) for name, title in names
    ]
    for each in made:
        check(each)
        assert "b.example" not in str(each)
        assert each.title == "[e-mail]"
        assert each.marks == tuple(mark for mark in each.marks if mark.kind == "bold")
    assert len({each.address for each in made}) == len({each.key for each in made}) == 3
    assert made[0] == document_at(
        f"https://wiki.example/Ada{AT}b.example", WIKI, page, kind="wiki entry", title=f"Ada{AT}b.example"
    )


def test_a_page_points_to_no_title_that_is_an_address() -> None:
    assert wiki(f"#REDIRECT [[Ada{AT}b.example]]").redirect == ""
    assert wiki("#REDIRECT [[Ada]]").redirect == "Ada"


@pytest.mark.parametrize("media_type", [HTML, MARKDOWN, PLAIN, MAIL])
@pytest.mark.parametrize("target", ["?m=a%2540m.b.example", f"#a{AT}m.b.example", "01.23.45.67.89", "?tel=0123456789"])
def test_a_link_to_what_is_of_a_person_is_no_link(media_type: str, target: str) -> None:
    link = f"https://z.example/{target}"
    source = {
        HTML: f'<h1>T</h1><p><a href="{link}">z</a> words</p>',
        MARKDOWN: f"# T\n\n[z]({link}) words",
        PLAIN: f"T\n\nURL = {link}\n",
        MAIL: f'Subject: T\nContent-Type: text/html\n\n<p><a href="{link}">z</a> words</p>',
    }[media_type]
    assert not marks(read(media_type, source), "web")


@pytest.mark.parametrize("number", ["0 6 1 2 3 4 5 6 7 9", "0-6-1-2-3-4-5-6-7-9", "+33 6 1 2 3 4 5 6 7 9"])
def test_a_number_told_digit_by_digit_is_taken_out(number: str) -> None:
    assert clean(f"Ask Ada, {number}.") == "Ask Ada, [tel]."


@pytest.mark.parametrize(
    "text",
    [
        "0 1 2 3 4 5 6 7 8 9",
        "0 9 8 7 6 5 4 3 2 1",
        "0 3 1 0 2 1 0 0 1 2",
        "1 0 6 1 2 3 4 5 6 7 9",
        "0 6 1 2 3 4 5 6 7 9 8",
        "0 6 1 2 3 4 5 6 7 9 euros",
        "on 0 1 2 or 3 4 5 days",
        "5 0 6 1 2 3 4 5 6 7",
    ],
)
def test_rows_of_digits_stay(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize("second", ["06 39 98 12 34", "0639981234", "+33 6 39 98 12 34", "+33639981234"])
@pytest.mark.parametrize("between", ["/", " / ", "/ ", " /"])
@pytest.mark.parametrize("first", ["01 99 00 12 34", "0199001234", "01.99.00.12.34", "+33199001234", "Tel: 0199001234"])
def test_numbers_joined_by_a_slash_are_taken_out(first: str, between: str, second: str) -> None:
    found = clean(f"Ask Ada, {first}{between}{second}.")
    assert found.replace("Tel: ", "") == f"Ask Ada, [tel]{between}[tel]."
    assert clean(found) == found


def test_a_number_with_its_other_ending_is_taken_out_and_one_in_an_address_hides_none_behind_it() -> None:
    for ending in ("/35", "/35/36", "/2024", "/5", "/12 35", " / 12 35"):
        assert clean(f"01 99 00 12 34{ending}, ask") == "[tel], ask"
    assert clean("0199001234/35, or 01.99.00.12.34/35.") == "[tel], or [tel]."
    assert clean("01 99 00 12 34 / 35, rue du Four") == "[tel] / 35, rue du Four"
    assert clean("https://a.example/0199001234 01 99 00 12 34") == "https://a.example/0199001234 [tel]"


@pytest.mark.parametrize(
    "before", ["wa.me/", "https://wa.me/", "https://t.me/", "https://a.example/?mobile_phone=", "x?tel="]
)
def test_a_number_that_an_address_in_a_text_calls_is_taken_out(before: str) -> None:
    assert clean(f"Write to {before}33639981234 12 times.") == f"Write to {before}[tel] 12 times."


def document_at(address: str, media_type: str, source: str, **hints: str) -> Document:
    """Normalise some source that stands at an address."""
    made = datetime(2025, 1, 17, tzinfo=UTC)
    return normalise.document(Capture("test", address, media_type, source.encode(), "d1", made, hints))


@pytest.mark.parametrize("media_type", [HTML, MARKDOWN, WIKI])
@pytest.mark.parametrize("name", ["?phone=33123456789", "01%2023%2045%2067%2089", "%2B33123456789", "01_23_45_67_89"])
def test_a_page_without_a_title_is_not_called_by_a_number_in_its_address(media_type: str, name: str) -> None:
    found = document_at(f"https://a.example/{name}", media_type, "The harvest is shared.")
    assert "67" not in found.title and "67" not in found.text


def test_numbers_are_found_however_many_follow_each_other() -> None:
    assert clean("01 23 45 67 89, " * 30_000 + "x") == "[tel], " * 30_000 + "x"
    assert clean("01 23 45 67 89 " * 30_000) == ("[tel] " * 30_000)


NUMBER = "06 39 98 12 34"


@pytest.mark.parametrize("number", [NUMBER, f"({NUMBER})", "+33 6 39 98 12 34", "06.39.98.12.34", "06-39-98-12-34"])
@pytest.mark.parametrize("before", ["Ada/", "Ada /", "Tel/", "Tel=", "Ada/Bo:"])
def test_a_number_that_a_slash_joins_to_a_word_is_taken_out(before: str, number: str) -> None:
    assert "[tel]" in clean(f"Ask {before}{number}, or come.")
    assert "39" not in clean(f"Ask {before}{number}, or come.")
    assert clean(f"Ask {NUMBER}/Ada, or {number}/Bo.").count("[tel]") == 2


@pytest.mark.parametrize(
    "said",
    [
        "COD/0639981234",
        "0639981234/scan.pdf",
        "https://a.example/2024/06 39 98 12 34",
        "a.example/06-39-98-12-34",
        "Ada/06 12 2024",
        "12/11/2026 /13/11/2026",
        "Par téléphone 12/11/2026, ou le 12.11.2026",
    ],
)
def test_what_may_be_a_path_or_a_day_stays(said: str) -> None:
    assert clean(said) == said
