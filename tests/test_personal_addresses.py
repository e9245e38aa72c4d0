"""Web addresses: what is of a person leaves them, the rest stays, and two pages stay two."""

from __future__ import annotations

import re

import pytest

from commons_graph.model import Refusal
from commons_graph.personal_addresses import masked, refusal
from commons_graph.step_note import Note

AT = "@"
HELD = [
    ("https://a.example/contact-ada.roy%40mail.example.txt", "https://a.example/e-mail-X"),
    (f"https://a.example/p?email=ada{AT}mail.example&b=2#top", "https://a.example/p?email=e-mail-X&b=2#top"),
    ("https://a.example/p?u=ada%2540mail.example", "https://a.example/p?u=e-mail-X"),
    (f"https://a.example/p?ada{AT}mail.example=1", "https://a.example/p?e-mail-X=1"),
    (f"https://a.example/p#ada{AT}m.mail.example", "https://a.example/p#e-mail-X"),
    ("https://a.example/?to=https%3A%2F%2Fb.example%2F%3Fm%3Dada%40mail.example", None),
    (f"https://wiki.example/wiki/Ada{AT}mail.example", "https://wiki.example/wiki/e-mail-X"),
    (f"wiki:Ada{AT}mail.example", "wiki:e-mail-X"),
    ("https://a.example/ada_(at)_mail_(dot)_example", "https://a.example/e-mail-X"),
    (f"https://ada:secret{AT}a.example:8080/p", "https://a.example:8080/p"),
    ("https://a.example/Ada_01_23_45_67_89", "https://a.example/Ada%20tel-X"),
    ("https://a.example/p?tel=0123456789", "https://a.example/p?tel=tel-X"),
    ("https://a.example/p?phone=%2B33123456789", "https://a.example/p?phone=tel-X"),
    ("https://a.example/p?mobile_phone=0123456789", "https://a.example/p?mobile_phone=tel-X"),
    ("https://a.example/p?contactTel=0123456789", "https://a.example/p?contactTel=tel-X"),
    ("https://a.example/p?u[phone]=0123456789", "https://a.example/p?u[phone]=tel-X"),
    (f"https://ada:se/cret{AT}a.example:8080/p", "https://a.example:8080/p"),
    (f"https://ada:se?cret{AT}a.example/", "https://a.example/"),
    ("https://wa.me/33123456789", "https://wa.me/tel-X"),
    (f"letter to ada{AT}mail.example", None),
]
STAY = [
    "https://a.example/wiki/Mobile_2010-2019",
    "https://a.example/portable_2024-05-12.pdf",
    "https://a.example/mobile_20240512.jpg",
    "https://a.example/mobile_20240512_143000.jpg",
    "https://a.example/?hotel=12345678&hôtel=12345678&automobile=12345678",
    f"https://a.example:8080/{AT}ada",
    "https://a.example/2024/01/15/titre-01-02-2024?from=1990-1995",
    "https://a.example/0123456789/x?id=0612345678",
    "https://a.example/550e8400-e29b-41d4-a716-446655440000",
    "https://a.example/isbn-978-0-12-345678-9",
    "https://social.example/@ada",
    "https://maps.example/@48.85341,2.3488,15z",
    "https://a.example/%C3%A9t%C3%A9?c=%2F",
    "meta.tsv:2",
]


@pytest.mark.parametrize(("address", "expected"), HELD)
def test_what_is_of_a_person_leaves_an_address(address: str, expected: str | None) -> None:
    found = masked(address)
    assert not re.search("ada|%40|secret|123|mail.example|mail_", found), found
    assert masked(found) == found
    assert expected is None or re.sub("(?<=-)[a-p]{12}", "X", found) == expected


@pytest.mark.parametrize("address", STAY)
def test_other_addresses_stay(address: str) -> None:
    assert masked(address) == address


def test_pages_that_differ_in_an_e_mail_address_stay_apart_and_tell_of_no_person_twice() -> None:
    pages = [f"https://a.example/{page}?u={who}{AT}mail.example" for page in (1, 2) for who in ("ada", "bo")]
    assert len({masked(page) for page in pages}) == 4
    assert len({masked(page).rpartition("-")[2] for page in pages}) == 4


def test_what_a_note_tells_is_without_addresses() -> None:
    told = Refusal(f"Ada{AT}mail.example.jpg", f"`url` is 'x:ada{AT}mail.example'", "mend it")
    note = Note("", "", 0, (told,), problem=f"ada{AT}mail.example, https://wa.me/33123456789")
    assert note.refused == (refusal(told),)
    assert not re.search("mail.example|33123456789", str(note))


def test_a_hostile_address_takes_no_longer_than_its_length() -> None:
    address = f"https://a.example/{'a' * 20_000}?{'=b' * 5_000}"
    assert masked(address) == address
    assert masked(address := f"https://a.example/{'x/' * 50_000}") == address
    assert masked("https://a.example/" + "06.39.98.12.34/" * 50_000).count("tel-") == 50_000


def test_a_refusal_tells_of_no_person_in_the_addresses_that_it_repeats() -> None:
    told = refusal(Refusal("https://a.example/", "leads to https://wa.me/33123456789", f"write to ada{AT}mail.example"))
    assert not re.search("33123456789|ada", f"{told.reason} {told.remedy}")
