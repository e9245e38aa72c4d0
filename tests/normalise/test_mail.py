from __future__ import annotations

from email.message import EmailMessage

import pytest
from reading import MAIL, blocks, check, marks, read

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


def html(body: str, subject: str = "Infolettre") -> EmailMessage:
    message = letter(subject)
    message.set_content(body, subtype="html")
    return message


def test_a_letter_that_is_on_the_web_has_its_address_there() -> None:
    online = "https://click.list.example/track?url=https%3A%2F%2Ffabrique.example%2Flettres%2F3%3Futm_source%3Dmail"
    body = f'<p>Un souci ? <a href="{online}">Voir cet e-mail en ligne</a></p><p>Bonjour à toutes et tous.</p>'
    document = read(MAIL, html(body).as_bytes())
    assert document.address == "https://fabrique.example/lettres/3"
    assert document.document_id == read(MAIL, html("<p>Bonjour</p>").as_bytes()).document_id
    assert blocks(document) == [("paragraph", "Bonjour à toutes et tous.")]


@pytest.mark.parametrize(
    "link", ["https://fabrique.example/", "https://x.us1.list-manage.com/track/click?u=1&id=2&e=3", "#top"]
)
def test_a_front_page_and_a_link_that_only_a_call_would_solve_are_no_address(link: str) -> None:
    document = read(MAIL, html(f'<p><a href="{link}">View this email in your browser</a></p><p>Hello</p>').as_bytes())
    assert document.address == "https://site.example/pages/one"


def test_links_that_count_clicks_lead_to_their_targets_or_nowhere() -> None:
    links = {
        "safe": "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fcoop.example%2Fa&data=05",
        "wrapped": "https://r.mail.example/redirect?target=https%3A%2F%2Fgo.x.example%2Fr%3Fu%3Dhttps%253A%252F%252Fcoop.example%252Fb",
        "mandrill": "https://mandrillapp.com/track/click/1/coop.example?p=eyJwIjoie1widXJsXCI6XCJodHRwczovL2Nvb3AuZXhhbXBsZS9jXCJ9In0",
        "archive": "https://us1.campaign-archive.com/?u=1&id=2&e=5d41402abc",
        "share": "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fcoop.example%2Fd",
        "page": "https://coop.example/ressources?q=https://other.example/",
        "mailchimp": "https://coop.us5.list-manage.com/track/click?u=1&id=2&e=5d41402abc",
        "brevo": "https://abcdef.r.tsp1-brevo.net/tr/cl/AbCdEf-123",
        "loop": "https://click.x.example/r?u=https%3A%2F%2Fclick.x.example%2Fr",
        "script": "https://click.x.example/r?u=javascript%3Aalert(1)",
    }
    body = "".join(f'<p>See <a href="{link}">{name}</a> now</p>' for name, link in links.items())
    assert dict(marks(read(MAIL, html(body).as_bytes()), "web")) == {
        "safe": "https://coop.example/a",
        "wrapped": "https://coop.example/b",
        "mandrill": "https://coop.example/c",
        "archive": "https://us1.campaign-archive.com/?u=1&id=2",
        "share": links["share"],
        "page": links["page"],
        "loop": "https://click.x.example/r",
        "script": links["script"],
    }


FORWARD = f"""<div>Regarde ça, Paul ! Je t'appelle au 01 23 45 67 89.</div><br>
<div>---------- Forwarded message ---------<br>De : <b>La Fabrique</b> &lt;bonjour{AT}fabrique.example&gt;<br>
Date: Fri, 10 Jan 2025 08:00:00 +0100<br>Subject: Infolettre n°3<br>To: paul{AT}private.example<br></div>
<h2>Agenda</h2><p>AG le 15 mai</p>"""


def test_who_passed_a_letter_on_is_left_out() -> None:
    document = read(MAIL, html(FORWARD, "Fwd: TR : Infolettre n°3").as_bytes())
    assert blocks(document) == [("heading", "Agenda"), ("paragraph", "AG le 15 mai")]
    assert (document.title, document.date) == ("Infolettre n°3", "2025-01-10")
    check(document)


GMAIL = """---------- Forwarded message ---------
De : La Fabrique <bonjour{AT}fabrique.example>
Date: ven. 10 janv. 2025 à 08:00
Subject: Infolettre n°3
To: Paul <paul{AT}private.example>
"""
OUTLOOK = """-----Message d'origine-----
De : La Fabrique [mailto:bonjour{AT}fabrique.example]
Envoyé : vendredi 10 janvier 2025 08:00
À : Paul
Objet : Infolettre n°3
"""
THUNDERBIRD = """-------- Message transféré --------
Sujet : Infolettre n°3
Date : Fri, 10 Jan 2025 08:00:00 +0100
De : La Fabrique <bonjour{AT}fabrique.example>
Pour : Paul <paul{AT}private.example>
"""
ROUNDCUBE = """-------- Message original --------
Objet: Infolettre n°3
Date: 2025-01-10 08:00
De: La Fabrique <bonjour{AT}fabrique.example>
À: Paul <paul{AT}private.example>
"""
WRAPPED = """---------- Forwarded message ---------
From: La Fabrique <bonjour{AT}fabrique.example>
Date: Fri, Jan 10, 2025 at 8:00 AM
Subject: Infolettre n°3, qui dit aussi
 comment venir
To: Paul <paul{AT}private.example>,
Anne <anne{AT}private.example>,
        Awa <awa{AT}private.example>
Cc: Zoé <zoe{AT}private.example>
"""


