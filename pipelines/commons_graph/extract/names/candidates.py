"""Spans of a document that may name something, from all that hints at a name, pooled by folded name.

What belongs here: hints. What does not: judging them (`features`, `find`). Every loop is bounded by the text's length
times a constant, whatever the text holds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from commons_graph.extract.concepts import Concepts, stem
from commons_graph.extract.gazetteer import Gazetteer, word_hash
from commons_graph.extract.names.words import JOINING, OPENING, folded_name, plain, trimmed
from commons_graph.extract.tokens import CAPITAL, LOWER, MIXED, NUMBER, UPPER, Tokens, tokens_of
from commons_graph.model import Document

LONGEST = 14
GRAMS = 5
PARTS = 5
QUOTED = re.compile(r"«\s*([^«»\n]{2,140}?)\s*»|“([^“”\n]{2,140})”|(?<!\w)\"([^\"\n]{2,140})\"(?!\w)")
AFTER_COLON = re.compile(r"^(.{2,80}?)\s*(?::|–|—|\s-\s)")
NAMING = frozenset((CAPITAL, UPPER, MIXED))


@dataclass(slots=True)
class Spot:
    """One mention: tokens as a half-open range, and what hinted at it."""

    first: int
    last: int
    hints: set[str]


@dataclass(slots=True)
class Candidate:
    """All mentions of one folded name. `concept` is a slug of our scheme, `page` a linked wiki page, or ""."""

    name: str
    spots: list[Spot] = field(default_factory=list)
    concept: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as tokens, with its candidates by folded name."""

    document: Document
    tokens: Tokens
    candidates: dict[str, Candidate]


def read(document: Document, concepts: Concepts, gazetteer: Gazetteer) -> Reading:
    """Find the candidates of a document."""
    tokens = tokens_of(document)
    spots: dict[tuple[int, int], set[str]] = defaultdict(set)
    pages: dict[tuple[int, int], str] = {}
    slugs: dict[tuple[int, int], str] = {}
    for start, end, hint, page in _marked(document):
        if (span := _span(tokens, start, end)) is not None:
            spots[span].add(hint)
            if page:
                pages[span] = page
    for first, last, hint in _capitalised(tokens):
        spots[first, last].add(hint)
    stems = [stem(word) for word in tokens.words]
    for first, last, slug in concepts.find(tokens.words, stems):
        spots[first, last].add("concept")
        slugs[first, last] = slug
    for first, last, cls in _known(tokens, gazetteer):
        spots[first, last].add(f"known {cls}")
    return Reading(document, tokens, _pooled(tokens, spots, pages, slugs))


def name_of(reading: Reading, spot: Spot) -> str:
    """Give a mention's own words."""
    return reading.document.text[reading.tokens.starts[spot.first] : reading.tokens.ends[spot.last - 1]]


def _pooled(
    tokens: Tokens,
    spots: dict[tuple[int, int], set[str]],
    pages: dict[tuple[int, int], str],
    slugs: dict[tuple[int, int], str],
) -> dict[str, Candidate]:
    found: dict[str, Candidate] = {}
    for (first, last), hints in sorted(spots.items()):
        name = folded_name(" ".join(tokens.words[first:last]))
        if len(name) > 1 and not name.isdigit():
            candidate = found.setdefault(name, Candidate(name))
            candidate.spots.append(Spot(first, last, hints))
            candidate.page = candidate.page or pages.get((first, last), "")
            candidate.concept = candidate.concept or slugs.get((first, last), "")
    return found


def _marked(document: Document) -> Iterator[tuple[int, int, str, str]]:
    """Give spans that markup or signs set apart: title, links, emphasis, quotes, headings, what leads an item."""
    text = document.text
    for block in document.blocks:
        if block.kind in ("title", "heading", "field", "cell") and block.end - block.start < 160:
            yield block.start, block.end, f"whole {block.kind} {block.name.lower()[:12]}", ""
        if block.kind in ("item", "cell", "heading", "title", "paragraph"):
            if block.end - block.start < 80:
                yield block.start, block.end, f"whole {block.kind}", ""
            if lead := AFTER_COLON.match(text[block.start : block.start + 90]):
                yield block.start, block.start + lead.end(1), f"leads {block.kind}", ""
                if block.kind in ("title", "heading"):
                    yield block.start + lead.end(), block.end, "behind colon", ""
    for mark in document.marks:
        if mark.end - mark.start < 160 and not text.startswith("http", mark.start):
            page = mark.target if mark.kind == "wiki" else ""
            yield mark.start, mark.end, mark.kind, page
    for quoted in QUOTED.finditer(text):
        number = quoted.lastindex or 1
        yield quoted.start(number), quoted.end(number), "quoted", ""


