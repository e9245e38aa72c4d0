"""A real WordPress, visited again and again: what is new, edited and deleted; what a visit costs; what is shut."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from site_server import Visits

from commons_graph.capture.http import Exchange
from commons_graph.capture.live import feed, wordpress
from commons_graph.capture.live.records import Found, Unchanged
from commons_graph.capture.live.visit import Connector
from commons_graph.model import Capture, Document
from commons_graph.normalise import document
from commons_graph.source import Source

AGENDA = """<!-- wp:heading --><h2>Agenda</h2><!-- /wp:heading -->
<p>Le 3 décembre 2026 à Lille : <a href="/qui-sommes-nous/">Juristes embarqués</a>.</p>
<table><thead><tr><th>Groupe</th><th>Contact</th></tr></thead><tbody><tr><td>Communs</td><td>Léa</td></tr></tbody></table>"""


class Reading(Visits):
    """Visits to the site, and what the client's recorder was told of the last one."""

    def __init__(self, site: Any, connector: Connector, name: str, path: str = "/", **options: Any) -> None:
        self.exchanges: list[Exchange] = []
        told = {"options": options, "private": True}
        source = Source("wp", "WP", name, site.at(path), "fr", "https://licence.example/", "Us", **told)
        super().__init__(connector, source, recorder=self.exchanges.append)

    def again(self) -> list[Any]:
        self.exchanges.clear()
        return super().again()

    @property
    def asked(self) -> list[Exchange]:
        return [each for each in self.exchanges if not each.address.endswith("robots.txt")]


@pytest.fixture
def site(wordpress: Any) -> Iterator[Any]:
    """The site with a page, a letter and a report; they are deleted after the test."""
    numbers = [
        wordpress.put("Qui sommes-nous ?", "<p>L’association rassemble des acteurs de l’ESS.</p>", "page"),
        wordpress.put("Lettre n° 12", AGENDA, category="Newsletters", day="2026-10-12"),
        wordpress.put("Compte rendu & débats", "<p>Séance du 14 octobre 2026 à Besançon.</p>", day="2026-10-14"),
    ]
    yield wordpress
    wordpress.shut(False)
    for number in [*numbers, *wordpress.more]:
        wordpress.delete(number)
    wordpress.more.clear()


def titles(answers: list[Any]) -> set[str]:
    return {answer.hints["title"] for answer in answers if isinstance(answer, Found)}


def read(found: Found) -> Document:
    at = datetime(2026, 11, 26, tzinfo=UTC)
    return document(Capture("wp", found.address, found.media_type, found.payload, "d", at, found.hints), "fr")


def test_posts_and_pages_become_documents(site: Any) -> None:
    answers = Reading(site, wordpress.visit, "wordpress", newsletters=["newsletters"]).again()
    assert titles(answers) == {"Qui sommes-nous ?", "Lettre n° 12", "Compte rendu & débats"}
    (letter,) = (read(answer) for answer in answers if answer.hints["title"] == "Lettre n° 12")
    assert (letter.kind, letter.date, letter.language) == ("newsletter", "2026-10-12", "fr")
    assert [(block.kind, letter.cut(block.start, block.end)) for block in letter.blocks] == [
        ("title", "Lettre n° 12"),
        ("heading", "Agenda"),
        ("paragraph", "Le 3 décembre 2026 à Lille : Juristes embarqués."),
        ("cell", "Groupe"),
        ("cell", "Contact"),
        ("cell", "Communs"),
        ("cell", "Léa"),
    ]


def test_a_second_visit_with_nothing_changed_asks_for_two_lists_and_no_text(site: Any) -> None:
    reading = Reading(site, wordpress.visit, "wordpress")
    reading.again()
    assert [type(answer) for answer in reading.again()] == [Unchanged] * 3
    assert len(reading.asked) == 2
    assert not any(b"content" in each.body for each in reading.asked)
    assert sum(len(each.body) for each in reading.asked) < 1_000


def test_new_edited_and_deleted_posts_are_told(site: Any) -> None:
    reading = Reading(site, wordpress.visit, "wordpress")
    edited, deleted = (site.put(title, "<p>Texte.</p>") for title in ("Modifié", "Supprimé"))
    reading.again()
    site.edit(edited, "<p>Texte repris.</p>")
    site.delete(deleted)
    site.more.extend([edited, site.put("Annoncé de longue date", "<p>Texte.</p>", day="2020-01-01")])
    answers = reading.again()
    assert titles(answers) == {"Modifié", "Annoncé de longue date"}
    assert len(answers) == 5
    assert reading.whole


def test_a_feed_that_did_not_change_answers_304(site: Any) -> None:
    reading = Reading(site, feed.visit, "feed", "/feed/")
    assert titles(reading.again()) == {"Lettre n° 12", "Compte rendu & débats"}
    assert reading.again() == []
    assert [(each.status, each.body) for each in reading.asked] == [(304, b"")]
    site.more.append(site.put("Tout neuf", "<p>Texte.</p>", day="2026-11-20"))
    assert titles(reading.again()) == {"Tout neuf"}


def test_where_the_api_is_shut_the_same_documents_are_found_another_way(site: Any) -> None:
    opened = {answer.address for answer in Reading(site, wordpress.visit, "wordpress").again()}
    site.shut(True)
    reading = Reading(site, wordpress.visit, "wordpress", newsletters=["newsletters"])
    answers = reading.again()
    found = {answer.address: answer for answer in answers if isinstance(answer, Found)}
    assert opened <= set(found)
    kinds = {read(answer).title: read(answer).kind for answer in found.values()}
    assert kinds["Lettre n° 12"] == "newsletter"
    assert "L’association rassemble des acteurs de l’ESS." in read(found[site.at("/qui-sommes-nous/")]).text
    reading.again()
    assert [each.status for each in reading.asked if "/feed/" in each.address] == [304]
    site.shut(False)
    assert titles(reading.again()) == {"Qui sommes-nous ?", "Lettre n° 12", "Compte rendu & débats"}
