"""The bytes of an XML feed, before a parser gets them: the charset that they are said to be in, and if all are there.

What does not belong here: what the feed says (`entries`).
"""

from __future__ import annotations

import re

from commons_graph import charsets

SERVED = re.compile(r"(charset\s*=\s*[\"']?)([\w-]+)", re.IGNORECASE)
DECLARED = re.compile(rb"(encoding\s*=\s*[\"'])([\w-]+)")
CLOSED = re.compile(rb"</(?:item|entry)\s*>")
HEAD = 200
ENDING = re.compile(rb"</(?:\w+:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
ENDS = 5_000
"""So many bytes may follow a feed's end: some sites say there how long they took."""


def served(media_type: str) -> str:
    """Give a media type as it is, with UTF-8 for a charset that is none."""
    return SERVED.sub(lambda found: found[1] + _charset(found[2]), media_type)


def declared(body: bytes) -> bytes:
    """Give a feed as it is, with UTF-8 for an encoding that is none."""
    return DECLARED.sub(lambda found: found[1] + _charset(found[2].decode()).encode(), body[:HEAD]) + body[HEAD:]


def is_cut_off(body: bytes) -> bool:
    """Say whether the end of the feed's outermost element is not there."""
    return not ENDING.search(body[-ENDS:].replace(b"\0", b""))


def is_last_closed(body: bytes) -> bool:
    """Say whether the entry that begins last is there to its end, where the feed is not."""
    plain = body.replace(b"\0", b"")
    begun = max(plain.rfind(b"<item"), plain.rfind(b"<entry"))
    return begun >= 0 and bool(CLOSED.search(plain, begun))


def _charset(named: str) -> str:
    return named if charsets.known(named) else "utf-8"
