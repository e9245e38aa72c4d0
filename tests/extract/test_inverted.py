"""Authors of cited works with the surname first, and two persons who were taken for one, in invented lists."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from commons_graph.extract.knowledge import Knowledge
from commons_graph.extract.names.candidates import Reading, name_of, read
from commons_graph.extract.names.coreference import Judged
from commons_graph.extract.names.find import find_entities
from commons_graph.extract.names.inverted import straightened
from commons_graph.extract.names.two_persons import told_apart
from commons_graph.extract.records import LocalEntity
from commons_graph.model import Block, Document, EntityClass

ROOT = Path(__file__).parents[2]
ENTRY = "Okoro, Marian (1994). The Well and the Village. Harrow University Press."


@cache
def knowledge() -> Knowledge:
    return Knowledge.load(ROOT)


def page(*lines: str) -> Document:
    text, blocks = "", []
    for number, line in enumerate(("Reading list", *lines)):
        blocks.append(Block("paragraph" if number else "title", len(text), len(text) + len(line)))
        text += line + "\n"
    return Document("d1", "test", "https://example.org/1", "Reading list", text, tuple(blocks), (), "en", "web page")


def reading(*lines: str) -> Reading:
    return read(page(*lines), knowledge().concepts, knowledge().titles, knowledge().heads)


def judged(found: Reading, *names: str, cls: EntityClass = "Person") -> list[Judged]:
    return [Judged(name, cls, 0.9, 0.8, found.candidates[name]) for name in names]


def people(*lines: str) -> dict[str, LocalEntity]:
    return {each.label: each for each in find_entities([page(*lines)], knowledge())[0].entities if each.cls == "Person"}


def straight(line: str, *persons: str) -> set[str]:
    found = reading(line)
    return {each.name for each in straightened(found, judged(found, *persons))[1]}


def test_an_author_with_the_surname_first_is_one_person_of_the_usual_name() -> None:
    found = people(ENTRY)
    assert set(found) == {"Marian Okoro"}
    cited = page(ENTRY)
    assert cited.cut(found["Marian Okoro"].mentions[0].start, found["Marian Okoro"].mentions[0].end) == "Okoro, Marian"


def test_the_surname_alone_is_the_author_and_not_another_of_that_surname() -> None:
    shown = "Wells last where neighbours meet, as Okoro said."
    found = people(ENTRY, "Lindqvist, Marian (2003). Wells. Oslo.", shown)
    assert set(found) == {"Marian Okoro", "Marian Lindqvist"}
    assert "Okoro" in found["Marian Okoro"].aliases


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Okoro, Marian. The Well. Harrow, 1994", {"marian okoro"}),
        ("[12] Okoro, Marian, “The Well”, 1994", {"marian okoro"}),
        ("Article: Okoro, Marian S., Wells and Villages, 1994", {"marian s okoro"}),
        ("van der Okoro, Marian 1994. The Well.", {"marian van der okoro"}),
        (
            "Okoro, Marian; Lindqvist, Aino; and Rossi, Ugo (1994) The Well",
            {"marian okoro", "aino lindqvist", "ugo rossi"},
        ),
        (
            "Okoro, Marian, Lindqvist, Aino, & Rossi, Ugo (1994) The Well",
            {"marian okoro", "aino lindqvist", "ugo rossi"},
        ),
        ("Okoro, Marian and Aino Lindqvist. The Well. 1994", {"marian okoro"}),
    ],
)
def test_entries_of_many_forms_are_read(line: str, names: set[str]) -> None:
    found = reading(line)
    halves = [name for name in ("okoro", "marian", "marian s", "lindqvist", "rossi") if name in found.candidates]
    assert straight(line, *halves) == names


@pytest.mark.parametrize(
    "line",
    [
        "Okoro, Marian. The Well.",  # no year
        "Okoro, Marian and others met in 1994.",
        "Okoro, Marian, and Rossi were friends in 1994.",
        "They read Okoro, Marian (1994).",  # no entry begins here
        "See, Marian Okoro (1994). The Well.",
    ],
)
def test_what_is_no_entry_stays_as_it_was(line: str) -> None:
    found = reading(line)
    before = judged(found, next(name for name in ("marian", "marian okoro") if name in found.candidates))
    assert straightened(found, before) == (found, before)


def test_halves_that_the_model_takes_for_no_person_are_no_author() -> None:
    found = reading("Lyon, France. 1994 was the year of the wells.")
    before = judged(found, "lyon", "france", cls="Place")
    assert straightened(found, before) == (found, before)


def test_a_mention_elsewhere_stays_with_its_own_name() -> None:
    found, names = straightened(both := reading(ENTRY, "Marian met us."), judged(both, "marian"))
    by_name = {each.name: each.candidate.spots for each in names}
    assert set(by_name) == {"marian", "marian okoro"}
    assert [name_of(found, spot) for spots in by_name.values() for spot in spots] == ["Marian", "Marian Okoro"]


@pytest.mark.parametrize(
    ("line", "pair", "names"),
    [
        ("We asked Ada Roy and Ben Lee.", "ada roy and ben lee", {"ada roy", "ben lee"}),
        ("We asked Ada Roy & Ben Lee.", "ada roy ben lee", {"ada roy", "ben lee"}),
        ("We asked Roy and Lee.", "roy and lee", {"roy", "lee"}),
        ("We asked Ada and Ben Roy.", "ada and ben roy", {"ben roy"}),  # "Ada" alone may be a given name
        ("We asked Roy & Lee.", "roy lee", {"roy lee"}),  # a firm
        ("We asked Roy y Lee.", "roy y lee", {"roy y lee"}),  # one person's two surnames
    ],
)
def test_two_persons_with_and_between_them_are_told_apart(line: str, pair: str, names: set[str]) -> None:
    found = reading(line)
    assert {each.name for each in told_apart(found, judged(found, pair))} == names


def test_a_body_with_and_in_its_name_stays_one() -> None:
    found = reading("We asked Roy and Lee.")
    assert told_apart(found, before := judged(found, "roy and lee", cls="Organization")) == before
