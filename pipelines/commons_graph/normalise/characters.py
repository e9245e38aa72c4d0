"""Cleans characters: bytes to text, spaces of all kinds to the one, format and control characters to nothing, NFC.

What belongs here: what is true of any text. What does not: markup, and people's addresses (`privacy`).
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from commons_graph import charsets

ODD = re.compile("[^\n -~\xa1-\xac\xae-\u0300\u2010-\u2027]")
"""Finds quickly that nothing needs cleaning, which is so for most texts."""
LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
SPACES = re.compile("[\t\x0b\x0c\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
HIGHEST = 30
"""Accents on one letter, as the Unicode standard bounds them (UAX 15-D3); to order more takes their square in time."""
HEAP = re.compile(rf"[^\w\s\x00-\x7f]{{{HIGHEST + 1},}}")
DOUBLE = re.compile("  +")
ANY_SPACE = re.compile(r"\s+")
CONTROLS = bytes([*range(0x01, 0x09), 0x0B, *range(0x10, 0x1B), *range(0x1C, 0x20), 0x7F])
"""Bytes that no charset uses, UTF-16 and UTF-32 aside; those that charsets switch with (ISO 2022) are not here."""
LOOKED_AT, FEW, A_FEW = 100_000, 0.02, 8
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode(payload: bytes, named: str = "") -> str:
    """Decode bytes: a byte order mark, the named charset, UTF-8, and last cp1252, which takes anything.

    UTF-8 comes first where a Western charset is named: those names are often wrong, and UTF-8 never fits by chance.
    """
    marked = next((charset for mark, charset in MARKS if payload.startswith(mark)), "")
    known = charsets.known(named)
    for charset in (marked, "utf-8", known) if known == "cp1252" else (marked, known, "utf-8"):
        try:
            if charset:
                return payload.decode(charset)
        except (UnicodeError, LookupError):
            continue
    return payload.decode("cp1252", "replace")


def is_text(payload: bytes, named: str = "") -> bool:
    """Say whether bytes can be text: a picture that is served as a page, or noise, is full of control characters."""
    if payload.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or re.search("utf-?(?:16|32)", named, re.I):
        return True
    sample = payload[:LOOKED_AT]
    return len(sample) - len(sample.translate(None, CONTROLS)) <= max(FEW * len(sample), A_FEW)


def clean(text: str) -> str:
    """Give the text in NFC with plain spaces, never two in a row, and line ends; nothing invisible is left."""
    if ODD.search(text):
        text = INVISIBLE.sub("", LINE_ENDS.sub("\n", text))
        text = SPACES.sub(" ", unicodedata.normalize("NFC", HEAP.sub(_lowered, text)))
    return DOUBLE.sub(" ", text) if "  " in text else text


def _lowered(heap: re.Match[str]) -> str:
    kept: list[str] = []
    height = 0
    for character in heap[0]:
        height = height + 1 if unicodedata.combining(character) else 0
        if height <= HIGHEST:
            kept.append(character)
    return "".join(kept)


def fold(text: str) -> str:
    """Give clean text on one line; a space at its edges stays, since it parts words of neighbouring tags."""
    return ANY_SPACE.sub(" ", clean(text))
