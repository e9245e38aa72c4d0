"""Where each entity, address and date of a document stands: block, sentence, token, heading.

What belongs here: places. What does not: which pairs are looked at (`candidates`) and how they look (`features`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

import numpy as np

from commons_graph.extract.dates import Dated
from commons_graph.extract.records import LocalEntity
from commons_graph.extract.relation.cues import Cues, Found
from commons_graph.extract.segments import Ints
from commons_graph.extract.tokens import Tokens
from commons_graph.extract.word_kinds import WordKinds
from commons_graph.model import Block, Document

MOST_MENTIONS = 40
"""Of one entity; the later ones of a page that repeats a name say nothing new."""
SENTENCE_END = ".!?…"


@dataclass(frozen=True, slots=True)
class Place:
    """One mention: offsets, its block and sentence by number, its tokens as a half-open range, and whose it is."""

    start: int
    end: int
    block: int
    sentence: int
    first: int
    last: int
    item: int


@dataclass(frozen=True, slots=True)
class Item:
    """Something that a relation can join: an entity, an address ("iri") or a date ("date")."""

    number: int
    cls: str
    key: str
    places: tuple[Place, ...]
    entity: LocalEntity | None = None
    date: Dated | None = None
    is_subject: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A document cut up, with its items.

    `headings` gives for each block the number of its nearest heading, or -1; `bounds` for each sentence its tokens as a
    half-open range, a row each; `cues` the words that announce relations; `kinds` for each token the kind of its word;
    `places` all mentions in text order.
    """

    document: Document
    tokens: Tokens
    sentences: list[int]
    bounds: Ints
    headings: list[int]
    cues: Found
    kinds: Ints
    items: list[Item] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    @property
    def blocks(self) -> Sequence[Block]:
        """The document's blocks."""
        return self.document.blocks


def lay_out(
    document: Document,
    tokens: Tokens,
    subject: LocalEntity,
    entities: Sequence[LocalEntity],
    dates: Iterable[Dated],
    cues: Cues,
    kinds: WordKinds,
) -> Layout:
    """Place the entities, the addresses (web links) and the dates of a document."""
    starts = [block.start for block in document.blocks]
    sentences, bounds = _sentences(tokens, starts)
    headings, found = list(_nearest(document.blocks)), cues.find(tokens)
    layout = Layout(document, tokens, sentences, bounds, headings, found, kinds.of(tokens))
    for entity in entities:
        spans = [(mention.start, mention.end) for mention in entity.mentions[:MOST_MENTIONS]]
        own = entity.key == subject.key
        _add(layout, starts, entity.cls, entity.key, spans, entity=entity, is_subject=own)
    for target, spans in _addresses(document).items():
        _add(layout, starts, "iri", target, spans)
    for dated in dates:
        _add(layout, starts, "date", dated.iso, [(dated.start, dated.end)], date=dated)
    layout.places.sort(key=attrgetter("start"))
    return layout


def _add(
    layout: Layout,
    starts: list[int],
    cls: str,
    key: str,
    spans: list[tuple[int, int]],
    entity: LocalEntity | None = None,
    date: Dated | None = None,
    is_subject: bool = False,
) -> None:
    number = len(layout.items)
    places = tuple(_place(layout, starts, start, end, number) for start, end in spans)
    layout.items.append(Item(number, cls, key, places, entity, date, is_subject))
    layout.places.extend(places)


def _place(layout: Layout, starts: list[int], start: int, end: int, item: int) -> Place:
    first = bisect_right(layout.tokens.starts, start) - 1
    last = bisect_right(layout.tokens.starts, max(end - 1, start))
    sentence = layout.sentences[first] if 0 <= first < len(layout.sentences) else 0
    return Place(start, end, max(bisect_right(starts, start) - 1, 0), sentence, max(first, 0), last, item)


def _addresses(document: Document) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for mark in document.marks:
        if mark.kind == "web" and mark.target and mark.end > mark.start:
            found.setdefault(mark.target, []).append((mark.start, mark.end))
    return {target: spans[:3] for target, spans in found.items()}


def _sentences(tokens: Tokens, starts: list[int]) -> tuple[list[int], Ints]:
    """Number the sentence of each token, a new one after . ! ? … and at each block; give the tokens of each, too."""
    begins = np.zeros(len(tokens) + 1, dtype=np.bool_)
    begins[1:] = np.isin(tokens.rows, [tokens.vocabulary[sign] for sign in SENTENCE_END])
    at = (bisect_left(tokens.starts, start) for start in starts)
    begins[[each for each, start in zip(at, starts, strict=True) if tokens.starts[each : each + 1] == [start]]] = True
    begins[0] = begins[-1] = False
    first = np.concatenate(([0], np.flatnonzero(begins)))[: len(tokens)]
    return np.cumsum(begins[:-1]).tolist(), np.stack((first, np.append(first[1:], len(tokens))[: len(first)]), axis=1)


def _nearest(blocks: Sequence[Block]) -> Iterator[int]:
    nearest = -1
    for number, block in enumerate(blocks):
        if block.kind == "heading":
            nearest = number
        yield nearest
