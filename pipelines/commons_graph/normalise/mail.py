"""Letters to blocks: the readable part of a message, without its footer and without its sender's address.

What belongs here: MIME, charsets, footers, signatures. What does not: mailboxes and who may write to us.
"""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime

from commons_graph.errors import CommonsError
from commons_graph.model import Capture
from commons_graph.normalise import plain
from commons_graph.normalise.build import Builder
from commons_graph.normalise.characters import clean, decode, fold
from commons_graph.normalise.told import Told
from commons_graph.normalise.web import read_html

FOOTER = re.compile(
    r"voir .{0,40}en ligne|d[ée]sinscri|d[ée]sabonn|unsubscribe|opt.?out|version en ligne|lire en ligne|"
    r"(?:view|read|open) (?:this |it |the )?(?:e-?mail |message |newsletter )?"
    r"(?:online|in (?:your |a )?(?:web )?browser)|"
    r"vous recevez (?:ce|cet|cette)|you(?: are|'re|’re)? receiv(?:e|ed|ing) this|tous droits r[ée]serv|"
    r"all rights reserved|(?:g[ée]rer|modifier|mettre à jour) (?:vos|mes) (?:pr[ée]f[ée]rences|abonnements?)|"
    r"(?:manage|update) (?:your )?(?:subscription )?preferences|mentions l[ée]gales|politique de confidentialit[ée]|"
    r"privacy policy|why did i get this|(?:envoyé|sent) (?:par|with|via|by) (?:brevo|mailchimp|sendinblue|mailjet)|"
    r"si (?:ce|cet) (?:message|e-?mail) ne s.affiche pas",
    re.IGNORECASE,
)
SIGNATURE = re.compile(r"-- ?$")
LONGEST_FOOTER = 400
HEADER = re.compile(rb"^(?:content-[a-z-]{1,40}|subject|date|mime-version):[^\n]*+(?:\n[ \t][^\n]*+)*+", re.I | re.M)
LONGEST_HEADER = 20_000
"""The standard library takes quadratic time on a header."""
MOST_HEADERS = 1000
MOST_PARTS = 200
READ = ("text/html", "text/plain")
BROKEN = (ValueError, LookupError, AttributeError, TypeError, RecursionError, AssertionError)
"""What the standard library raises on some malformed messages."""


def read(capture: Capture) -> Told:
    """Read a message. Raises `CommonsError` when it has no readable part."""
    message = _parsed(capture)
    subject = capture.hints.get("title") or _header(message, "Subject") or "letter"
    part = _readable(message)
    if part is None:
        raise CommonsError(capture.address, "has no readable part", "leave it out")
    told = _body(part, replace(capture, hints={"title": subject}))
    told.kind = "newsletter"
    told.date = _date(message) or told.date
    _leave_out_footers(told.builder)
    return told


def _parsed(capture: Capture) -> EmailMessage:
    for number, header in enumerate(HEADER.finditer(capture.payload)):
        if number >= MOST_HEADERS or len(header[0]) > LONGEST_HEADER:
            raise CommonsError(capture.address, "has headers beyond measure", "leave it out")
    try:
        return message_from_bytes(capture.payload, policy=policy.default)
    except BROKEN as error:
        raise CommonsError(capture.address, "is no message that can be read", "leave it out") from error


def _readable(message: EmailMessage) -> Message | None:
    """Give the first HTML part that is no attachment, else the first of plain text."""
    found: dict[str, Message] = {}
    try:
        for number, part in enumerate(message.walk()):
            if number >= MOST_PARTS:
                break
            if part.get_content_disposition() != "attachment":
                found.setdefault(part.get_content_type(), part)
    except BROKEN:
        pass
    return next((found[kind] for kind in READ if kind in found), None)


def _body(part: Message, capture: Capture) -> Told:
    text = _decoded(part)
    if part.get_content_type() == "text/html":
        return read_html(text, capture)
    told = Told()
    told.builder.add_text("title", capture.hints["title"])
    lines = clean(text).split("\n")
    ends = next((number for number, line in enumerate(lines) if number and SIGNATURE.match(line)), len(lines))
    plain.read_lines(lines[:ends], told.builder)
    return told


def _decoded(part: Message) -> str:
    try:
        payload = part.get_payload(decode=True)
        charset = str(part.get_content_charset() or "")
    except BROKEN:
        return ""
    return decode(payload if isinstance(payload, bytes) else b"", charset)


def _header(message: EmailMessage, name: str) -> str:
    try:
        text = str(message.get(name) or "")
        if "\ufffd" in text:  # bytes that the header does not declare: decode them as a body without a charset
            raw = next(value for key, value in message.raw_items() if key.lower() == name.lower())
            text = decode(str(raw).encode("utf-8", "surrogateescape"))
        return fold(text).strip()
    except BROKEN:
        return ""


def _date(message: EmailMessage) -> str:
    try:
        return parsedate_to_datetime(_header(message, "Date")).date().isoformat()
    except (*BROKEN, OverflowError, IndexError):
        return ""


def _leave_out_footers(builder: Builder) -> None:
    """Leave out the blocks that only serve the mailing itself."""
    builder.keep(lambda text: len(text) > LONGEST_FOOTER or not FOOTER.search(text))
