"""Spans of a document that may name something, from all that hints at a name, pooled by folded name.

What belongs here: hints. What does not: judging them (`features`, `find`). Every loop is bounded by the text's length
times a constant, whatever the text holds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from commons_graph.extract.concepts import Concepts
from commons_graph.extract.names.capitals import capitalised
from commons_graph.extract.names.heads import Heads
from commons_graph.extract.names.phrases import phrases
from commons_graph.extract.names.titles import Titles
from commons_graph.extract.names.words import folded_words, trimmed
from commons_graph.extract.tokens import Tokens, tokens_of
from commons_graph.model import Document

LONGEST = 30
"""Tokens of a name that markup sets apart: titles are long."""
QUOTED = re.compile(r"«\s*([^«»\n]{2,140}?)\s*»|“([^“”\n]{2,140})”|(?<!\w)\"([^\"\n]{2,140})\"(?!\w)")
Span = tuple[int, int]
"""A half-open range of tokens."""
INVERTED = "inverted"
"""Hints at a person whose surname stands first (`inverted`)."""
AFTER_COLON = re.compile(r"^(.{2,80}?)\s*(?::|–|—|\s-\s)")


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


def read(document: Document, concepts: Concepts, titles: Titles, heads: Heads) -> Reading:
    """Find the candidates of a document."""
    tokens = tokens_of(document)
    spots: dict[Span, set[str]] = defaultdict(set)
    pages: dict[Span, str] = {}
    slugs: dict[Span, str] = {}
    for start, end, hint, page in _marked(document):
        if (span := _span(tokens, start, end)) is not None:
            spots[span].add(hint)
            if page:
                pages[span] = page
    for first, last, hint in (*capitalised(tokens), *phrases(tokens, concepts, heads), *titles.find(tokens)):
        spots[first, last].add(hint)
    for first, last, slug in concepts.find(tokens):
        spots[first, last].add("concept")
        slugs[first, last] = slug
    return Reading(document, tokens, _pooled(tokens, spots, pages, slugs))


def name_of(reading: Reading, spot: Spot) -> str:
    """Give a mention's own words; where the surname stands first, as people say it."""
    name = reading.document.text[reading.tokens.starts[spot.first] : reading.tokens.ends[spot.last - 1]]
    return " ".join(reversed(name.split(", ", 1))) if INVERTED in spot.hints else name


def _pooled(
    tokens: Tokens, spots: dict[Span, set[str]], pages: dict[Span, str], slugs: dict[Span, str]
) -> dict[str, Candidate]:
    found: dict[str, Candidate] = {}
    for span in sorted(spots):
        first, last = span
        name = folded_words(tokens, first, last)
        candidate = found.get(name)
        if candidate is None:
            if len(name) < 2 or name.isdigit():
                continue
            candidate = found[name] = Candidate(name)
        candidate.spots.append(Spot(first, last, spots[span]))
    for name, page in _by_name(tokens, pages):
        if name in found:
            found[name].page = page
    for name, slug in _by_name(tokens, slugs):
        if name in found:
            found[name].concept = slug
    return found


def _by_name(tokens: Tokens, told: dict[Span, str]) -> Iterator[tuple[str, str]]:
    """Give what is told of the names that stand at spans, the first of a name's last: it has the last word."""
    return ((folded_words(tokens, *span), told[span]) for span in sorted(told, reverse=True))


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


def _span(tokens: Tokens, start: int, end: int) -> Span | None:
    first, last = trimmed(tokens, *tokens.span(start, end))
    return (first, last) if first < last <= first + LONGEST else None
