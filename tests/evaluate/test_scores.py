"""Scores, counted by hand on small annotations, and beside the gold set's own script where it is there."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from commons_graph.evaluate import score_documents, score_pages
from commons_graph.evaluate.names import same_literal, same_name

GOLD = Path(__file__).parents[2] / ".." / "shared" / "gold"


def entity(label: str, cls: str, *aliases: str) -> dict[str, Any]:
    return {"label": label, "class": cls, "aliases": list(aliases)}


def relation(subject: str, predicate: str, object: str) -> dict[str, str]:
    return {"subject": subject, "predicate": predicate, "object": object}


def row(entities: list[dict[str, Any]], *relations: dict[str, str]) -> dict[str, Any]:
    return {"doc": "a.txt", "lang": "fr", "kind": "newsletter", "entities": entities, "relations": list(relations)}


ANNOTATED = row(
    [entity("Le Réseau du Val", "Group", "RDV"), entity("Awa Diarra", "Person"), entity("Lyon", "Place")],
    relation("Awa Diarra", "memberOf", "Le Réseau du Val"),
    relation("Le Réseau du Val", "homepage", "https://www.val.example/"),
)


def scored(predicted: dict[str, Any]) -> dict[str, tuple[int, int, int]]:
    tallies = score_documents([ANNOTATED], {"a.txt": predicted})
    return {what: (t.right, t.predicted, t.gold) for (what, of_which), t in tallies.items() if not of_which}


def test_the_annotation_itself_is_all_right() -> None:
    assert scored(ANNOTATED) == {
        "entities (name)": (3, 3, 3),
        "entities (name and class)": (3, 3, 3),
        "relations": (2, 2, 2),
    }


def test_an_alias_finds_and_a_wrong_class_is_not_right() -> None:
    told = scored(row([entity("RDV", "Organization"), entity("Awa", "Person")]))
    assert told["entities (name)"] == (1, 2, 3)
    assert told["entities (name and class)"] == (0, 2, 3)


def test_two_predictions_of_one_entity_count_once_and_two_classes_are_a_contradiction() -> None:
    told = scored(row([entity("RDV", "Group"), entity("réseau du val", "Organization")]))
    assert told["entities (name)"] == (1, 1, 3)
    assert told["entities (name and class)"] == (0, 1, 3)


def test_relations_are_compared_by_entity_and_addresses_by_what_counts() -> None:
    told = row(
        [entity("RDV", "Group"), entity("Awa Diarra", "Person")],
        relation("Awa Diarra", "memberOf", "RDV"),
        relation("RDV", "homepage", "http://val.example"),
        relation("RDV", "partnerOf", "Awa Diarra"),
    )
    assert scored(told)["relations"] == (2, 3, 2)


def test_a_symmetric_relation_counts_in_either_direction() -> None:
    gold = row([entity("A", "Group"), entity("B", "Group")], relation("A", "partnerOf", "B"))
    guess = row(gold["entities"], relation("B", "partnerOf", "A"))
    assert score_documents([gold], {"a.txt": guess})["relations", ""].f1 == 1.0


def test_a_document_without_a_prediction_counts_as_missed() -> None:
    assert score_documents([ANNOTATED], {})["relations", ""].recall == 0.0


def test_names_lose_case_accents_signs_and_one_article() -> None:
    assert same_name("L’Économie « sociale »") == same_name("economie SOCIALE")
    assert same_name("les l'eau") == "l eau"
    assert same_literal("homepage", "HTTPS://www.Val.example/a/") == "val.example/a"


def test_an_accepted_alternative_of_a_page_is_right() -> None:
    gold = [{"page": "a", "class": "Concept", "alternatives": ["Document"]}, {"page": "b", "class": "Person"}]
    tallies = score_pages(gold, {"a": "Document", "b": "Place"})
    assert (tallies["pages", ""].right, tallies["pages", ""].gold) == (1, 2)
    assert tallies["class", "Place"].predicted == 1


@pytest.mark.skipif(not GOLD.is_dir(), reason="the gold set is not here")
def test_the_figures_are_those_of_the_gold_sets_own_script(tmp_path: Path) -> None:
    gold = [json.loads(line) for line in (GOLD / "documents-dev.jsonl").read_text("utf-8").splitlines()]
    guess = {each["doc"]: _spoilt(each) for each in gold}
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_text("".join(json.dumps(each) + "\n" for each in guess.values()), encoding="utf-8")
    command = [sys.executable, str(GOLD / "score.py"), "documents", str(GOLD / "documents-dev.jsonl"), str(predicted)]
    table = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    counts = r"^\s*([^:\n]+?):?\s+P .*\((\d+) right, (\d+) predicted, (\d+) gold\)$"
    theirs = {name: tuple(map(int, rest)) for name, *rest in re.findall(counts, table, re.MULTILINE)}
    tallies = score_documents(gold, guess)
    ours = {
        of_which or what: (t.right, t.predicted, t.gold)
        for (what, of_which), t in tallies.items()
        if what in ("class", "predicate") or not of_which
    }
    assert ours == theirs


def _spoilt(row: dict[str, Any]) -> dict[str, Any]:
    """Give an annotation with every third class wrong, every fourth entity missing and every fifth relation turned."""
    entities = [
        {**each, "class": "Place" if at % 3 == 0 else each["class"]}
        for at, each in enumerate(row["entities"])
        if at % 4
    ]
    relations = [
        relation(each["object"], each["predicate"], each["subject"]) if at % 5 == 0 else each
        for at, each in enumerate(row["relations"])
    ]
    return {**row, "entities": entities, "relations": relations}
