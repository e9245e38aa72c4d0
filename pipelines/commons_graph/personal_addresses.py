"""Takes e-mail addresses and telephone numbers out of web addresses and file names.

What belongs here: where they stand in an address, also percent-encoded, and what stands for them. What does not: what
they look like (`personal`), and the syntax of links (`normalise.addresses`). What is fetched keeps its own address.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from string import digits
from urllib.parse import quote, unquote

from commons_graph.model import Refusal, content_id
from commons_graph.personal import clean, cuts, is_called, replaced

SITE = re.compile(r"([A-Za-z][\w+.-]*://)(?:[^/?#]*@|[^/?#@:\[]*:(?!\d*(?:[/?#]|$))\S*@)?([^/?#]*)", re.ASCII)
"""What no port can be behind the first colon is a password, though a slash stands in it."""
PIECE = re.compile(r"[^/?#&=;]+")
ADDRESS = re.compile(r"[A-Za-z]{2,10}://\S+")
LONGEST_NAME = 64
DEEPEST = 4
"""What is percent-encoded so many times is read."""
SPACES = str.maketrans("_+", "  ")
LETTERS = str.maketrans(digits, "ghijklmnop")


def masked(address: str) -> str:
    """Give an address without e-mail addresses, telephone numbers and the name of a user; others stay as they are.

    What stands for them is made of a digest of the whole address: the same each time, another for another page, and
    the same person in two addresses is not told by it.

    >>> masked("https://letters.example/ada%40coop.example/3")
    'https://letters.example/e-mail-lndedghccihi/3'
    """
    site = SITE.match(address)
    start = site.end() if site else 0
    number = cache(lambda: content_id(address)[:12].translate(LETTERS))  # once: there may be thousands in an address
    rest = PIECE.sub(lambda found: _piece(found, address, number), address[start:])
    return f"{site[1]}{site[2]}{rest}" if site else rest


def refusal(told: Refusal) -> Refusal:
    """Give a refusal as it may stand in the lake, in a note or in a log."""
    return replace(told, address=masked(told.address), reason=said(told.reason), remedy=said(told.remedy))


def said(words: str) -> str:
    """Give a message with the web addresses in it masked and its other words cleaned, as a log may hold it."""
    return clean(ADDRESS.sub(lambda found: masked(found[0]), words))


def _piece(found: re.Match[str], address: str, number: Callable[[], str]) -> str:
    at = len(address) - len(found.string) + found.start()
    called = "tel " if is_called(address[max(0, at - LONGEST_NAME) : at]) else ""
    words = _decoded(found[0])
    if words.isdecimal() and not called:
        return found[0]  # the number of an article as likely as that of a person
    taken = _without(called + words, number)
    taken = _without(spaced, number) if cuts(spaced := taken.translate(SPACES)) else taken
    return found[0] if taken == called + words else quote(taken.removeprefix(called), safe="@!$'()*+,:~")


def _decoded(text: str) -> str:
    for _ in range(DEEPEST):
        if "%" not in text or (decoded := unquote(text)) == text:
            break
        text = decoded
    return text


def _without(words: str, number: Callable[[], str]) -> str:
    return replaced(words, [cut._replace(instead=f"{cut.instead.strip('[]')}-{number()}") for cut in cuts(words)])
