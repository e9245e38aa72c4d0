"""Takes e-mail addresses and telephone numbers out of a text, before anything is kept of it.

What belongs here: finding them. What does not: names, which are public where the sources publish them.
"""

from __future__ import annotations

import re

from commons_graph.model import MarkKind

EMAIL = re.compile(
    r"[\w.+-]{1,64}\s?(?:@|\[(?:at|a|@|arobase)\]|\((?:at|a|@|arobase)\)|\s(?:AT|arobase)\s)\s?"
    r"[\w-]{1,63}(?:(?:\s?(?:\.|\[dot\]|\(dot\)|\[point\]|\(point\))\s?)[\w-]{2,63}){1,4}",
    re.IGNORECASE,
)
PHONE = re.compile(
    r"(?<![\w/.=-])(?:\+\d{1,3}[\s.-]?(?:\(0\)\s?)?\d{1,4}(?:[\s.-]?\d{2,4}){2,5}"
    r"|0[1-9](?:[\s.-]?\d{2}){4}|\(\d{3}\)\s?\d{3}[\s.-]\d{4}|00\d{2}[\s.-]?\d(?:[\s.-]?\d{2}){4})(?![\w/-])"
)
QUICK = re.compile(r"@|[\[(]\s?(?:at|a|arobase)\s?[\])]|\sAT\s|arobase|\d\d[\s.-]?\d\d|\(\d{3}\)|\+\d")
Spans = list[tuple[MarkKind, int, int, str]]


def redact(text: str, marks: Spans) -> tuple[str, Spans]:
    """Give the text without e-mail addresses and telephone numbers, and its marks at their new places."""
    if not QUICK.search(text):
        return text, marks
    found = [(match.start(), match.end(), "[e-mail]") for match in EMAIL.finditer(text)]
    found += [(match.start(), match.end(), "[tel]") for match in PHONE.finditer(text)]
    if not found:
        return text, marks
    parts: list[str] = []
    moves: list[tuple[int, int, int, int]] = []
    at = length = 0
    for start, end, instead in sorted(found):
        if start < at:
            continue
        parts += [text[at:start], instead]
        length += start - at
        moves.append((start, end, length, length + len(instead)))
        length += len(instead)
        at = end
    parts.append(text[at:])
    return "".join(parts), [(kind, _moved(a, moves, 0), _moved(b, moves, 1), to) for kind, a, b, to in marks]


def clean(text: str) -> str:
    """Give a short text, such as a title, without e-mail addresses and telephone numbers."""
    return redact(text, [])[0]


def _moved(offset: int, moves: list[tuple[int, int, int, int]], side: int) -> int:
    shift = 0
    for start, end, new_start, new_end in moves:
        if offset >= end:
            shift = new_end - end
        elif offset > start:
            return new_end if side else new_start
        else:
            break
    return offset + shift