APPLE = """Début du message transféré :

> De : La Fabrique <bonjour{AT}fabrique.example>
> Objet : Infolettre n°3
> Date : 10 janvier 2025 à 08:00:00 UTC+1
> À : Paul <paul{AT}private.example>
>
"""
QUOTED, QUOTED_TWICE = ("".join(f"{sign}{line}\n" for line in WRAPPED.splitlines()) for sign in ("> ", ">> "))


def test_a_quoted_letter_without_an_empty_line_below_its_header_keeps_its_text() -> None:
    header = "---------- Forwarded message ----------\n> From: Ada\n> Date: 2 Nov 2026\n> Subject: News\n"
    body = "> Hello all,\n> this is the text\n> of three lines.\n> > Asked before.\n"
    message = letter("Fwd: News")
    message.set_content(f"See below.\n\n{header}{body}")
    said = read(MAIL, message.as_bytes()).text
    assert "this is the text" in said and "of three lines" in said


@pytest.mark.parametrize("header", [GMAIL, OUTLOOK, THUNDERBIRD, ROUNDCUBE, WRAPPED, APPLE, QUOTED, QUOTED_TWICE])
def test_who_passed_a_plain_letter_on_is_left_out(header: str) -> None:
    message = letter("Tr : Infolettre n°3")
    sign = "> " if "> " in header.replace("example>", "") else ""
    text = f"Regarde ça, Paul ! Jeanne\n\n{header.replace('{AT}', AT)}\n{sign}L'AG a lieu le 15 mai.\n"
    message.set_content(text)
    document = read(MAIL, message.as_bytes())
    assert blocks(document) == [("paragraph", "L'AG a lieu le 15 mai.")]
    assert document.date == "2025-01-10"


def test_a_letter_that_was_passed_on_has_no_date_rather_than_a_wrong_one() -> None:
    document = read(MAIL, html(FORWARD.replace("Fri, 10 Jan 2025 08:00:00 +0100", "hier")).as_bytes())
    assert document.date == ""


def test_a_letter_inside_another_is_the_letter() -> None:
    inner = html("<h2>Agenda</h2><p>AG le 15 mai</p>", "Infolettre n°3")
    outer = letter("Fwd: vu ?")
    outer.replace_header("Date", "Tue, 14 Jan 2025 10:00:00 +0100")
    outer.set_content("Salut Paul, pour info.\n")
    outer.add_attachment(inner)
    document = read(MAIL, outer.as_bytes())
    assert blocks(document) == [("heading", "Agenda"), ("paragraph", "AG le 15 mai")]
    assert (document.title, document.date) == ("Infolettre n°3", "2025-01-13")


def test_a_list_says_where_it_keeps_a_letter() -> None:
    message = letter()
    message["Archived-At"] = "<https://list.example/hyperkitty/list/x/message/ABC/>"
    message.set_content("Bonjour à toutes et tous.\n")
    assert read(MAIL, message.as_bytes()).address == "https://list.example/hyperkitty/list/x/message/ABC/"


@pytest.mark.parametrize("charset", ["utf-7", "x-unknown", "cp65001", "hex", "utf-16", "iso-8859-1"])
def test_a_charset_that_is_wrong_or_unknown_costs_no_letter(charset: str) -> None:
    head = f"Subject: n\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: quoted-printable\n\n"
    document = read(MAIL, head.encode() + b"Bonjour =C3=A0 toutes et tous.\n")
    assert document.blocks
    check(document)


@pytest.mark.parametrize("depth", [900, 10_000])
def test_parts_nested_deeply_end_in_one_line(depth: int) -> None:
    deep = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (number, number) for number in range(depth)
    )
    with pytest.raises(CommonsError, match=r"no readable part|no message that can be read|headers beyond measure"):
        read(MAIL, b"Subject: n\n" + deep + b"Content-Type: text/plain\n\nHello\n")


def test_letters_nested_ten_thousand_deep_end_in_one_line() -> None:
    with pytest.raises(CommonsError):
        read(MAIL, b"Content-Type: message/rfc822\n\n" * 10_000 + b"Subject: n\n\nHello\n")


def test_a_year_that_no_calendar_has_gives_no_date() -> None:
    document = read(MAIL, b"Subject: Soin\nDate: Mon, 1 Jan 99999999999 00:00:00 +0000\n\nBonjour.\n\nVenez.\n")
    assert (document.title, document.date) == ("Soin", "")