def _span(tokens: Tokens, start: int, end: int) -> tuple[int, int] | None:
    first, last = trimmed(tokens.words, *tokens.span(start, end))
    return (first, last) if first < last <= first + LONGEST else None


def _capitalised(tokens: Tokens) -> Iterator[tuple[int, int, str]]:
    """Give runs of capitalised words with small joining words inside ("capital"), and what else they may hold."""
    position = 0
    while position < len(tokens):
        if tokens.shapes[position] not in NAMING or len(tokens.words[position]) < 2:
            position += 1
            continue
        end, ends = position + 1, [position + 1]
        while end < len(tokens) and end - position < LONGEST and not tokens.initial[end]:
            shape, word = tokens.shapes[end], tokens.folded[end]
            if shape in NAMING or (shape == NUMBER and end == ends[-1]):
                ends.append(end + 1)
            elif not (word in JOINING and (shape == LOWER or word in ("&", "-"))) or end - ends[-1] >= 2:
                break
            end += 1
        yield from _variants(tokens, position, ends)
        position = ends[-1]


def _variants(tokens: Tokens, first: int, ends: list[int]) -> Iterator[tuple[int, int, str]]:
    """Give the run, every run of its parts between joints, and it with the small words that often belong to it."""
    last = ends[-1]
    if tokens.initial[first] and last - first > 1 and _opens(tokens.folded[first]):
        yield first, last, "opened"
        first += 1
        while first < last - 1 and tokens.shapes[first] not in NAMING:
            first += 1
    yield first, last, "capital"
    starts, stops = [first], []
    for position in range(first, last):
        if tokens.folded[position] in JOINING and tokens.shapes[position] not in NAMING:
            if position > starts[-1]:
                stops.append(position)
                starts.append(position + 1)
            else:
                starts[-1] = position + 1
    stops.append(last)
    for at, start in enumerate(starts[:PARTS]):
        for stop in stops[at : at + PARTS]:
            if stop - start < last - first:
                yield start, stop, "part"
    if tokens.initial[first] and last - first > 1 and tokens.shapes[first + 1] in NAMING:
        yield first + 1, last, "part"  # "Yesterday Framasoft said": the sentence's first word may be no name
    if last - first > 2 and tokens.shapes[last - 2] in NAMING:
        yield first, last - 1, "part"  # "Jérôme Eneau Professeur"
    for start, stop in _extended(tokens, first, last, starts[-1]):
        yield start, stop, "extended"


def _opens(folded: str) -> bool:
    """Say whether a sentence's first word has its capital from its place alone: small words, French imperatives."""
    return folded in OPENING or (folded.endswith("ez") and len(folded) > 5)


def _extended(tokens: Tokens, first: int, last: int, tail: int) -> Iterator[tuple[int, int]]:
    """Give the run with a small word behind ("Commission européenne") and small words before ("association X")."""
    if last < len(tokens) and _small(tokens, last):
        yield tail, last + 1
        if tail != first:
            yield first, last + 1
        if last + 1 < len(tokens) and _small(tokens, last + 1):
            yield first, last + 2
    for back in (1, 2, 3):
        if first - back >= 0 and _small(tokens, first - back) and not tokens.initial[first - back + 1]:
            yield first - back, last
        elif first - back < 0 or tokens.folded[first - back] not in JOINING:
            break


def _small(tokens: Tokens, position: int) -> bool:
    return (
        tokens.shapes[position] == LOWER
        and len(tokens.words[position]) > 3
        and tokens.folded[position] not in JOINING
        and not tokens.initial[position]
    )


def _known(tokens: Tokens, gazetteer: Gazetteer) -> Iterator[tuple[int, int, str]]:
    """Give runs of words that are a title or a common link text: capitalised ones, or two small words and more."""
    words = [plain(word) for word in tokens.words]
    for first, word in enumerate(words):
        if not word or word_hash(word.split()[0]) not in gazetteer.firsts or tokens.folded[first] in JOINING:
            continue
        least = first + (1 if tokens.shapes[first] in NAMING else 2)
        name = word
        for last in range(first + 1, min(first + GRAMS, len(words)) + 1):
            if last > first + 1:
                if not words[last - 1]:
                    if tokens.words[last - 1] not in ("-", "&", "'"):
                        break
                    continue
                name = f"{name} {words[last - 1]}"
            if last >= least and tokens.folded[last - 1] not in JOINING:
                found = gazetteer.find(name)
                if found:
                    yield first, last, f"{found[0]} {min(found[1], 4)}"
