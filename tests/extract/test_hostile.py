"""Texts made to be slow: twice the text takes about twice the steps, and many pairs are not held at once.

Steps are the instructions that Python runs, which are the same each time; what runs inside C is not among them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from commons_graph import extract, normalise
from commons_graph.extract.dates import _windows
from commons_graph.extract.knowledge import Knowledge
from commons_graph.extract.linear import Batch
from commons_graph.extract.relation import find
from commons_graph.extract.relation.features import batch
from commons_graph.model import Capture, Document

ROOT = Path(__file__).parents[2]
SMALL = 100
LETTERS = "abcdefghijklmnopqrstuvwxyz"
PLAIN = "text/plain"


@cache
def knowledge() -> Knowledge:
    return Knowledge.load(ROOT)


def read(text: str, media_type: str) -> Document:
    at = datetime(2025, 3, 1, tzinfo=UTC)
    return normalise.document(
        Capture("test", "https://hostile.example/", media_type, f"A title\n\n{text}".encode(), "d1", at)
    )


def stated(document: Document) -> None:
    extract.statements(extract.find(document, knowledge()), document, knowledge(), "1")


def steps(work: Callable[[], Any]) -> int:
    """Count the instructions that Python runs."""
    count = 0

    def traced(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return traced

    before = sys.gettrace()
    sys.settrace(traced)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def word(number: int) -> str:
    return LETTERS[number // 676 % 26] + LETTERS[number // 26 % 26] + LETTERS[number % 26] * 3


def names(count: int) -> str:
    return ", ".join(f"Jean {LETTERS[at // 26 % 26].upper()}{LETTERS[at % 26] * 4}ion" for at in range(count))


@pytest.mark.parametrize(
    ("media_type", "texts"),
    [
        (PLAIN, lambda size: "12 mars 2025 " * size),
        (PLAIN, lambda size: "conference " * 6 * size),
        (PLAIN, lambda size: names(2 * size)),
        (PLAIN, lambda size: "".join(f"Coop F{word(at)} N{word(at)}ion (CFN). " for at in range(6 * size))),
        ("text/x-wiki", lambda size: "* [[A]]\n" * 3 * size),
    ],
    ids=["days in one sentence", "one name often", "many names", "many names of one acronym", "a link in each item"],
)
def test_twice_the_text_takes_no_more_than_about_twice_the_steps(media_type: str, texts: Callable[[int], str]) -> None:
    stated(read(texts(2 * SMALL), media_type))  # what is remembered of words is not counted
    small, large = (steps(partial(stated, read(texts(size), media_type))) for size in (SMALL, 2 * SMALL))
    assert large < 2.4 * small


def test_a_sentence_without_end_tells_no_more_of_each_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[Batch] = []

    def kept(*told: Any) -> Batch:
        found.append(batch(*told))
        return found[-1]

    monkeypatch.setattr(find, "batch", kept)
    for size in (2 * SMALL, 4 * SMALL):
        text = "".join(f"Jean {word(at).title()}ion, directrice du Labo {word(7 * at).title()}, " for at in range(size))
        stated(read(text, PLAIN))
    few, many = (len(each.features) / len(each.starts) for each in found)
    assert many < 1.1 * few


def test_digits_in_a_text_without_spaces_are_looked_for_near_them_only() -> None:
    text = ("x" * 200 + "2025") * 50
    assert all(right - left < 200 for left, right in _windows(text))


def test_pairs_that_are_scored_in_pieces_give_the_same_relations(monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"{names(12)} founded the Water Network with the Paris Lab in 2012. " * 2
    documents = [read(text, PLAIN), read(f"{text} Contact: Awa Diarra.", PLAIN)]
    whole = extract.find_all(documents, knowledge())
    monkeypatch.setattr(find, "AT_ONCE", 7)
    assert extract.find_all(documents, knowledge()) == whole
    assert any(each.extractor == find.EXTRACTOR for found in whole for each in found.relations)
