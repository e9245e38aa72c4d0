"""Dates of pages that mark them with `<time>`: what words leave open is settled, what they say is kept."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from commons_graph.extract import find, statements
from commons_graph.extract.dates import UNSURE, words_of
from commons_graph.extract.knowledge import Knowledge
from commons_graph.extract.time_marks import dates_of
from commons_graph.model import Capture, Document
from commons_graph.normalise import document

ROOT = Path(__file__).parents[2]


def page(body: str, day: str = "2026-01-10") -> Document:
    html = f"<html><h1>Agenda</h1><p>{body}</p></html>".encode()
    hints = {"date": day} if day else {}
    capture = Capture("site", "https://val.example/agenda", "text/html", html, "d", datetime(2026, 1, 10, tzinfo=UTC))
    return document(Capture(*(getattr(capture, name) for name in capture.__slots__[:-1]), hints), "fr")


def told(body: str, day: str = "2026-01-10") -> list[tuple[str, str, float]]:
    """Give the words, the value and the confidence of each date."""
    read = page(body, day)
    dates = dates_of(read, words_of(ROOT / "ontology"))
    return [(read.cut(each.start, each.end), each.iso, each.confidence) for each in dates]


TIME = '<time datetime="{}">{}</time>'


@pytest.mark.parametrize(
    ("datetime", "words", "expected"),
    [
        ("2025-11-20", "20 novembre", ("20 novembre", "2025-11-20", 1.0)),
        ("2026-11-20T18:30:00+01:00", "20 novembre à 18h30", ("20 novembre", "2026-11-20", 1.0)),
        ("2026-11-20 18:30", "vendredi 20 novembre", ("vendredi 20 novembre", "2026-11-20", 1.0)),
        ("2026-11-20", "novembre 2026", ("novembre 2026", "2026-11-20", 1.0)),
        ("2026-11", "20 novembre 2026", ("20 novembre 2026", "2026-11-20", 1.0)),
        ("2026-11-20", "demain", ("demain", "2026-11-20", 1.0)),
        ("2026-11-20", "du 20 au 22 novembre 2026", ("20 au 22 novembre 2026", "2026-11-20/2026-11-22", 1.0)),
        ("2025-11-20", "du 20 au 22 novembre", ("20 au 22 novembre", "2025-11-20/2025-11-22", 1.0)),
        ("2026-11-19T23:00:00Z", "20 novembre 2026", ("20 novembre 2026", "2026-11-20", 1.0)),
        ("2026-03-01", "20 novembre 2026", ("20 novembre 2026", "2026-11-20", UNSURE)),
        ("2026-02-30", "20 novembre 2026", ("20 novembre 2026", "2026-11-20", 1.0)),
        ("18:30", "le 20 novembre 2026 à 18h30", ("20 novembre 2026", "2026-11-20", 1.0)),
    ],
)
def test_what_words_leave_open_is_settled(datetime: str, words: str, expected: tuple[str, str, float]) -> None:
    assert told(f"Rencontre {TIME.format(datetime, words)} à Lyon.") == [expected]


@pytest.mark.parametrize(
    "datetime", ["18:30", "PT2H", "2026-W12", "11-20", "2026-13-01", "2026-02-30", "0001-01-01", ""]
)
def test_what_is_no_date_says_nothing(datetime: str) -> None:
    assert told(f"Rencontre {TIME.format(datetime, 'bientôt')}.") == []


def test_words_without_a_year_need_no_date_of_the_page() -> None:
    assert told(f"Rencontre {TIME.format('2025-11-20', '20 novembre')}.", "") == [("20 novembre", "2025-11-20", 1.0)]


def test_two_days_in_a_list_have_a_mark_each() -> None:
    body = f"Les {TIME.format('2025-04-24', '24 avril')} et {TIME.format('2025-11-20', '20 novembre')} à Lyon."
    assert [iso for _, iso, _ in told(body)] == ["2025-04-24", "2025-11-20"]
    assert [
        iso for _, iso, _ in told(f"Le 3 mai 2024, puis {TIME.format('2025-11-20', 'demain')}, le 4 mai 2024.")
    ] == [
        "2024-05-03",
        "2025-11-20",
        "2024-05-04",
    ]


def test_very_many_marks_are_read() -> None:
    assert len(told(" ".join(f"{TIME.format('2025-11-20', f'{n % 28 + 1} mai 2024')}" for n in range(3_000)))) == 3_000


def test_the_value_is_the_marks_and_the_words_stay_the_texts() -> None:
    knowledge = Knowledge.load(ROOT)
    text = f"Le séminaire « Forêts en commun » a lieu le {TIME.format('2025-11-20', '20 novembre')} à Lyon."
    read = page(text)
    made = statements(find(read, knowledge), read, knowledge, "1")
    values = {each.property: each.value for each in made}
    dates = {name: values.get(name, "") for name in ("schema:startDate", "cg:dateText", "cg:edtf", "cg:dateAnchor")}
    assert list(dates.values()) == ["2025-11-20", "20 novembre", "2025-11-20", ""]
    assert all(
        "20 novembre" in read.cut(each.evidence_start, each.evidence_end) for each in made if "2025" in each.value
    )
