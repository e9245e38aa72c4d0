"""Dates of a document: those of its words, settled by what a page tells machines beside them (`<time datetime>`).

A mark gives the year that words leave out, and the date of words that are none ("tomorrow"). Where both give a whole
date and disagree, the words count and wait for a steward: marks are often an editor's, not the text's. What does not
belong here: reading words (`dates`), and microdata (`structured`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from commons_graph.extract.date_words import DateWords
from commons_graph.extract.dates import UNSURE, Dated, find_dates
from commons_graph.model import Document

DAY = len("2025-01-29")
TOLD = re.compile(r"((?:1[89]|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)(?:(?<=-\d\d-\d\d)([T ]).*)?")


@dataclass(frozen=True, slots=True)
class Marked:
    """Words that a page marked with a date; `timed` where it gave a time of day too, which may be of another zone."""

    start: int
    end: int
    iso: str
    timed: bool


def dates_of(document: Document, words: DateWords) -> list[Dated]:
    """Give the dates of a document's text, in order."""
    found = find_dates(document.text, document.date, words)
    marks = list(_marks(document))
    if not marks:
        return found
    settled = [_settled(dated, _over(marks, dated)) for dated in found]
    starts, ends = [each.start for each in found], [each.end for each in found]
    alone = [
        Dated(mark.start, mark.end, mark.iso)
        for mark in marks
        if bisect_right(ends, mark.start) >= bisect_left(starts, mark.end)
    ]
    return sorted([*settled, *alone], key=lambda each: each.start)


def _marks(document: Document) -> Iterator[Marked]:
    """Give the marks that hold a date, none inside another; times of day, weeks and durations are none."""
    end = 0
    for mark in document.marks:
        if mark.kind == "time" and mark.start >= end and (told := TOLD.fullmatch(mark.target)) and _is_day(told[1]):
            end = mark.end
            yield Marked(mark.start, mark.end, told[1], bool(told[2]))


def _over(marks: Sequence[Marked], dated: Dated) -> Sequence[Marked]:
    """Give the marks that share words with a date."""
    first = bisect_right(marks, dated.start, key=lambda mark: mark.end)
    return marks[first : bisect_left(marks, dated.end, key=lambda mark: mark.start)]


def _settled(dated: Dated, marks: Sequence[Marked]) -> Dated:
    if not marks:
        return dated
    for mark in marks:
        if mark.iso.startswith(dated.iso) or dated.iso.startswith(mark.iso):
            return replace(dated, iso=max(dated.iso, mark.iso, key=len), anchor="", confidence=1.0)
    if dated.anchor:
        for mark in marks:
            if dated.iso[4:DAY] == mark.iso[4:DAY] and (moved := _moved(dated.iso, mark.iso)):
                return replace(dated, iso=moved, anchor="", confidence=1.0)
    near = any(mark.timed and _days_between(dated.iso, mark.iso) == 1 for mark in marks)
    return dated if near else replace(dated, confidence=min(dated.confidence, UNSURE))


def _moved(iso: str, told: str) -> str:
    """Give a date, or a range, in the year that a mark tells of its beginning; "" where there is no such day."""
    years = int(told[:4]) - int(iso[:4])
    parts = [f"{int(part[:4]) + years}{part[4:]}" for part in iso.split("/")]
    return "/".join(parts) if all(map(_is_day, parts)) else ""


def _days_between(iso: str, told: str) -> int:
    if len(iso) != DAY or len(told) != DAY:
        return -1
    return abs((date.fromisoformat(iso) - date.fromisoformat(told)).days)


def _is_day(iso: str) -> bool:
    """Say whether a date of digits is one: a year, a month, or a day that the month has."""
    try:
        return len(iso) < DAY or bool(date.fromisoformat(iso))
    except ValueError:
        return False
