"""Relations that a phrase says outright, in invented texts."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from commons_graph.extract.knowledge import Knowledge
from commons_graph.extract.records import LocalEntity, Mention
from commons_graph.extract.relation.layout import lay_out
from commons_graph.extract.relation.patterns import find_stated
from commons_graph.extract.tokens import tokens_of
from commons_graph.model import Block, Document, EntityClass

ROOT = Path(__file__).parents[2]
HEADING = "Nouvelle équipe des Jardins partagés"
CALL = "Si cela vous dit, merci de prendre contact avec Awa Diarra."


@cache
def knowledge() -> Knowledge:
    return Knowledge.load(ROOT)


def entity(page: Document, name: str, cls: EntityClass, confidence: float) -> LocalEntity:
    at = page.text.index(name)
    return LocalEntity(name, name, cls, (Mention(at, at + len(name)),), confidence=confidence)


def test_the_surest_name_of_the_heading_is_the_subject_of_the_section() -> None:
    text = f"Lettre\n{HEADING}\n{CALL}"
    ends = (6, 7 + len(HEADING), len(text))
    blocks = (Block("title", 0, ends[0]), Block("heading", 7, ends[1], 2), Block("paragraph", ends[1] + 1, ends[2]))
    page = Document("d", "s", "https://s.example/", "Lettre", text, blocks, (), "fr", "newsletter")
    weak, sure = entity(page, "Nouvelle équipe", "Project", 0.2), entity(page, "Jardins partagés", "Group", 0.8)
    letter, person = entity(page, "Lettre", "Document", 1.0), entity(page, "Awa Diarra", "Person", 0.9)
    layout = lay_out(
        page, tokens_of(page), letter, [letter, weak, sure, person], (), knowledge().cues, knowledge().word_kinds
    )
    found = list(find_stated(layout, knowledge().patterns, knowledge().signatures))
    assert [(each.subject, each.predicate, each.object) for each in found] == [
        ("Jardins partagés", "hasContact", "Awa Diarra")
    ]


def test_a_phrase_may_end_in_a_colon() -> None:
    text = "Water Group\nContact person: Vera Vidal."
    blocks = (Block("title", 0, 11), Block("paragraph", 12, len(text)))
    page = Document("d", "s", "https://s.example/", "Water Group", text, blocks, (), "en", "web page")
    group, person = entity(page, "Water Group", "Group", 1.0), entity(page, "Vera Vidal", "Person", 0.9)
    layout = lay_out(page, tokens_of(page), group, [group, person], (), knowledge().cues, knowledge().word_kinds)
    found = list(find_stated(layout, knowledge().patterns, knowledge().signatures))
    assert [(each.subject, each.predicate, each.object) for each in found] == [
        ("Water Group", "hasContact", "Vera Vidal")
    ]


def test_a_phrase_joined_to_another_by_and_has_its_subject_and_not_its_object() -> None:
    text = "Letter\nSunLiving is a project coordinated by the City of Valbrune and funded by the Rhine Fund."
    blocks = (Block("title", 0, 6), Block("paragraph", 7, len(text)))
    page = Document("d", "s", "https://s.example/", "Letter", text, blocks, (), "en", "newsletter")
    classes: dict[str, EntityClass] = {
        "Letter": "Document",
        "SunLiving": "Project",
        "City of Valbrune": "Organization",
        "Rhine Fund": "Organization",
    }
    named = [entity(page, name, cls, 0.9) for name, cls in classes.items()]
    layout = lay_out(page, tokens_of(page), named[0], named, (), knowledge().cues, knowledge().word_kinds)
    found = {
        (each.subject, each.predicate, each.object)
        for each in find_stated(layout, knowledge().patterns, knowledge().signatures)
    }
    assert found == {
        ("SunLiving", "coordinatedBy", "City of Valbrune"),
        ("SunLiving", "fundedBy", "Rhine Fund"),
    }


def test_an_apposition_behind_an_object_is_said_of_that_object() -> None:
    text = "River Works\nSunLiving was founded by Ada Vidal, member of Vale Coop."
    blocks = (Block("title", 0, 11), Block("paragraph", 12, len(text)))
    page = Document("d", "s", "https://s.example/", "River Works", text, blocks, (), "en", "web page")
    classes: dict[str, EntityClass] = {
        "River Works": "Organization",
        "SunLiving": "Project",
        "Ada Vidal": "Person",
        "Vale Coop": "Organization",
    }
    named = [entity(page, name, cls, 0.9) for name, cls in classes.items()]
    layout = lay_out(page, tokens_of(page), named[0], named, (), knowledge().cues, knowledge().word_kinds)
    stated = find_stated(layout, knowledge().patterns, knowledge().signatures)
    assert {each.subject for each in stated if each.predicate == "memberOf"} == {"Ada Vidal"}
