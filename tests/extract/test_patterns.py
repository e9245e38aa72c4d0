"""Relations that a phrase says outright, in invented texts."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from commons_graph.extract.knowledge import Knowledge
from commons_graph.extract.records import LocalEntity, Mention
from commons_graph.extract.relation.layout import lay_out
from commons_graph.extract.relation.stated import find_stated
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


def stated(page: Document, named: list[LocalEntity]) -> set[tuple[str, str, str]]:
    """Give what phrases state; the first of the names is the page's subject."""
    layout = lay_out(page, tokens_of(page), named[0], named, (), knowledge().cues, knowledge().word_kinds)
    found = find_stated(layout, knowledge().patterns, knowledge().signatures, knowledge().certainty)
    return {(each.subject, each.predicate, each.object) for each in found}


def stated_in(title: str, sentence: str, **classes: EntityClass) -> set[tuple[str, str, str]]:
    """Give what phrases state in a page of one sentence; `classes` are those of its names, the title's first."""
    text = f"{title}\n{sentence}"
    blocks = (Block("title", 0, len(title)), Block("paragraph", len(title) + 1, len(text)))
    page = Document("d", "s", "https://s.example/", title, text, blocks, (), "en", "web page")
    return stated(page, [entity(page, name.replace("_", " "), cls, 0.9) for name, cls in classes.items()])


def test_the_surest_name_of_the_heading_is_the_subject_of_the_section() -> None:
    text = f"Lettre\n{HEADING}\n{CALL}"
    ends = (6, 7 + len(HEADING), len(text))
    blocks = (Block("title", 0, ends[0]), Block("heading", 7, ends[1], 2), Block("paragraph", ends[1] + 1, ends[2]))
    page = Document("d", "s", "https://s.example/", "Lettre", text, blocks, (), "fr", "newsletter")
    weak, sure = entity(page, "Nouvelle équipe", "Project", 0.2), entity(page, "Jardins partagés", "Group", 0.8)
    letter, person = entity(page, "Lettre", "Document", 1.0), entity(page, "Awa Diarra", "Person", 0.9)
    assert stated(page, [letter, weak, sure, person]) == {("Jardins partagés", "hasContact", "Awa Diarra")}


def test_a_phrase_may_end_in_a_colon() -> None:
    found = stated_in("Water Group", "Contact person: Vera Vidal.", Water_Group="Group", Vera_Vidal="Person")
    assert found == {("Water Group", "hasContact", "Vera Vidal")}


def test_parts_of_a_country_do_not_hold_what_stands_before() -> None:
    said = "The Lab is known in Europe and in other parts of India."
    assert not stated_in("Lab", said, Lab="Organization", Europe="Place", India="Place")


def test_a_phrase_joined_to_another_by_and_has_its_subject_and_not_its_object() -> None:
    found = stated_in(
        "Letter",
        "SunLiving is a project coordinated by the City of Valbrune and funded by the Rhine Fund.",
        Letter="Document",
        SunLiving="Project",
        City_of_Valbrune="Organization",
        Rhine_Fund="Organization",
    )
    assert found == {
        ("SunLiving", "coordinatedBy", "City of Valbrune"),
        ("SunLiving", "fundedBy", "Rhine Fund"),
    }


def test_an_apposition_behind_an_object_is_said_of_that_object() -> None:
    found = stated_in(
        "River Works",
        "SunLiving was founded by Ada Vidal, member of Vale Coop.",
        River_Works="Organization",
        SunLiving="Project",
        Ada_Vidal="Person",
        Vale_Coop="Organization",
    )
    assert {subject for subject, predicate, _ in found if predicate == "memberOf"} == {"Ada Vidal"}


def test_what_only_a_person_can_be_is_said_of_the_person_and_not_of_the_body_between() -> None:
    sentence = "Vera Vidal, a lecturer at the Harbour School and director of the Water Lab."
    named: dict[str, EntityClass] = {
        "Vera_Vidal": "Person",
        "Harbour_School": "Organization",
        "Water_Lab": "Organization",
    }
    assert ("Vera Vidal", "memberOf", "Water Lab") in stated_in("Water", sentence, Water="Concept", **named)
    assert ("Harbour School", "memberOf", "Water Lab") not in stated_in("Water", sentence, Water="Concept", **named)


def test_without_a_person_nobody_is_the_founder() -> None:
    sentence = "The Harbour School was a founder of the Water Lab."
    found = stated_in("Water", sentence, Water="Concept", Harbour_School="Organization", Water_Lab="Organization")
    assert found == set()


@pytest.mark.parametrize(
    ("sentence", "members"),
    [
        ("Vera Vidal, once of the Harbour School, is a member of the Water Lab.", {"Harbour School"}),
        ("Vera Vidal is a fellow of the Harbour School and a member of the Water Lab.", {"Vera Vidal"}),
        ("Vera Vidal (Harbour School), membre du Water Lab.", {"Vera Vidal"}),
        ("The Harbour School is a founding member of the Water Lab.", {"Harbour School"}),
        ("The Harbour School wrote to members of the Water Lab.", set()),
        ("Vera Vidal wrote to the members of the Water Lab.", set()),
        ("Vera Vidal and other members of the Water Lab came.", {"Vera Vidal"}),
        ("Vera Vidal says that the Harbour School is a member of the Water Lab.", {"Harbour School"}),
    ],
)
def test_a_body_is_a_member_only_where_the_sentence_says_that_it_is_one(sentence: str, members: set[str]) -> None:
    classes: dict[str, EntityClass] = {
        "Harbour School": "Organization",
        "Water Lab": "Organization",
        "Vera Vidal": "Person",
    }
    named = {name.replace(" ", "_"): cls for name, cls in classes.items() if name in sentence}
    found = stated_in("Water", sentence, Water="Concept", **named)
    assert {subject for subject, predicate, _ in found if predicate == "memberOf"} == members


def test_what_all_is_about_may_be_the_member() -> None:
    found = stated_in(
        "Harbour School", "Member of the Water Lab.", Harbour_School="Organization", Water_Lab="Organization"
    )
    assert ("Harbour School", "memberOf", "Water Lab") in found
