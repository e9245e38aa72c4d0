from __future__ import annotations

from email.message import EmailMessage

import pytest
from reading import MAIL, blocks, check, read

from commons_graph.errors import CommonsError

AT = "@"


def letter(subject: str = "Infolettre n°3 : été") -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = f"La Fabrique <bonjour{AT}fabrique.example>"
    message["Date"] = "Mon, 13 Jan 2025 09:30:00 +0100"
    return message


def test_the_html_part_is_read_without_what_serves_the_mailing() -> None:
    message = letter()
    message.set_content("Texte brut")
    message.add_alternative(
        "<p>Voir cet e-mail en ligne</p><h2>Agenda</h2><table><tr><td><p>AG le 15 mai</p></td></tr></table>"
        f"<p>Écrivez à bonjour{AT}fabrique.example</p><p>Se désinscrire</p><img width=1 height=1 src=x>",
        subtype="html",
    )
    message.add_attachment(b"secret", maintype="text", subtype="plain", filename="a.txt")
    document = read(MAIL, message.as_bytes())
    assert blocks(document) == [
        ("heading", "Agenda"),
        ("paragraph", "AG le 15 mai"),
        ("paragraph", "Écrivez à [e-mail]"),
    ]
    assert (document.title, document.date, document.kind) == ("Infolettre n°3 : été", "2025-01-13", "newsletter")
    check(document)


def test_a_plain_letter_ends_at_its_signature_and_broken_lines_are_joined() -> None:
    message = letter()
    message.set_content(
        "Bonjour,\n\nle séminaire aura lieu les 29 et 30 janvier à la ferme, et il sera\nouvert à toutes et tous.\n\n"
        "Merci\n-- \nAda, 01 23 45 67 89\n"
    )
    said = [text for _, text in blocks(read(MAIL, message.as_bytes()))]
    assert said[1] == "le séminaire aura lieu les 29 et 30 janvier à la ferme, et il sera ouvert à toutes et tous."
    assert "Ada" not in "".join(said)


def test_bytes_that_no_header_declares_are_decoded() -> None:
    payload = "Subject: Rencontre d’été\n\nBonjour à toutes et tous.\n".encode("cp1252")
    document = read(MAIL, payload)
    assert document.title == "Rencontre d’été"
    assert blocks(document) == [("paragraph", "Bonjour à toutes et tous.")]


@pytest.mark.parametrize("payload", [b"Content-Type: image/png\n\nxx", b"Content-Type: text/plain" + b"; a=b" * 10_000])
def test_what_cannot_be_read_is_said(payload: bytes) -> None:
    with pytest.raises(CommonsError):
        read(MAIL, payload)
