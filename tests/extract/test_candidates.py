"""Pairs of documents read together meet as they do when each document's mentions are gone through one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from commons_graph.extract.records import LocalEntity, Mention
from commons_graph.extract.relation.candidates import ABOVE, AHEAD, BELOW, HOWS, MOST, TOKENS, Pairs, candidates
from commons_graph.extract.relation.cues import Cues
from commons_graph.extract.relation.features import batch
from commons_graph.extract.relation.find import allowed, ordered_pairs
from commons_graph.extract.relation.layout import Layout, Place, lay_out
from commons_graph.extract.relation.mentions import Mentions
from commons_graph.extract.relation.signatures import Signatures
from commons_graph.extract.tokens import tokens_of
from commons_graph.extract.word_kinds import WordKinds
from commons_graph.model import Block, Document

KINDS = WordKinds(np.zeros(0, dtype=np.uint32), np.zeros(0, np.uint16), np.zeros(4, np.uint8))
NAMES = ("Ada Roy", "Roy", "Lyon", "Lab", "Lyon Lab")
"""Some lie in others, so that mentions begin or end together."""
CLASSES = ("Person", "Place", "Organization")
BOTH, ONE_WAY = ("Person", "Organization"), ("Person", "Place")
SIGNATURES = Signatures(
    {},
    {BOTH: ("memberOf",), BOTH[::-1]: ("hasMember",), ONE_WAY: ("near",), ONE_WAY[::-1]: ("near",)},
    {BOTH: ("memberOf",), BOTH[::-1]: ("hasMember",)},
    frozenset(("near",)),
)
Way = tuple[str, int, int]
LINES = st.lists(st.sampled_from((*NAMES, "and", "word " * 40)), min_size=1, max_size=16)
BLOCKS = st.lists(st.tuples(st.sampled_from(("heading", "paragraph")), LINES), max_size=5)


def laid_out(blocks: list[tuple[str, list[str]]], subject: str) -> Layout:
    """Give a document with these words in its blocks, in which every name is found wherever it stands."""
    text, cut = "", []
    for kind, words in blocks:
        line = " ".join(words)
        cut.append(Block(kind, len(text), len(text) + len(line)))
        text += line + "\n"
    page = Document("d", "s", "https://s.example/", "Lab", text, tuple(cut), (), "en", "page")
    entities = []
    for number, name in enumerate(NAMES):
        spans = tuple(Mention(at, at + len(name)) for at in range(len(text)) if text.startswith(name, at))
        entities.append(LocalEntity(name, name, CLASSES[number % len(CLASSES)], spans))  # type: ignore[arg-type]
    own = next(each for each in entities if each.key == subject)
    return lay_out(page, tokens_of(page), own, entities, (), Cues.of({}), KINDS)


def near(places: list[Place]) -> Iterator[tuple[str, Place, Place]]:
    """Give the mentions that stand near each other, nearest first."""
    met = []
    for number, left in enumerate(places):
        for right in places[number + 1 : number + 1 + AHEAD]:
            if right.first - left.last > TOKENS or right.block - left.block > 1:
                break
            over = right.end <= left.end or right.start == left.start
            how = "over" if over else "near" if left.block == right.block else "next"
            met.append((right.first - left.last, left.start, right.start, len(met), (how, left, right)))
    return (each[-1] for each in sorted(met))


def governed(layout: Layout) -> Iterator[tuple[str, Place, Place]]:
    """Give the first mentions of headings with those below, then the subject with everything."""
    for number, heading in enumerate(layout.headings):
        if number == heading:
            upper = [place for place in layout.places if place.block == number]
            under = [each for each in layout.places if layout.headings[each.block] == number and each.block != number]
            yield from (("heading", one, each) for each in under[:BELOW] for one in upper[:ABOVE])
    subject = next(item for item in layout.items if item.is_subject)
    for item in layout.items if subject.places else []:
        if item is not subject and item.places:
            left, right = sorted((subject.places[0], item.places[0]), key=lambda place: place.start)
            yield "subject", left, right


def one_by_one(layout: Layout) -> list[tuple[int, int, list[Way]]]:
    """Give the pairs of one document in order, with their closest ways."""
    found: dict[tuple[int, int], list[Way]] = defaultdict(list)
    number = {id(place): each for each, place in enumerate(layout.places)}
    for how, left, right in (*near(layout.places), *governed(layout)):
        if left.item != right.item:
            pair = min(left.item, right.item), max(left.item, right.item)
            found[pair].append((how, number[id(left)], number[id(right)]))
    return [(one, other, ways[:MOST]) for (one, other), ways in found.items()]


def listed(pairs: Pairs) -> list[tuple[int, int, list[Way]]]:
    """Give pairs that are arrays as `one_by_one` does."""
    ways = pairs.ways
    each = list(zip((HOWS[how] for how in ways.how), ways.left.tolist(), ways.right.tolist(), strict=True))
    ends = zip(pairs.one.tolist(), pairs.other.tolist(), pairs.first, pairs.counts, strict=True)
    return [(one, other, each[first : first + count]) for one, other, first, count in ends]


@settings(deadline=None, max_examples=150)
@given(pages=st.lists(st.tuples(BLOCKS, st.sampled_from(NAMES)), max_size=4))
def test_pairs_meet_in_the_order_in_which_they_do_one_by_one(
    pages: list[tuple[list[tuple[str, list[str]]], str]],
) -> None:
    layouts = [laid_out(*page) for page in pages]
    want, items, places = [], 0, 0
    for layout in layouts:
        for one, other, ways in one_by_one(layout):
            moved = [(how, left + places, right + places) for how, left, right in ways]
            want.append((one + items, other + items, moved))
        items, places = items + len(layout.items), places + len(layout.places)
    assert listed(candidates(Mentions.of(layouts))) == want


@settings(deadline=None, max_examples=50)
@given(page=BLOCKS, cut=st.integers(0, 20))
def test_each_order_that_is_allowed_is_looked_at_once(page: list[tuple[str, list[str]]], cut: int) -> None:
    layout = laid_out(page, "Lab")
    mentions = Mentions.of([layout])
    pairs, want = ordered_pairs(mentions, SIGNATURES), []
    for one, other, _ in one_by_one(layout):
        left, right = layout.items[one].cls, layout.items[other].cls
        want += [(one, other)] * ((left, right) in SIGNATURES.learned)
        want += [(other, one)] * ((right, left) in SIGNATURES.directed)
    got = list(zip(pairs.one.tolist(), pairs.other.tolist(), strict=True))
    assert got == want
    assert all(allowed(layout.items[one], layout.items[other], SIGNATURES) for one, other in got)
    whole = batch(mentions, pairs).each()
    parts = [row for part in (slice(0, cut), slice(cut, None)) for row in batch(mentions, pairs.take(part)).each()]
    assert [row.tolist() for row in parts] == [row.tolist() for row in whole]
