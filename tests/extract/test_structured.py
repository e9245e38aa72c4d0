"""What structured data of a page states, beside its prose: classes, names, relations, each with its words."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from commons_graph import extract, normalise
from commons_graph.extract import structured
from commons_graph.extract.knowledge import Knowledge
from commons_graph.extract.names.find import find_entities
from commons_graph.extract.records import Relation
from commons_graph.extract.structured import prose
from commons_graph.model import Capture, Document, Statement

ROOT = Path(__file__).parents[2]
TITLE = "Assemblée des Jardins partagés"
EVENT = {
    "@type": "Event",
    "name": TITLE,
    "startDate": "2026-01-17T19:00:00+01:00",
    "endDate": "2026-01-18",
    "location": {"@type": "Place", "name": "Maison des communs", "address": {"@type": "City", "name": "Lyon"}},
    "organizer": {"@id": "#org"},
    "performer": {"@type": "Person", "name": "Ada Roy"},
}
BODY = {
    "@id": "#org",
    "@type": "NGO",
    "name": "Jardins partagés",
    "alternateName": "JP",
    "url": "https://jardins.example/",
    "sameAs": ["https://network.example/@jp"],
    "foundingDate": "2009",
    "parentOrganization": {"@type": "Organization", "name": "Fédération des jardins"},
    "member": [{"@type": "Person", "name": "Bo Lin"}, {"@type": "Person", "name": "admin"}],
}


@cache
def knowledge() -> Knowledge:
    return Knowledge.load(ROOT)


def document(*nodes: object, title: str = TITLE) -> Document:
    told = json.dumps({"@context": "https://schema.org", "@graph": nodes})
    text = "<p>Les Jardins partagés invitent à la Maison des communs le 20 janvier 2026.</p>"
    page = f'<html lang="fr"><script type="application/ld+json">{told}</script><h1>{title}</h1>{text}</html>'
    made = datetime(2025, 1, 17, tzinfo=UTC)
    capture = Capture("site", "https://site.example/ag", "text/html", page.encode(), "d1", made)
    return normalise.document(capture, vocabulary=knowledge().vocabulary)


def stated(page: Document) -> list[Statement]:
    made = extract.statements(extract.find(page, knowledge()), page, knowledge(), "1")
    assert len({each.statement_id for each in made}) == len(made)
    return [each for each in made if each.extractor == "structured-data"]


def short(key: str) -> str:
    return key.partition("#")[2] or ("page" if key.startswith("site:") else key)


def test_things_are_stated_with_classes_and_relations() -> None:
    said = {(short(s.subject_key), s.property, s.value or short(s.object_key)) for s in stated(document(EVENT, BODY))}
    assert said >= {
        ("page", "rdf:type", "schema:Event"),
        ("page", "schema:startDate", "2026-01-17"),
        ("page", "schema:endDate", "2026-01-18"),
        ("page", "schema:location", "Maison des communs"),
        ("page", "cg:coordinatedBy", "Jardins partagés"),
        ("Ada Roy", "cg:participatesIn", "page"),
        ("Jardins partagés", "rdf:type", "org:Organization"),
        ("Jardins partagés", "skos:altLabel", "JP"),
        ("Jardins partagés", "foaf:homepage", "https://jardins.example/"),
        ("Jardins partagés", "rdfs:seeAlso", "https://network.example/@jp"),
        ("Jardins partagés", "schema:foundingDate", "2009"),
        ("Jardins partagés", "dct:isPartOf", "Fédération des jardins"),
        ("Bo Lin", "org:memberOf", "Jardins partagés"),
    }
    assert not any("admin" in subject for subject, *_ in said)


def test_the_evidence_of_each_statement_holds_the_words_that_made_it() -> None:
    page = document(EVENT, BODY)
    for each in stated(page):
        cut = page.cut(each.evidence_start, each.evidence_end)
        if each.property in ("cg:edtf", "cg:dateText", "rdf:type"):
            assert cut
        elif each.object_key:  # of a thing and what is said of it, one is the item that says it
            assert short(each.object_key) in cut or short(each.subject_key) in cut, each
        else:
            assert each.value in cut, each


def test_dates_of_the_data_stand_alone_and_prose_does_not_read_the_data() -> None:
    page = document(EVENT, BODY)
    found = extract.find(page, knowledge())
    assert [each.object for each in found.relations if each.predicate == "date"] == ["2026-01-17/2026-01-18"]
    assert prose(page).text.endswith("janvier 2026.")
    assert prose(prose(page)) == prose(page)


def test_what_the_data_says_stays_its_own_however_sure_the_prose_is() -> None:
    page = document(EVENT, BODY)
    named = find_entities([page], knowledge())[0]
    assert named.subject
    told = structured.tell(page, named.subject, named.entities, knowledge().vocabulary)
    said = structured.relations(told, (), knowledge().signatures)
    surer = [replace(each, confidence=0.99, extractor="relations") for each in said]
    news = Relation(told.subject.key, "about", told.subject.key, 0, 9, 0.6, "relations")
    assert structured.relations(told, [*surer, news], knowledge().signatures) == [*said, news]


def test_the_author_and_date_of_the_pages_own_text_are_stated_and_listed_texts_are_not() -> None:
    own = {"@type": "Article", "headline": "Un titre", "author": {"@type": "Person", "name": "Ada Roy"}}
    own |= {"datePublished": "2026-02-03", "url": "https://site.example/ag"}
    other = {"@type": "Article", "headline": "Un autre", "author": {"@type": "Person", "name": "Bo Lin"}}
    said = {(s.property, s.value or short(s.object_key)) for s in stated(document(own, other, title="Un titre"))}
    assert {("dct:creator", "Ada Roy"), ("dct:date", "2026-02-03")} <= said
    assert ("dct:creator", "Bo Lin") not in said and not any(value == "Un autre" for _, value in said)


def test_what_is_no_date_or_fits_no_class_is_passed_over() -> None:
    event = {
        "@type": "Event",
        "name": "Fête des communs",
        "startDate": "2026-02-31",
        "organizer": "Someone",
        "url": "x:",
    }
    place = {"@type": "Place", "name": "La Halle", "member": {"@type": "Person", "name": "Bo Lin"}}
    assert {s.property for s in stated(document(event, place))} <= {"rdf:type", "skos:prefLabel"}
