"""Names that words introduce: what follows "groupe de travail" is one, with or without capitals.

What belongs here: finding such names. What does not: the words (ontology/lexicon/introductions.yaml).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from commons_graph import ontology_file
from commons_graph.extract.names.candidates import Reading
from commons_graph.extract.names.capitals import NAMING
from commons_graph.extract.names.words import ADJECTIVE, JOINING, SIGNS, trimmed
from commons_graph.extract.per_word import PerWord
from commons_graph.extract.tokens import Tokens, tokenise
from commons_graph.extract.vocabulary import LOWER
from commons_graph.model import CLASSES, Block, EntityClass

FILE = "lexicon/introductions.yaml"
SHORT = 90
LONGEST = 12
OPENING = frozenset(("«", "“", '"', ":", "-", "–"))
LEADING = frozenset(("sur", "autour", "de", "du", "des", "d'", "on", "for", "about", "pour", "la", "le", "les", "l'"))
SENTENCE = (".", "!", "?", "…")
QUOTES = frozenset(("«", "“"))
ENDING = frozenset(("»", "”", ",", ":", ";", ".", "(", "–", "?", "!"))


@dataclass(frozen=True, slots=True)
class Introduction:
    """Words that introduce a name of a class and kind; `plural` ones stand above several names."""

    words: tuple[str, ...]
    cls: EntityClass
    kind: str
    plural: bool


@dataclass(frozen=True, slots=True, eq=False)
class Introductions:
    """Introductions by their first word, longer ones first."""

    words: dict[str, tuple[Introduction, ...]]
    begins: PerWord = field(init=False, repr=False)
    """Whether a word begins any."""

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "begins", PerWord(lambda words, rows: [word in self.words for word in words.folded[rows]])
        )


@dataclass(frozen=True, slots=True)
class Introduced:
    """A name that was introduced: its tokens as a half-open range, its class and kind."""

    first: int
    last: int
    cls: EntityClass
    kind: str


def load(ontology: Path) -> Introductions:
    """Read the words of an ontology folder, longer phrases first. Raises `CommonsError` for a wrong line."""
    told: dict[str, dict[str, Any]] = ontology_file.load(ontology, FILE)
    found = [
        Introduction(tuple(tokenise(phrase, ()).folded), _class(says["class"]), kind, plural)
        for kind, says in told.items()
        for plural, name in ((False, "singular"), (True, "plural"))
        for phrase in says[name]
    ]
    by_first: dict[str, tuple[Introduction, ...]] = {}
    for each in sorted(found, key=lambda each: (-len(each.words), each.words)):
        by_first[each.words[0]] = (*by_first.get(each.words[0], ()), each)
    return Introductions(by_first)


def introduced(reading: Reading, introductions: Introductions) -> list[Introduced]:
    """Give the names that words introduce: in headings and short lines to their end, in prose while capitals last."""
    folded = reading.tokens.folded
    begins = introductions.begins.places(reading.tokens)
    if not begins:
        return []
    found = list(_below_plurals(reading, introductions))
    for block in reading.document.blocks:
        first, last = reading.tokens.span(block.start, block.end)
        for position in begins[bisect_left(begins, first) : bisect_left(begins, last)]:
            introduction = _at(folded, position, last, introductions)
            if introduction and not introduction.plural:
                start = position + len(introduction.words)
                opens = position == first or (start < last and reading.tokens.shapes[start] != LOWER)
                whole = _is_line(reading, block) and position - first < 4 and opens
                span = _to_end(reading, start, last) if whole else _capitals(reading, start, last)
                if span:
                    found.append(Introduced(*span, introduction.cls, introduction.kind))
    return found


def _at(folded: list[str], position: int, last: int, known: Introductions) -> Introduction | None:
    for introduction in known.words.get(folded[position], ()):
        end = position + len(introduction.words)
        if end <= last and tuple(folded[position:end]) == introduction.words:
            return introduction
    return None


def _is_line(reading: Reading, block: Block) -> bool:
    """Say whether a block is a heading or a short line, and no sentence."""
    if block.kind in ("heading", "title"):
        return True
    short = block.kind != "quote" and block.end - block.start <= SHORT
    return short and not reading.document.text.endswith(SENTENCE, block.start, block.end)


def _to_end(reading: Reading, start: int, last: int) -> tuple[int, int] | None:
    """Give the rest of a line, up to a sign that ends a name."""
    words, folded = reading.tokens.words, reading.tokens.folded
    while start < last and (words[start] in OPENING or folded[start] in LEADING):
        start += 1
    end = start
    while end < last and words[end] not in ENDING and (end == start or words[end] not in QUOTES):
        end += 1
    while end > start + 1 and folded[end - 1] in JOINING:
        end -= 1
    return _fitting(reading.tokens, start, end)


def _capitals(reading: Reading, start: int, last: int) -> tuple[int, int] | None:
    """Give the capitalised or quoted name right behind: "Communs et comptabilité", « communs et soin »."""
    tokens = reading.tokens
    while start < last and (tokens.folded[start] in LEADING or tokens.words[start] in OPENING):
        if tokens.words[start] in QUOTES:
            return _to_end(reading, start, last)
        start += 1
    end = start
    while end < last and tokens.shapes[end] in NAMING:
        end += 1
        joined = end + 1 < last and tokens.folded[end] in JOINING
        if joined and (tokens.shapes[end + 1] in NAMING or tokens.folded[end] in ("et", "and")):
            if tokens.shapes[end + 1] == LOWER:
                return _fitting(tokens, start, end + 2)
            end += 1
    while start < end < last and tokens.shapes[end] == LOWER and ADJECTIVE.search(tokens.folded[end]):
        end += 1  # "Communs numériques"
    return _fitting(tokens, start, end)


def _fitting(tokens: Tokens, start: int, end: int) -> tuple[int, int] | None:
    first, last = trimmed(tokens, start, end)
    return (first, last) if 0 < last - first <= LONGEST else None


def _below_plurals(reading: Reading, known: Introductions) -> Iterator[Introduced]:
    """Below a line such as "Nos groupes de travail", give what leads each deeper heading or, without those, item."""
    blocks = reading.document.blocks
    for number, block in enumerate(blocks):
        first, last = reading.tokens.span(block.start, block.end)
        heading = block.kind == "heading" or (block.kind == "paragraph" and block.end - block.start <= SHORT)
        if not heading or last - first > 9:
            continue
        found = [_at(reading.tokens.folded, position, last, known) for position in range(first, last)]
        introduction = next((each for each in found if each and each.plural), None)
        if introduction:
            below = list(_section(blocks, number))
            deeper = [each for each in below if each.kind == "heading"]
            for each in deeper or [item for item in below if item.kind == "item"]:
                span = _lead(reading, each, known)
                if span:
                    yield Introduced(*span, introduction.cls, introduction.kind)


def _section(blocks: tuple[Block, ...], number: int) -> Iterator[Block]:
    level = blocks[number].level or 7
    for block in blocks[number + 1 : number + 40]:
        if block.kind == "heading" and block.level <= level:
            return
        yield block


def _lead(reading: Reading, block: Block, known: Introductions) -> tuple[int, int] | None:
    first, last = reading.tokens.span(block.start, block.end)
    if any(_at(reading.tokens.folded, position, last, known) for position in range(first, min(first + 4, last))):
        return None  # it has an introduction of its own
    end = next((at for at in range(first, last) if reading.tokens.words[at] in (":", "–", "(", ".")), last)
    span = _fitting(reading.tokens, first, end)
    if span is None or reading.tokens.words[span[0]] in SIGNS:
        return None
    prose = block.kind != "heading" and reading.tokens.shapes[span[0]] == LOWER
    return None if prose else span


def _class(name: str) -> EntityClass:
    return next(cls for cls in CLASSES if cls == name)
