"""From the bytes of a letter to a document: who may have sent it, and an address that stays the same.

What belongs here: the two headers that this takes. What does not: mailboxes (`mail`, `imap`), and what the letter says
(`normalise.mail`). No sender's address gets out of here: a refusal names the letter by a number of its own.
"""

from __future__ import annotations

import hashlib
import re
from email.utils import parseaddr

from commons_graph.capture import addresses
from commons_graph.capture.live.records import Found
from commons_graph.model import Refusal
from commons_graph.source import Source

MEDIA_TYPE = "message/rfc822"
LARGEST = 20_000_000
"""Bytes of a letter, its attachments included."""
LONGEST_HEAD = 100_000
HEADER = rb"(?:^|\n)%b:[ \t]*([^\n]{0,2000}+(?:\n[ \t][^\n]{0,2000}+){0,20})"
SENDER, NUMBER = (re.compile(HEADER % name, re.IGNORECASE) for name in (rb"from", rb"message-id"))


def read(source: Source, payload: bytes) -> Found | Refusal:
    """Give a letter as a document, or why it is not read. Its address is made of a digest of its `Message-ID`."""
    head = payload[:LONGEST_HEAD].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    address = addresses.of_file(source.address, f"{_number(head, payload)}.eml")
    if len(payload) > LARGEST:
        return too_large(address)
    senders = [str(each).strip().casefold() for each in source.options.get("from", ())]
    if senders and not _is_from(head, senders):
        return Refusal(address, "its sender is not among `options.from`", "add the sender there, or leave it be")
    return Found(address, MEDIA_TYPE, payload)


def too_large(address: str) -> Refusal:
    """Refuse a letter for its size."""
    return Refusal(address, f"is larger than {LARGEST // 1_000_000} MB", "leave it out")


def _number(head: bytes, payload: bytes) -> str:
    found = NUMBER.search(head)
    named = found[1].strip() if found else b""
    # Mailboxes differ in the line ends that they give the same letter.
    return hashlib.sha256(named or payload.replace(b"\r\n", b"\n").rstrip(b"\n")).hexdigest()[:24]


def _is_from(head: bytes, senders: list[str]) -> bool:
    """Say whether the sender is one of the addresses, or of the domains ("@list.example") named."""
    found = SENDER.search(head)
    told = " ".join(found[1].decode("utf-8", "replace").split()) if found else ""
    address = parseaddr(told)[1].casefold()
    name, at, domain = address.rpartition("@")
    return bool(name and at) and (address in senders or f"@{domain}" in senders)
