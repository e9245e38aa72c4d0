"""Relations of two names side by side, in invented sentences of both languages."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from commons_graph.extract.knowledge import Knowledge
from commons_graph.extract.records import LocalEntity, Mention
from commons_graph.extract.relation.adjacent import find_adjacent
from commons_graph.extract.relation.layout import lay_out
from commons_graph.extract.tokens import tokens_of
from commons_graph.model import Block, Document, EntityClass

ROOT = Path(__file__).parents[2]
NAMES: dict[str, EntityClass] = {
    "Awa Diarra": "Person",
    "Institut du Val": "Organization",
    "Labo des Rives": "Organization",
    "Fête des Sources": "Event",
    "Quimperlac": "Place",
    "Armorie": "Place",
    "Panier Ouvert": "Project",
}


@cache
def knowledge() -> Knowledge:
    return Knowledge.load(ROOT)


def stated(text: str) -> list[tuple[str, str, str]]:
    blocks = (Block("title", 0, 5), Block("paragraph", 6, 6 + len(text)))
    page = Document("d", "s", "https://s.example/", "Title", f"Title\n{text}", blocks, (), "fr", "web page")
    found = [
        LocalEntity(name, name, cls, (Mention(at, at + len(name)),))
        for name, cls in NAMES.items()
        if (at := page.text.find(name)) >= 0
    ]
    layout = lay_out(page, tokens_of(page), found[0], found, (), knowledge().cues, knowledge().word_kinds)
    made = list(find_adjacent(layout, knowledge().adjacent, knowledge().signatures, knowledge().certainty))
    assert all(each.subject in page.cut(each.start, each.end) for each in made)
    return [(each.subject, each.predicate, each.object) for each in made]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Awa Diarra, directrice de projet à l'Institut du Val.",
            ("Awa Diarra", "memberOf", "Institut du Val"),
        ),
        ("Awa Diarra (Institut du Val) parlera.", ("Awa Diarra", "memberOf", "Institut du Val")),
        ("Awa Diarra is a researcher at Labo des Rives.", ("Awa Diarra", "memberOf", "Labo des Rives")),
        ("Le Labo des Rives de l'Institut du Val.", ("Labo des Rives", "partOf", "Institut du Val")),
        ("La Fête des Sources du Labo des Rives.", ("Fête des Sources", "coordinatedBy", "Labo des Rives")),
        ("La Fête des Sources, à Quimperlac.", ("Fête des Sources", "locatedIn", "Quimperlac")),
        ("Quimperlac en Armorie.", ("Quimperlac", "partOf", "Armorie")),
        ("The Labo des Rives in Quimperlac.", ("Labo des Rives", "locatedIn", "Quimperlac")),
    ],
)
def test_neighbours_state(text: str, expected: tuple[str, str, str]) -> None:
    assert stated(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Awa Diarra a longuement critiqué l'Institut du Val.",
        "Awa Diarra est venue. Institut du Val fermé.",
        "Awa Diarra a vu que le directeur attendait devant la porte de l'Institut du Val.",
        "Panier Ouvert et Institut du Val.",
        "Quimperlac, Armorie.",
    ],
)
def test_other_words_between_say_nothing(text: str) -> None:
    assert stated(text) == []
