"""Finds dates in French, English and a little Spanish, Portuguese and Catalan: partial, ranges, without their year.

What belongs here: spans of a text that are dates, as ISO 8601. What does not: whose dates they are (`relations`), and
the words, which are in ontology/lexicon/dates.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from commons_graph.extract.date_words import DateWords

BACK, AHEAD = timedelta(days=122), timedelta(days=243)
"""A date without its year lies at most four months before the document's own date, or eight after."""
DIGITS = re.compile(r"\d+")
REACH = 40
"""Characters around a digit in which the rest of its date stands."""
LONGEST = 100
"""Characters of a word: what stands there without a space for longer (data, a script without spaces) is cut."""
UNSURE = 0.2
"""The confidence of a date whose weekday disagrees: it waits for a steward."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in a text: where, its ISO 8601 form ("2025", "2025-01", "2025-01-29/2025-01-30"), and how sure.

    `anchor` is the document's date when that gave the year, else "".
    """

    start: int
    end: int
    iso: str
    anchor: str = ""
    confidence: float = 1.0


def find_dates(text: str, anchor: str, words: DateWords) -> list[Dated]:
    """Give the dates of a text in order, without overlaps. `anchor` is the document's own date, possibly partial."""
    found: list[Dated] = []
    end = 0
    pattern = _pattern(words)
    for left, right in _windows(text):
        for match in pattern.finditer(text, left, right):
            found.extend(dated for dated in _read(match, anchor, words) if dated.start >= end)
            end = match.end()
    return found


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Give the stretches around digits: every date has one, most text has none."""
    left = right = -1
    for digit in DIGITS.finditer(text):
        if digit.start() - REACH > right:
            if right >= 0:
                yield left, right
            near = max(digit.start() - REACH, 0)
            left = max(text.rfind(" ", max(near - LONGEST, 0), near), near - LONGEST, 0)
        right = min(digit.end() + REACH, len(text))
    if right >= 0:
        yield left, right


@cache
def _pattern(words: DateWords) -> re.Pattern[str]:
    """One alternation; every part is bounded, so the time is linear in the text."""
    month = "|".join(sorted(words.months, key=len, reverse=True))
    weekday = "|".join(sorted(words.weekdays, key=len, reverse=True))
    joint = "|".join(re.escape(word) for word in sorted(words.joints, key=len, reverse=True))
    day = r"(?:0?[1-9]|[12]\d|3[01])(?:er|st|nd|rd|th|º|°)?"
    head, head4 = (rf"(?:(?P<{name}>{weekday})\.?,?\s{{1,3}}(?:the\s|le\s)?)?" for name in ("weekday", "weekday4"))
    year = r"(?:1[89]|20)\d\d"
    side = "|".join((*words.past, *words.future))
    looks = "|".join(sorted({word[:3] for word in (*words.months, *words.weekdays, *words.past, *words.future)}))
    parts = [
        r"(?P<iso>(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)(?![\d-])",
        rf"{head}(?P<d1>{day})(?:\s?(?P<join>{joint})\s?(?:le\s|the\s)?(?:(?:{weekday})\s)?(?P<d2>{day}))?"
        rf"\s{{0,2}}(?:of\s|de\s)?(?P<m1>{month})\b\.?(?:\s?(?P<join2>{joint})\s(?:le\s)?(?:(?:{weekday})\s)?"
        rf"(?P<d3>{day})\s(?P<m3>{month})\b\.?)?(?:,?\s{{0,2}}(?:de\s|del\s)?(?P<y1>{year}))?"
        rf"(?:\s(?P<side>{side})\b)?",
        rf"{head4}(?:(?P<side2>{side})\s)?(?P<m4>{month})\b\.?\s(?P<d4>{day})(?:\s?(?P<join4>{joint})\s?"
        rf"(?:(?P<m5>{month})\b\.?\s)?(?P<d5>{day}))?\b(?:,?\s{{1,2}}(?P<y4>{year}))?(?![\d%])",
        rf"(?P<m6>{month})\b\.?,?\s(?:of\s|de\s)?(?P<y6>{year})",
        r"(?P<d7>0?[1-9]|[12]\d|3[01])[/.](?P<m7>0?[1-9]|1[0-2])[/.](?P<y7>(?:19|20)\d\d)(?![\d/])",
        r"(?<![\d/])(?P<d8>0?[1-9]|[12]\d|3[01])/(?P<m8>0[1-9]|1[0-2])(?![\d/])",
        rf"(?P<y9>{year})(?:\s?[-–—/]\s?(?P<y10>{year}))?(?!\d|[/.]\d|\s?[%€$]|-\d)",
    ]
    # what comes first tells most words from dates: without it, each part would be tried at each word
    return re.compile(rf"(?<![\w/.-])(?=\d|{looks})(?:" + "|".join(parts) + r")(?!\w)", re.IGNORECASE)


def _read(match: re.Match[str], anchor: str, words: DateWords) -> Iterator[Dated]:
    group = match.groupdict()
    whole = Dated(match.start(), match.end(), "")
    if group["iso"]:
        yield from _checked(replace(whole, iso=group["iso"]))
    elif group["m1"]:
        yield from _day_first(whole, group, anchor, words)
    elif group["m4"]:
        if group["m4"][0].islower() and not group["y4"]:
            return  # "may 2 people", "mars 3": English months have a capital
        yield from _month_first(whole, group, anchor, words)
    elif group["m6"]:
        yield replace(whole, iso=f"{group['y6']}-{words.month(group['m6']):02d}")
    elif group["m7"]:
        yield from _checked(replace(whole, iso=f"{group['y7']}-{int(group['m7']):02d}-{int(group['d7']):02d}"))
    elif group["m8"]:
        yield from _placed(whole, (int(group["m8"]), int(group["d8"])), group, anchor, words)
    elif group["y10"] and int(group["y10"]) > int(group["y9"]):
        yield replace(whole, iso=f"{group['y9']}/{group['y10']}")
    else:
        yield replace(whole, iso=group["y9"])


def _day_first(whole: Dated, group: dict[str, str | None], anchor: str, words: DateWords) -> Iterator[Dated]:
    first = (words.month(group["m1"]), words.day(group["d1"]))
    if group["d3"]:  # "24 avril et 20 novembre 2025", "du 30 mai au 2 juin 2025"
        last, join = (words.month(group["m3"]), words.day(group["d3"])), group["join2"]
    elif group["d2"]:  # "29 et 30 janvier", "12-14 mars"
        last, join = (words.month(group["m1"]), words.day(group["d2"])), group["join"]
    else:
        yield from _placed(whole, first, {**group, "year": group["y1"]}, anchor, words)
        return
    yield from _two(whole, first, last, join or "", {**group, "year": group["y1"]}, anchor, words)


def _month_first(whole: Dated, group: dict[str, str | None], anchor: str, words: DateWords) -> Iterator[Dated]:
    told = {**group, "year": group["y4"], "side": group["side2"], "weekday": group["weekday4"]}
    first = (words.month(group["m4"]), words.day(group["d4"]))
    if group["d5"]:
        last = (words.month(group["m5"] or group["m4"]), words.day(group["d5"]))
        yield from _two(whole, first, last, group["join4"] or "", told, anchor, words)
    else:
        yield from _placed(whole, first, told, anchor, words)


def _two(
    whole: Dated,
    first: tuple[int, int],
    last: tuple[int, int],
    join: str,
    group: dict[str, str | None],
    anchor: str,
    words: DateWords,
) -> Iterator[Dated]:
    """Give a range, or two dates when a list joins days that do not follow each other."""
    start, *_ = [*_placed(whole, first, group, anchor, words), None]
    end, *_ = [*_placed(whole, last, {**group, "weekday": None}, anchor, words), None]
    if start is None or end is None:
        return
    following = _day(end.iso) - _day(start.iso) == timedelta(days=1)
    if (join.lower() in words.range or following) and end.iso > start.iso:
        yield replace(start, iso=f"{start.iso}/{end.iso}", confidence=min(start.confidence, end.confidence))
        return
    middle = whole.start + 2  # both dates share the span's words; two spans keep their order
    yield replace(start, end=whole.end)
    yield replace(end, start=middle)


def _placed(
    whole: Dated, place: tuple[int, int], group: dict[str, str | None], anchor: str, words: DateWords
) -> Iterator[Dated]:
    """Give the date of a month and a day, finding its year when the text leaves it out."""
    month, day = place
    year = group.get("year")
    weekday = words.weekday(group.get("weekday"))
    if year:
        known = _made(int(year), month, day)
        if known:
            agrees = weekday in (0, known.isoweekday())
            yield replace(whole, iso=known.isoformat(), confidence=1.0 if agrees else UNSURE)
        return
    base = _anchor_day(anchor)
    choices = [made for step in (-1, 0, 1) if base and (made := _made(base.year + step, month, day))]
    if base and choices:
        chosen = _nearest(choices, base, group.get("side") or "", weekday, words)
        agrees = weekday in (0, chosen.isoweekday())
        yield replace(whole, iso=chosen.isoformat(), anchor=anchor, confidence=0.9 if agrees else UNSURE)


def _nearest(choices: list[date], base: date, side: str, weekday: int, words: DateWords) -> date:
    if side.lower() in words.past and (before := [each for each in choices if each <= base]):
        return before[-1]
    if side.lower() in words.future and (after := [each for each in choices if each >= base]):
        return after[0]
    fitting = [each for each in choices if each.isoweekday() == weekday] or choices
    near = [each for each in fitting if base - BACK <= each <= base + AHEAD]
    return near[0] if near else min(fitting, key=lambda each: abs(each - base))


def _checked(dated: Dated) -> Iterator[Dated]:
    parts = [int(part) for part in dated.iso.split("-")]
    if len(parts) < 3 or _made(*parts):
        yield dated


def _anchor_day(anchor: str) -> date | None:
    """Give the day that a document's date stands for: the middle of a month; a year alone only gives the year."""
    parts = [int(part) for part in anchor.split("/")[0].split("-") if part.isdigit()]
    filled = (*parts, 7, 1) if len(parts) == 1 else (*parts, 15) if len(parts) == 2 else tuple(parts)
    return _made(*filled[:3]) if len(filled) >= 3 else None


def _day(iso: str) -> date:
    return date.fromisoformat(iso)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def words_of(ontology: Path) -> DateWords:
    """Give the words of lexicon/dates.yaml of an ontology folder, read once."""
    return DateWords.load(ontology)
