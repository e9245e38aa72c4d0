"""Finds e-mail addresses and telephone numbers in words, and gives the words without them.

What belongs here: what such an address looks like in a text. What does not: the offsets of a document's blocks
(`normalise.privacy`), web addresses (`personal_addresses`), and names, which are public where the sources publish them.
Dates, ranges of years, ISBNs, DOIs, amounts and the digits of web addresses stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

SIGN = re.compile(
    r"[@%\[({<Aa](?:(?<=@)|(?<=%)(?:25){0,3}40|(?<=[\[({<])(?:\s?(?:@|[aA][tT]|[aA]robase)\s?[\])}>]|[aA][\])])"
    r"|(?<=\sA)T(?=\s)|(?<=\sa)robase(?=\s))"
)
"""What stands for the sign in the middle of an e-mail address."""
LOCAL = re.compile(r"(?:mailto:\s?)?[\w.+%-]{1,64}+\"?\s?$")
DOT = r"(?:\.|\s?[\[(](?:\.|dot|point)[\])]\s?|\s(?:DOT|dot|POINT|point)\s)"
DOMAIN = re.compile(rf"\s?(?:[\w-]{{1,63}}{DOT}){{1,5}}[^\W\d_]{{2,24}}")
DIGITS = re.compile(r"[+(\d][\d .()/-]{6,}+(?:(?:(?<=/)|(?<=/ ))\+[\d .()/-]{6,}+)*+")
PATH = re.compile(r"/[^\W\d]")
JOINT = re.compile(r" ?/ ?")
JOINED = r" ?[+0][\d .()-]{8}|\d{2}(?:[ /]\d{2}){0,3}+(?![\d/])|(?<=[ .-]\d\d/)\d{1,4}(?![\d/])"
"""Behind a slash: another number, or the other end of this one; digits without a space may be the name of a file."""
ENDING = re.compile(
    r"(?:/\d{2}){2,}+(?![\d/-]|\.\d)|/\d{1,4}(?![\d/-]|\.\d)(?: \d\d){0,2}+(?! ?\d)| ?/ ?\d\d(?: \d\d){1,2}+(?! ?\d)"
)
PHONE = re.compile(
    r"(?<![\w/.=+,-])(?:"
    r"(?:\+|00 ?)[1-9]\d{0,2}(?:[ -]\d){8,11}(?![ -]?\d)"
    r"|(?:\+|00 ?)[1-9]\d{0,2}(?:[ .-]?\(0\))?(?:[ .-]?\(?\d{1,4}+\)?){2,6}"
    r"|0[1-9]([ .-]?)\d\d(?:\1\d\d){3}"
    r"|0[1-9]\d{1,3}[ -]\d{3,4}[ -]\d{3,4}"
    r"|(?<!\d )\(\d{2,4}\)[ -]?\d{3,4}[ .-]\d{3,4}"
    r"|(?:1[-. ])?[2-9]\d\d([-.])[2-9]\d\d\2\d{4}"
    r"|(?<!\d[ -])0([ -])[1-9](?:\3\d){8}(?!\3?\d)"
    rf")(?!\w|/(?! |[^\W\d]|{JOINED})|[.,:-]\d)"
)
CALLED = re.compile(
    r"(?:t[ée]l(?:[ée]phone)?s?|(?:tele)?phones?|fax|mobile|portable|whats ?app|cell|tfno)\b[ .:°()-]{0,6}$",
    re.IGNORECASE,
)
DATED = re.compile(
    r"(?:19|20)\d\d(?:[-./](?:19|20)\d\d"
    r"|([-./]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])(?:[ -]\d\d(?:\d\d){0,2})?)"
    r"|(?:0?[1-9]|[12]\d|3[01])([-./])(?:0?[1-9]|1[0-2])\2(?:19|20)\d\d"
)
"""A day, with its hour, or a range of years, which stays also where it stands behind "mobile"."""
CALLING = re.compile(r"(?<![\w.-])(?:wa\.me|t\.me|signal\.me/#p)/$")
"""Behind this stands a number that is called, without a name for it."""
PARAMETER = re.compile(r"(?<![^/?#&=;])([^/?#&=;]*+)=$")
NAMING = re.compile(
    r"(?:(?<![^\W\d_])|(?<=[a-z])(?=[A-Z]))"
    r"(?i:(?:t[ée]l|[a-zé]{0,9}phone|fax|mobile|portable|whats_?app)(?:[_-]?(?:n|no|num|number))?)(?![a-z])"
)
NUMBERED = re.compile(
    r"(?:ISBN|ISSN|DOI|OCLC|EAN|SIRET|SIREN|RNA|IBAN|PMID|arXiv|ORCID)\b[-\d: ]{0,12}$", re.IGNORECASE
)
AMOUNT = re.compile(
    r"\s?(?:[€$£%]|euros?\b|dollars?\b|francs?\b|EUR\b|USD\b|GBP\b|CHF\b|F?CFA\b|millions?\b|people\b|personnes\b"
    r"|(?:in)?habitants\b|tonnes\b|hectares\b|kWh\b)",
    re.IGNORECASE,
)
THREES = re.compile(r"\d{3}(?: \d{3}){1,3}")
BEGINS = re.compile(r"(?<![\w.,:=+(/-])(?<!\d )[1-9]\d{0,2}(?: \d{3}){0,2} \Z")
GOES_ON = re.compile(r" ?\d")
_FIGURE = r"[1-9]\d{0,2}(?:[ .]\d{3})*[ .]000[ .]000"
FIGURES = re.compile(rf"{_FIGURE}(?: ?[/-] ?{_FIGURE})*")
"""How many telephones there are, rather than the number of one: switchboards end in 000, too, but not in 000 000."""
LONGEST_LOCAL = 80
NEAR, LONGEST_PHONE = 4096, 64
SINGLE = re.compile(r"\d(?:[ -]\d)+")
INSTEAD = ("[e-mail]", "[tel]")


class Cut(NamedTuple):
    """A span to replace."""

    start: int
    end: int
    instead: str


def clean(text: str) -> str:
    """Give a short text, such as a category, without e-mail addresses and telephone numbers."""
    return replaced(text, cuts(text))


def cuts(text: str) -> list[Cut]:
    """Give the spans of a text that are such addresses, in order, each with what stands for it."""
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


def is_called(before: str) -> bool:
    """Say whether what stands in a web address before digits names them a telephone number."""
    name = PARAMETER.search(before)
    return bool(CALLING.search(before) or (name and NAMING.search(unquote(name[1]))))


def _phones(text: str, start: int, end: int) -> list[Cut]:
    """Give the telephone numbers among a run of digits and separators."""
    before = text[max(0, start - 64) : start]
    word = before.rpartition(" ")[2].rpartition("\n")[2]
    if NUMBERED.search(before):
        return []
    if "/" in word or "www." in word or "=" in word:
        address, space, _ = text[start:end].partition(" ")
        behind = start + len(address)
        if _is_written_out(text, start, end, word):
            return list(_numbers(text, start, end + 3))
        called = [Cut(start, behind, "[tel]")] if is_called(word) and _is_dialled(address) else []
        return called + (_phones(text, behind + 1, end) if space else [])
    if CALLED.search(before) and _is_dialled(text[start:end]) and not AMOUNT.match(text, end):
        return [Cut(start, end, "[tel]")]
    return list(_numbers(text, max(0, start - 1), end + 3))


def _is_written_out(text: str, start: int, end: int, word: str) -> bool:
    """Say whether a number stands behind a slash as no path has it: in pairs, "Ada/06 39 98 12 34"."""
    number = next(_numbers(text, start, end + 3), None)
    if number is None or number.start > start + (text[start] == "(") or "://" in word or "www." in word:
        return False
    said = text[number.start : number.end]
    return " " in said or not (said.isdecimal() or "." in word)


def _is_dialled(said: str) -> bool:
    """Say whether digits behind a word for a telephone are its number."""
    return 7 <= sum(character.isdigit() for character in said) <= 15 and not (
        DATED.fullmatch(said) or FIGURES.fullmatch(said)
    )


def _numbers(text: str, at: int, end: int) -> Iterator[Cut]:
    """Give the numbers of a window; behind each the search begins anew, as it would in the cleaned text."""
    while match := _next(text, at, end):
        start, at = at + match.start(), at + match.end()
        if (
            _is_phone(match[0])
            and not _is_amount(text, start, at)
            and not (match[0].isdecimal() and PATH.match(text, at))
        ):
            at = ending.end() if (ending := ENDING.match(text, at, end)) else at
            yield Cut(start, at, "[tel]")
            at = joint.end() if (joint := JOINT.match(text, at, end)) else at


def _is_amount(text: str, start: int, end: int) -> bool:
    """Say whether digits count something: what, stands behind them; or they are the rest of a number in threes.

    "1 012 345 678" is one, "012 345 678" alone and "12 012 345 6789" are dialled.
    """
    if AMOUNT.match(text, end):
        return True
    in_threes = THREES.fullmatch(text, start, end) and not GOES_ON.match(text, end)
    return bool(in_threes and BEGINS.search(text[max(0, start - 16) : start]))


def _next(text: str, at: int, end: int) -> re.Match[str] | None:
    """Search what is near first: to copy the whole rest for each of many numbers would take its square in time."""
    near = PHONE.search(text[at : min(at + NEAR, end)])
    if (near and near.end() < NEAR - LONGEST_PHONE) or end - at <= NEAR:
        return near
    return PHONE.search(text[at:end])


def _is_phone(said: str) -> bool:
    digits = [character for character in said if character.isdigit()]
    return 8 <= len(digits) <= 15 and not (SINGLE.fullmatch(said) and _is_a_row(digits[1:]))


def _is_a_row(digits: list[str]) -> bool:
    """Say whether single digits are rather counted or scored than dialled: in order, or few different ones."""
    return len(set(digits)) < 5 or sorted(digits) in (digits, digits[::-1])


def replaced(text: str, spans: list[Cut]) -> str:
    """Give a text with some spans of it replaced."""
    if not spans:
        return text
    parts: list[str] = []
    at = 0
    for cut in spans:
        parts += (text[at : cut.start], cut.instead)
        at = cut.end
    return "".join((*parts, text[at:]))
