"""Documents read together say what each says alone, and batches hold every document once, in order."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from commons_graph.extract import Found, find, find_all
from commons_graph.extract.batches import CHARACTERS, MOST, batches
from commons_graph.extract.knowledge import Knowledge
from commons_graph.model import Block, Document, Mark

ROOT = Path(__file__).parents[2]
LINES = (
    "Contact",
    "",
    "La Fabrique des Rivages (FR) travaille avec Awa Diarra, directrice du Labo des Communs à Lyon.",
    "Le 29 janvier 2025 se tient le séminaire du groupe de travail Communs et soin.",
    "Framasoft",
)


@cache
def knowledge() -> Knowledge:
    return Knowledge.load(ROOT)


def document(number: int, *lines: str, kind: str = "web page", redirect: str = "") -> Document:
    text, blocks = "", []
    for line in (f"Page {number}", *lines):
        blocks.append(Block("paragraph" if blocks else "title", len(text), len(text) + len(line)))
        text += line + " \n"
    at = text.find("Framasoft")
    marks = (Mark("web", at, at + 9, f"https://framasoft.org/{number}"),) if at >= 0 else ()
    address = f"https://example.org/{number}"
    return Document(
        f"d{number}", "test", address, f"Page {number}", text, tuple(blocks), marks, "fr", kind, "", (), redirect
    )


def test_a_document_says_the_same_alone_and_among_others() -> None:
    documents = [document(size, *LINES[:size]) for size in range(len(LINES) + 1)]
    documents.insert(2, document(10, *LINES, redirect="Page 1"))
    documents.append(document(11, *reversed(LINES), kind="wiki entry"))
    alone: list[Found] = [find(each, knowledge()) for each in documents]
    assert find_all(documents, knowledge()) == alone
    assert find_all(documents[::-1], knowledge()) == alone[::-1]
    assert any(each.relations for each in alone)


def test_batches_end_where_they_are_full_and_lose_nothing() -> None:
    long, short = document(0, "x" * CHARACTERS), document(1)
    cut = list(batches([short, long, *[short] * (MOST + 1)]))
    assert [len(each) for each in cut] == [2, MOST, 1]
    assert cut[0] == [short, long]
