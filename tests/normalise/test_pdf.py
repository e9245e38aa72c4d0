"""PDFs: what they say is read like any text, and what is hostile or broken ends in one line."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from made_pdf import content, made, pdf
from pypdf import PdfReader, PdfWriter
from reading import blocks, check, read

from commons_graph.errors import CommonsError
from commons_graph.normalise import pdf as reader

PDF = "application/pdf"
PAGES = [
    [
        "Charte de l'Association du Val",
        "AGENDA",
        "L'assemblée générale de toutes les communautés membres se réunit le 15 mai, et les commu-",
        "nautés voisines sont invitées. Le compte rendu se trouve sur https://val.example/cr et",
        "dans la gazette.",
    ],
    ["Les statuts restent les mêmes."],
    ["Fait au Val."],
]


def paged() -> bytes:
    return pdf([["Association du Val", *page, f"Page {at} / 3"] for at, page in enumerate(PAGES, 1)], "Charte.docx")


def test_a_pdf_is_read_like_a_text_without_what_every_page_repeats() -> None:
    document = read(PDF, paged())
    assert document.title == "Charte de l'Association du Val"
    assert blocks(document)[0] == ("heading", "AGENDA")
    assert "toutes les communautés membres se réunit le 15 mai, et les communautés voisines" in document.text
    assert "Page 2" not in document.text
    assert document.text.count("Association du Val") == 1
    assert (document.language, document.date) == ("fr", "2025-01-17")
    assert [mark.target for mark in document.marks if mark.kind == "web"] == ["https://val.example/cr"]
    check(document)


def test_a_title_that_the_first_page_says_is_the_title_and_a_given_one_goes_before() -> None:
    payload = pdf([["Association du Val", "Charte des communs", "Elle vaut pour tous."]], "charte des Communs")
    assert read(PDF, payload).title == "charte des Communs"
    assert read(PDF, payload, title="La charte").title == "La charte"


def encrypted() -> bytes:
    writer, stream = PdfWriter(clone_from=PdfReader(io.BytesIO(paged()))), io.BytesIO()
    writer.encrypt("", "owner", algorithm="RC4-128")
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        (lambda: b"<html>no PDF</html>", "is no PDF"),
        (lambda: paged()[:-300], "is a PDF that is cut off"),
        (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 20 + b"%%EOF", "is damaged"),
        (lambda: paged().replace(b"/Type /Catalog", b"/Type /Xatalog").replace(b"/Kids", b"/Kid5"), "is damaged"),
        (lambda: paged().replace(b"/Kids [5 0 R", b"/Kids [2 0 R"), "is damaged"),
        (encrypted, "is an encrypted PDF"),
        (lambda: pdf([[]]), "is a PDF without text"),
        (lambda: made([b""] * 1001), "has more than 1000 pages"),
        (lambda: made([content(["Hello"]) + b" " * 100_000_000]), "is damaged"),
    ],
    ids=["other", "cut off", "garbage", "no pages", "loop", "encrypted", "scan", "long", "bomb"],
)
def test_what_cannot_be_read_ends_in_one_line(payload: Callable[[], bytes], said: str) -> None:
    with pytest.raises(CommonsError, match=said) as raised:
        read(PDF, payload())
    assert "\n" not in str(raised.value)


def test_a_pdf_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "SECONDS", 1)
    with pytest.raises(CommonsError, match="takes too much time or memory"):
        read(PDF, made([b"BT /F1 9 Tf " + b"(a) Tj " * 3_000_000 + b"ET"]))
