"""The documents that we wrote for training: every annotated name stands in its text, and they count less than gold."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache

from commons_graph.extract.training.gold import LIKE_GOLD, OWN, GoldDocument, own_documents


@cache
def ours() -> list[GoldDocument]:
    """Give the documents, which take seconds to read."""
    return list(own_documents())


def test_our_documents_are_read_with_nearly_all_their_entities_located() -> None:
    rows = [json.loads(line) for file in OWN.glob("*.jsonl") for line in file.read_text("utf-8").splitlines()]
    asked = Counter(row["doc"] for row in rows if row["doc"] not in LIKE_GOLD for _ in row["entities"])
    found = {each.name: len(each.entities) for each in ours()}
    assert found.keys() == asked.keys()
    assert sum(found.values()) >= 0.98 * asked.total()


def test_a_document_of_our_own_counts_less_than_one_that_was_read() -> None:
    assert {each.weight for each in ours()} == {0.5, 1.25}
    assert all(each.written for each in ours()), "they train, and measure nothing"


def test_documents_that_follow_a_gold_documents_outline_take_no_part() -> None:
    assert not LIKE_GOLD & {each.name for each in ours()}
