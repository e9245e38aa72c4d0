from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import HTML, blocks, check, marks, read, wiki

from commons_graph.normalise.privacy import clean

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


@given(
    st.lists(st.sampled_from([*ADDRESSES, *NUMBERS, "Ada", "[[Commons]]", "'''x", "\n", "12 ", "* ", "<b>", "(", "]"]))
)
def test_a_second_pass_finds_nothing(parts: list[str]) -> None:
    check(wiki(" ".join(parts)))
