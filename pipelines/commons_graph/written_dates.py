"""The date that a source writes for a document: in ISO 8601, as letters and feeds have it, or in words.

What belongs here: the one date of a field or header, as stages that take it in agree on it; a day that is in no
calendar is none. What does not: the dates in a text (`extract.dates`).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from email.utils import parsedate_to_datetime

MONTHS = (
    "jan ene",
    "fev feb",
    "mar",
    "avr apr abr",
    "mai may",
    "juin jun",
    "juil jul",
    "aou aug ago",
    "sep set",
    "oct out",
    "nov",
    "dec dic dez",
)
"""How months begin in French, English, Spanish and Portuguese."""
NUMBERS = {name: number for number, names in enumerate(MONTHS, 1) for name in names.split()}
MONTH = rf"(?P<month>{'|'.join(NUMBERS)})[a-z]{{0,7}}\.?"
MONTH_FIRST = MONTH.replace("month", "first")
YEAR = r"(?P<year>(?:19|20)\d\d)"
ISO = re.compile(
    r"((?:19|20)\d\d)(?:-(0?[1-9]|1[0-2])(?:-(\d\d?)(?!\d)|(?!\d|-\d))|(0[1-9]|1[0-2])(\d\d)(?=T|$)|(?!\d|-\d))",
    re.ASCII,
)
WRITTEN = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:er)? (?:de )?{MONTH}(?: de)?|{MONTH_FIRST} (?P<then>\d{{1,2}}),?) {YEAR}\b", re.ASCII
)
WITHIN = re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d(?!\d)", re.ASCII)
NO_YEAR = re.compile(r"[a-z]{3}\.? 0\d{3}\b", re.IGNORECASE)
"""What programs write that were given no date; the standard library takes it for 2001."""
BROKEN = (ValueError, LookupError, AttributeError, TypeError, OverflowError)


def iso(text: str) -> str:
    """Give the ISO 8601 date that a text begins with, as precise as it is, or "".

    >>> iso("2026-11-02T10:15:00Z"), iso("2026-11"), iso("2026-1-2"), iso("20261102")
    ('2026-11-02', '2026-11', '2026-01-02', '2026-11-02')
    >>> iso("2026-02-30"), iso("2026-13"), iso("hier"), iso("2026-11-021"), iso("2026-11-02-05:00")
    ('', '', '', '', '2026-11-02')
    """
    found = ISO.match(text.strip())
    parts = [part.zfill(2) for part in found.groups() if part] if found else []
    return "-".join(parts) if len(parts) < 3 or _made(*map(int, parts)) else ""


def day(text: str) -> str:
    """Give the day that a text names as YYYY-MM-DD, or "" where it names none.

    >>> day("Mon, 2 Nov 2026 10:15:00 +0100"), day("Mon, Nov 2, 2026 at 10:15 AM"), day("mar. 3 févr. 2026 à 10:15")
    ('2026-11-02', '2026-11-02', '2026-02-03')
    >>> day("2026-11-02 10:15"), day("2026-11-32"), day("yesterday"), day("Mon, 01 Jan 0001 00:00:00 GMT")
    ('2026-11-02', '', '', '')
    """
    if NO_YEAR.search(text[:200]):
        return ""
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except BROKEN:
        return _written(text)


def _written(text: str) -> str:
    plain = unicodedata.normalize("NFD", text[:200].lower()).encode("ascii", "ignore").decode()
    if found := WITHIN.search(plain):
        return iso(found[0])
    if not (found := WRITTEN.search(plain)):
        return ""
    month = NUMBERS[found["month"] or found["first"]]
    made = _made(int(found["year"]), month, int(found["day"] or found["then"]))
    return made.isoformat() if made else ""


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
