"""What standard output and error do with characters that the terminal has not, and with what is typed there.

What belongs here: text in terminals that are not UTF-8. What does not: what is printed, and how wide.
Must stay quick to import: every command begins here.
"""

from __future__ import annotations

import codecs
import io
import os
import re
import sys
import unicodedata

PLAIN = "commons-plain"
FRACTION = "\N{FRACTION SLASH}"
INSTEAD = str.maketrans(
    {
        **dict.fromkeys("‘’‚′", "'"),
        **dict.fromkeys("“”„″«»", '"'),
        **dict.fromkeys("‐‑‒–—―─━═╌╍╴╶╸╺", "-"),
        **dict.fromkeys("│┃║▏", "|"),
        **dict.fromkeys("•·●▪", "*"),
        "…": "...",
        "→": "->",
        "←": "<-",
        "œ": "oe",
        "Œ": "OE",
        "æ": "ae",
        "Æ": "AE",
        "ß": "ss",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "€": "EUR",
    }
)
ESCAPED = re.compile("[\udc80-\udcff]")
"""Bytes of the command line that are no text in the terminal's encoding, as Python gives them."""


def prepare() -> None:
    """Have both streams print plain letters for what their encoding lacks, where they would fail."""
    codecs.register_error(PLAIN, plain)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=PLAIN)


def plain(error: UnicodeError) -> tuple[str, int]:
    """Give in ASCII what cannot be encoded: `'` for `’`, `e` for `é`, `?` where nothing is near."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_near, error.object[error.start : error.end])), error.end


def for_programs() -> None:
    """Write UTF-8 from here on, unless somebody looks on: CSV, JSON and Turtle are for programs, which expect that."""
    if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8", errors=sys.stdout.errors)


def typed(text: str) -> str:
    """Give a text from the command line as it was typed, also where the terminal's encoding has not its letters."""
    return os.fsencode(text).decode("utf-8", "replace") if ESCAPED.search(text) else text


def _near(character: str) -> str:
    near = unicodedata.normalize("NFKD", character.translate(INSTEAD))
    if FRACTION in near:
        near = f" {near.replace(FRACTION, '/')}"
    return "".join(each for each in near if each.isascii()) or ("" if unicodedata.combining(character) else "?")
