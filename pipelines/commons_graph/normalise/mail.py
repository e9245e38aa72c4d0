"""Letters to blocks: the readable part of a message, without its footer and without its sender's address.

What belongs here: MIME, charsets, footers. What does not: mailboxes and who may write to us.
"""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime

from commons_graph.errors import CommonsError
from commons_graph.model import Block, Capture
from commons_graph.normalise import plain
from commons_graph.normalise.build import Builder
from commons_graph.normalise.documents import Told, decode
from commons_graph.normalise.privacy import clean
from commons_graph.normalise.web import read_html

FOOTER = re.compile(
    r"voir .{0,40}en ligne|d[ée]sinscri|d[ée]sabonn|unsubscribe|version en ligne|lire en ligne|"
    r"(?:view|read) (?:this (?:e-?mail|message|newsletter) )?(?:online|in (?:your )?browser)|"
    r"vous recevez (?:ce|cet|cette)|you (?:are )?receiv(?:e|ing) this|tous droits r[ée]serv|all rights reserved|"
    r"g[ée]rer (?:vos|mes) pr[ée]f[ée]rences|manage (?:your )?preferences|mentions l[ée]gales",
    re.IGNORECASE,
)


def read(capture: Capture) -> Told:
    """Read a message. Raises `CommonsError` when it has no readable part."""
    message = message_from_bytes(capture.payload, policy=policy.default)
    subject = capture.hints.get("title") or clean(_header(message, "Subject")) or "letter"
    told = _body(message, capture, subject)
    told.kind = "newsletter"
    told.date = _date(message) or told.date
    told.builder = _without_footers(told.builder)
    return told


def _body(message: EmailMessage, capture: Capture, subject: str) -> Told:
    part = message.get_body(preferencelist=("html", "plain"))
    if part is None:
        raise CommonsError(capture.address, "has no readable part", "leave it out")
    text = _decoded(part)
    if part.get_content_type() == "text/html":
        return read_html(text, replace(capture, hints={"title": subject}))
    told = Told()
    told.builder.add_text("title", subject)
    plain.read(text, told.builder, title_given=True)
    return told


def _decoded(part: MIMEPart) -> str:
    payload = part.get_payload(decode=True)
    return decode(payload if isinstance(payload, bytes) else b"", str(part.get_content_charset() or ""))


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name) or "").split())
    except (ValueError, LookupError, AttributeError):  # the standard library fails on some malformed headers
        return ""


def _date(message: EmailMessage) -> str:
    try:
        return parsedate_to_datetime(_header(message, "Date")).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return ""


def _without_footers(builder: Builder) -> Builder:
    """Leave out the blocks that only serve the mailing itself."""
    kept = Builder()
    text = builder.text
    for number, block in enumerate(builder.blocks):
        said = text[block.start : block.end]
        if number and len(said) < 400 and FOOTER.search(said):
            continue
        _copy(block, said, builder, kept)
    return kept


def _copy(block: Block, said: str, builder: Builder, kept: Builder) -> None:
    start = kept.length + (1 if kept.parts else 0)
    moved = start - block.start
    kept.parts.append(said)
    kept.length = start + len(said)
    kept.blocks.append(Block(block.kind, start, kept.length, block.level, block.name))
    for mark in builder.marks:
        if block.start <= mark.start and mark.end <= block.end:
            kept.marks.append(type(mark)(mark.kind, mark.start + moved, mark.end + moved, mark.target))
