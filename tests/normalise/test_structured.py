"""Structured data of pages as blocks of "data": what is kept, what never is, and what hostile data does."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from reading import HTML, check

from commons_graph import normalise
from commons_graph.errors import CommonsError
from commons_graph.model import Capture, Document
from commons_graph.schema_org import FILE, SchemaOrg

ONTOLOGY = Path(__file__).parents[2] / "ontology"
CONTEXT = "https://schema.org"
TEXT = "<main><h1>Agenda</h1><p>Une fête des communs.</p></main>"


def read(head: str = "", body: str = TEXT) -> Document:
    page = f'<!doctype html><html lang="fr"><head><title>Agenda</title>{head}</head><body>{body}</body></html>'
    made = datetime(2025, 1, 17, tzinfo=UTC)
    capture = Capture("test", "https://site.example/agenda", HTML, page.encode(), "d1", made)
    return normalise.document(capture, vocabulary=SchemaOrg.load(ONTOLOGY))


def script(told: Any) -> str:
    return f'<script type="application/ld+json">{told if isinstance(told, str) else json.dumps(told)}</script>'


def data(document: Document) -> list[str]:
    check(document)
    return [document.cut(block.start, block.end) for block in document.blocks if block.kind == "data"]


EVENT = {
    "@type": "Event",
    "name": "Fête &amp; <b>assemblée</b>",
    "startDate": "2026-01-17T19:00:00+01:00",
    "url": "/fete",
    "location": {
        "@type": "Place",
        "address": {"@type": "PostalAddress", "streetAddress": "12 rue du Four", "addressLocality": "Lyon"},
        "telephone": "+33 4 72 00 00 00",
    },
    "organizer": {"@id": "#org"},
}
BODY = {"@id": "#org", "@type": ["NGO", "Thing"], "name": "Jardins", "email": "a@jardins.example", "taxID": "7"}


def test_a_graph_gives_its_things_with_addresses_and_references_resolved() -> None:
    document = read(script({"@context": CONTEXT, "@graph": [EVENT, BODY]}))
    assert data(document) == [
        "Event.name: Fête & assemblée",
        "Event.url: https://site.example/fete",
        "Event.startDate: 2026-01-17T19:00:00+01:00",
        "Event.location: Lyon",
        "Event.organizer: Jardins",
        "NGO.name: Jardins",
    ]
    assert [block.level for block in document.blocks if block.kind == "data"] == [1, 1, 1, 1, 1, 2]
    assert [mark.target for mark in document.marks] == ["https://site.example/fete"]


@pytest.mark.parametrize("target", ["?m=a%2540m.b.example", "#a@m.b.example", "01.23.45.67.89", "?tel=0123456789"])
def test_an_address_with_what_is_of_a_person_is_left_out(target: str) -> None:
    told = {
        "@context": CONTEXT,
        "@type": "Organization",
        "name": "Rives",
        "url": ["/kept", f"https://z.example/{target}"],
    }
    document = read(script(told))
    assert data(document) == ["Organization.name: Rives", "Organization.url: https://site.example/kept"]
    assert [mark.target for mark in document.marks] == ["https://site.example/kept"]


def test_microdata_gives_the_same() -> None:
    body = """<main><h1>Agenda</h1><div itemscope itemtype="https://schema.org/Event">
    <h2 itemprop="name">Fête</h2><time itemprop="startDate" datetime="2026-01-17">samedi</time>
    <a itemprop="url" href="/fete">ici</a><meta itemprop="endDate" content="2026-01-18">
    <div itemprop="location" itemscope itemtype="http://schema.org/Place"><b itemprop="name">La Halle</b></div>
    <div itemprop="review" itemscope itemtype="http://schema.org/Review">
    <p itemprop="author" itemscope itemtype="http://schema.org/Person"><i itemprop="name">Eva Lu</i></p></div>
    <p itemscope itemtype="http://vocabulary.example/Thing"><i itemprop="name">Other</i></p></div></main>"""
    assert data(read(body=body)) == [
        "Event.name: Fête",
        "Event.url: https://site.example/fete",
        "Event.startDate: 2026-01-17",
        "Event.endDate: 2026-01-18",
        "Event.location: La Halle",
        "Place.name: La Halle",
    ]


def test_what_people_do_not_publish_of_themselves_is_not_kept() -> None:
    person = {
        "@type": "Person",
        "name": "Ada Roy",
        "email": "ada@site.example",
        "telephone": "+33 6 12 34 56 78",
        "birthDate": "1980-02-03",
        "address": {"@type": "PostalAddress", "addressLocality": "Vaise"},
        "homeLocation": {"@type": "Place", "name": "Vaise"},
        "spouse": {"@type": "Person", "name": "Bo Roy"},
    }
    mail = {"@type": "Organization", "name": "jardins@site.example", "url": "mailto:jardins@site.example"}
    comment = {"@type": "Comment", "author": {"@type": "Person", "name": "Eva Lu"}}
    article = {"@type": "Article", "headline": "Agenda", "author": person, "comment": [comment]}
    place = {"@type": "Organization", "name": "Jardins", "address": "12 rue du Four, Lyon"}
    document = read(script([{"@context": CONTEXT, **each} for each in (article, mail, place)]))
    told = ["Article.headline: Agenda", "Article.author: Ada Roy", "Organization.name: Jardins", "Person.name: Ada Roy"]
    assert data(document) == told


def test_the_date_of_a_text_is_taken_where_the_page_has_no_other() -> None:
    article = {"@context": CONTEXT, "@type": "BlogPosting", "headline": "Agenda", "datePublished": "2026-02-03T10:00"}
    assert read(script(article)).date == "2026-02-03"
    assert read('<meta property="article:published_time" content="2026-01-01">' + script(article)).date == "2026-01-01"
    assert read('<meta name="date" content="2026-02-30">' + script(article)).date == "2026-02-03"
    impossible = {**article, "datePublished": "2026-02-30"}
    assert read(script(impossible)).date == ""
    assert read(script([impossible, article])).date == "2026-02-03"


def test_things_in_pages_and_lists_are_found_and_breadcrumbs_are_not() -> None:
    crumbs = {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "item": {"@id": "/a", "name": "A"}}]}
    listed = {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": EVENT}]}
    page = {
        "@context": [{"@vocab": "http://schema.org/"}],
        "@type": "WebPage",
        "breadcrumb": crumbs,
        "mainEntity": listed,
    }
    assert [line.partition(":")[0] for line in data(read(script(page)))][:1] == ["Event.name"]


DEEP = 10_000
LOOP = {
    "@context": CONTEXT,
    "@graph": [
        {"@id": "a", "@type": "Organization", "name": "A", "parentOrganization": {"@id": "b"}},
        {
            "@id": "b",
            "@type": "Organization",
            "name": "B",
            "subOrganization": {"@id": "a"},
            "parentOrganization": {"@id": "b"},
        },
    ],
}


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("{", 0),
        ("[" * DEEP + "]" * DEEP, 0),
        ('{"@context":"https://schema.org","@type":"Event","a":' * DEEP + "1" + "}" * DEEP, 0),
        ('{"@context":"http://127.0.0.1:1/context","@type":"Event","name":"X"}', 0),
        ('{"@context":"https://schema.org","@type":{"a":1},"name":"X"}', 0),
        ('{"@context":"https://schema.org","@type":"Event","name":{"name":["X"]},"url":7,"startDate":[[]]}', 0),
        ('{"@context":"https://schema.org","@type":"Event","name":' + "9" * 100_000 + "}", 0),
        ('{"@context":"https://schema.org","@type":"Event","name":"' + "x" * 2_000_000 + '"}', 0),
        (json.dumps(LOOP), 5),
        (json.dumps([{"@context": CONTEXT, "@type": "Event", "name": f"E{n}"} for n in range(9_000)]), 500),
        ('<![CDATA[\n{"@context":"https://schema.org","@type":"Event","name":"X\ny"}\n]]>', 1),
    ],
    ids=["cut", "nested", "things", "foreign", "typed", "wrong", "number", "huge", "loop", "many", "wrapped"],
)
def test_hostile_or_broken_data_leaves_the_text(words: str, lines: int) -> None:
    document = read(script(words))
    assert (len(data(document)), "Une fête des communs." in document.text) == (lines, True)


def test_items_without_end_and_scripts_that_never_close_take_no_time() -> None:
    items = '<div itemscope itemtype="https://schema.org/Event"><p itemprop="name">' * 20_000
    assert len(data(read('<script type="application/ld+json">' * 100_000, TEXT + items))) <= 500


def test_a_project_without_the_file_keeps_nothing_and_a_wrong_file_is_named(tmp_path: Path) -> None:
    assert SchemaOrg.load(tmp_path) == SchemaOrg()
    shutil.copy(ONTOLOGY / "predicates.yaml", tmp_path)
    (tmp_path / FILE).write_text("types: {Planet: [Planet]}\nproperties: {}", encoding="utf-8")
    with pytest.raises(CommonsError, match=r"schema_org\.yaml:1: `Planet` is no key .*, expected one of Person"):
        SchemaOrg.load(tmp_path)
