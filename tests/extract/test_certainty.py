"""How sure rules are: their share by predicate, less where a name is unsure."""

from __future__ import annotations

from pathlib import Path

from commons_graph.extract.records import LocalEntity
from commons_graph.extract.relation.certainty import Certainty
from commons_graph.extract.relation.layout import Item

SHARES = {"near": {"default": 0.6, "memberOf": 0.8}}


def item(confidence: float, is_subject: bool = False) -> Item:
    return Item(0, "Person", "k", (), LocalEntity("k", "Ada", "Person", (), confidence=confidence), None, is_subject)


def test_half_of_the_share_goes_with_the_name_that_is_less_sure() -> None:
    certainty = Certainty(SHARES)
    assert certainty.of("near", "memberOf", item(1.0), item(1.0)) == 0.8
    assert certainty.of("near", "memberOf", item(0.9), item(0.5)) == certainty.of(
        "near", "memberOf", item(0.5), item(1)
    )
    assert certainty.of("near", "memberOf", item(0.5), item(1.0)) == 0.6


def test_a_predicate_without_a_share_of_its_own_has_the_rules() -> None:
    assert Certainty(SHARES).of("near", "partOf", item(1.0), item(1.0)) == 0.6


def test_what_a_document_is_about_is_sure_whatever_its_class() -> None:
    assert Certainty(SHARES).of("near", "memberOf", item(0.4, is_subject=True), item(1.0)) == 0.8


def test_the_shipped_shares_are_below_certainty() -> None:
    told = Certainty.load(Path(__file__).parents[2] / "ontology").shares
    assert all(0 < share < 1 for shares in told.values() for share in shares.values())
