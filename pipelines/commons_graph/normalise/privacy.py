"""Takes e-mail addresses and telephone numbers out of a text, before anything is kept of it.

What belongs here: finding them, and moving the offsets behind them. What does not: names, which are public where the
sources publish them. Dates, ranges of years, ISBNs, DOIs, amounts and the digits of web addresses stay as they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from commons_graph.model import Block, Mark

SIGN = re.compile(
    r"[@%\[({<Aa](?:(?<=@)|(?<=%)40|(?<=[\[({<])(?:\s?(?:@|[aA][tT]|[aA]robase)\s?[\])}>]|[aA][\])])"
    r"|(?<=\sA)T(?=\s)|(?<=\sa)robase(?=\s))"
)
"""What stands for the sign in the middle of an e-mail address."""
LOCAL = re.compile(r"(?:mailto:\s?)?[\w.+%-]{1,64}+\"?\s?$")
DOT = r"(?:\.|\s?[\[(](?:\.|dot|point)[\])]\s?|\s(?:DOT|dot|POINT|point)\s)"
DOMAIN = re.compile(rf"\s?(?:[\w-]{{1,63}}{DOT}){{1,5}}[^\W\d_]{{2,24}}")
DIGITS = re.compile(r"[+(\d][\d .()/-]{6,}+")
PHONE = re.compile(
    r"(?<![\w/.=+,-])(?:"
    r"(?:\+|00 ?)[1-9]\d{0,2}(?:[ .-]?\(0\))?(?:[ .-]?\(?\d{1,4}+\)?){2,6}"
    r"|0[1-9]([ .-]?)\d\d(?:\1\d\d){3}"
    r"|0\d{2,4}[ -]\d{3,4}[ -]\d{3,4}"
    r"|(?<!\d )\(\d{2,4}\)[ -]?\d{3,4}[ .-]\d{3,4}"
    r"|(?:1[-. ])?[2-9]\d\d([-.])[2-9]\d\d\2\d{4}"
    r")(?![\w/]|[.,:-]\d)"
)
CALLED = re.compile(
    r"(?:t[ée]l(?:[ée]phone)?s?|(?:tele)?phones?|fax|mobile|portable|whats ?app|cell|tfno)\b[ .:°()-]{0,6}$",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    r"(?:ISBN|ISSN|DOI|OCLC|EAN|SIRET|SIREN|RNA|IBAN|PMID|arXiv|ORCID)\b[-\d: ]{0,12}$", re.IGNORECASE
)
AMOUNT = re.compile(r"\s?(?:[€$£%]|euros?\b|dollars?\b|EUR\b|USD\b|millions?\b|people\b|personnes\b)", re.IGNORECASE)
LONGEST_LOCAL = 80
INSTEAD = ("[e-mail]", "[tel]")


class Cut(NamedTuple):
    """A span to replace."""

    start: int
    end: int
    instead: str


def clean(text: str) -> str:
    """Give a short text, such as a category, without e-mail addresses and telephone numbers."""
    return _replaced(text, _cuts(text))


def redact(text: str, blocks: list[Block], marks: list[Mark]) -> tuple[str, list[Block], list[Mark]]:
    """Give text, blocks and marks without e-mail addresses and telephone numbers, at their new places.

    A mark over nothing else is dropped, and so is one whose target holds an address of either kind.
    """
    marks = [mark for mark in marks if not mark.target or mark.kind == "web" or clean(mark.target) == mark.target]
    if not (cuts := _cuts(text)):
        return text, blocks, marks
    moved = Moved(cuts)
    text = _replaced(text, cuts)
    blocks = [replace(block, start=moved(block.start), end=moved(block.end, True)) for block in blocks]
    marks = [replace(mark, start=moved(mark.start), end=moved(mark.end, True)) for mark in marks]
    return text, blocks, [mark for mark in marks if text[mark.start : mark.end] not in INSTEAD]


class Moved:
    """Where an offset of the old text lies in the new one."""

    def __init__(self, cuts: list[Cut]) -> None:
        self.cuts = cuts
        self.starts = [cut.start for cut in cuts]
        self.shifts = [0]
        for cut in cuts:
            self.shifts.append(self.shifts[-1] + len(cut.instead) - (cut.end - cut.start))

    def __call__(self, offset: int, ends: bool = False) -> int:
        """Give the new offset; one inside a cut goes to the cut's start, or to its end where a span `ends`."""
        number = bisect_right(self.starts, offset)
        if number and offset < (cut := self.cuts[number - 1]).end and (offset > cut.start or not ends):
            return cut.start + self.shifts[number - 1] + (len(cut.instead) if ends else 0)
        if number and ends and offset == self.cuts[number - 1].start:
            number -= 1
        return offset + self.shifts[number]


def _cuts(text: str) -> list[Cut]:
    emails = _emails(text) if SIGN.search(text) else []
    phones = [
        cut
        for match in DIGITS.finditer(text)
        for cut in _phones(text, match.start(), len(match[0].rstrip(" .()/-")) + match.start())
    ]
    if not emails or not phones:
        return emails or phones
    ends: list[Cut] = []
    for cut in sorted(emails + phones):
        if not ends or cut.start >= ends[-1].end:
            ends.append(cut)
    return ends


def _emails(text: str) -> list[Cut]:
    found: list[Cut] = []
    at = 0
    for sign in SIGN.finditer(text):
        if sign.start() < at or not (domain := DOMAIN.match(text, sign.end())):
            continue
        before = max(at, sign.start() - LONGEST_LOCAL)
        if local := LOCAL.search(text[before : sign.start()]):
            at = domain.end()
            found.append(Cut(before + local.start(), at, "[e-mail]"))
    return found


def _phones(text: str, start: int, end: int) -> list[Cut]:
    """Give the telephone numbers among a run of digits and separators."""
    before = text[max(0, start - 24) : start]
    word = before.rpartition(" ")[2].rpartition("\n")[2]
    if NUMBERED.search(before) or "/" in word or "www." in word or "=" in word:
        return []
    digits = sum(character.isdigit() for character in text[start:end])
    if CALLED.search(before) and 7 <= digits <= 15:
        return [Cut(start, end, "[tel]")]
    return list(_numbers(text, max(0, start - 1), end + 3))


def _numbers(text: str, at: int, end: int) -> Iterator[Cut]:
    """Give the numbers of a window; behind each the search begins anew, as it would in the cleaned text."""
    while match := PHONE.search(text[at:end]):
        if _is_phone(match[0]) and not AMOUNT.match(text, at + match.end()):
            yield Cut(at + match.start(), at + match.end(), "[tel]")
        at += match.end()


def _is_phone(said: str) -> bool:
    return 8 <= sum(character.isdigit() for character in said) <= 15


def _replaced(text: str, cuts: list[Cut]) -> str:
    if not cuts:
        return text
    parts: list[str] = []
    at = 0
    for cut in cuts:
        parts += (text[at : cut.start], cut.instead)
        at = cut.end
    return "".join((*parts, text[at:]))
