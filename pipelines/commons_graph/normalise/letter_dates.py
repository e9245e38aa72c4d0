"""The day that a letter's header names: in the standard's form, or as mail programs write it above what they pass on.

What belongs here: whole dates with a year. What does not: dates in a letter's text.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from email.utils import parsedate_to_datetime

MONTHS = ("jan", "fev feb", "mar", "avr apr", "mai may", "juin jun", "juil jul", "aou aug", "sep", "oct", "nov", "dec")
NUMBERS = {name: number for number, names in enumerate(MONTHS, 1) for name in names.split()}
MONTH = rf"(?P<month>{'|'.join(NUMBERS)})[a-z]{{0,7}}\.?"
MONTH_FIRST = MONTH.replace("month", "first")
YEAR = r"(?P<year>(?:19|20)\d\d)"
ISO = re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d\b", re.ASCII)
WRITTEN = re.compile(rf"\b(?:(?P<day>\d{{1,2}})(?:er)? {MONTH}|{MONTH_FIRST} (?P<then>\d{{1,2}}),?) {YEAR}\b", re.ASCII)
BROKEN = (ValueError, LookupError, AttributeError, TypeError, OverflowError)


def day(text: str) -> str:
    """Give the day as YYYY-MM-DD, or "" where none is named.

    >>> day("Mon, 2 Nov 2026 10:15:00 +0100"), day("Mon, Nov 2, 2026 at 10:15 AM"), day("mar. 3 févr. 2026 à 10:15")
    ('2026-11-02', '2026-11-02', '2026-02-03')
    >>> day("2026-11-02 10:15"), day("2026-11-32"), day("yesterday")
    ('2026-11-02', '', '')
    """
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except BROKEN:
        return _written(text)


def _written(text: str) -> str:
    plain = unicodedata.normalize("NFD", text[:200].lower()).encode("ascii", "ignore").decode()
    try:
        if iso := ISO.search(plain):
            return date.fromisoformat(iso[0]).isoformat()
        if not (found := WRITTEN.search(plain)):
            return ""
        month = NUMBERS[found["month"] or found["first"]]
        return date(int(found["year"]), month, int(found["day"] or found["then"])).isoformat()
    except ValueError:
        return ""
