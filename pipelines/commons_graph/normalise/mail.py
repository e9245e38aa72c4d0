"""Letters to blocks: the readable part of a message, without its footer and without its sender's address.

What belongs here: MIME, charsets, headers. What does not: mailboxes and who may write to us, what serves the mailing
(`letter_parts`), links that count clicks (`letter_links`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from itertools import islice

from commons_graph import written_dates
from commons_graph.errors import CommonsError
from commons_graph.model import Capture
from commons_graph.normalise import letter_links, letter_parts, plain
from commons_graph.normalise.addresses import clean as clean_address
from commons_graph.normalise.characters import clean, decode, fold
from commons_graph.normalise.told import Told
from commons_graph.normalise.web import read_html

SIGNATURE = re.compile(r"-- ?$")
HEADER = re.compile(rb"^(?:content-[a-z-]{1,40}|subject|date|mime-version):[^\n]*+(?:\n[ \t][^\n]*+)*+", re.I | re.M)
LONGEST_HEADER = 20_000
"""The standard library takes quadratic time on a header."""
MOST_HEADERS = 1000
MOST_PARTS = 200
READ = ("text/html", "text/plain")
BROKEN = (ValueError, LookupError, AttributeError, TypeError, RecursionError, AssertionError, OverflowError)
"""What the standard library raises on some malformed messages."""


def read(capture: Capture) -> Told:
    """Read a message. Raises `CommonsError` when it has no readable part."""
    message = _letter(_parsed(capture))
    subject = letter_parts.subject(capture.hints.get("title") or _header(message, "Subject")) or "letter"
    part = _readable(message)
    if part is None:
        raise CommonsError(capture.address, "has no readable part", "leave it out")
    told = _body(part, replace(capture, hints={"title": subject}))
    told.kind = "newsletter"
    builder = told.builder
    builder.marks[:] = letter_links.unwrapped(builder.marks)
    forwarded = letter_parts.leave_out_forwarder(builder)
    # The day on which somebody passed it on would be wrong, where that on which it was written cannot be read.
    told.date = written_dates.day(forwarded or _header(message, "Date")) or ("" if forwarded else told.date)
    told.address = letter_parts.web_address(builder) or _archived(message)
    letter_parts.leave_out_footers(builder)
    return told


def _letter(message: EmailMessage) -> EmailMessage:
    """Give the one message that another one only forwards, or the message itself."""
    try:
        inner = [part for part in islice(message.walk(), MOST_PARTS) if part.get_content_type() == "message/rfc822"]
        held = inner[0].get_payload() if len(inner) == 1 else None
    except BROKEN:
        return message
    return held[0] if isinstance(held, list) and held and isinstance(held[0], EmailMessage) else message


def _archived(message: EmailMessage) -> str:
    """Give where a mailing list keeps the letter (RFC 5064), or ""."""
    return letter_links.unwrap(clean_address(_header(message, "Archived-At")))


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
    lines = letter_parts.parted(clean(text).split("\n"))
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
