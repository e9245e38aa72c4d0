"""What stands right before and behind mentions, and what kind of block they stand in.

What belongs here: features of mentions' places. What does not: their form (`form`), other candidates (`around`).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from commons_graph.extract.codes import code, joined_each
from commons_graph.extract.names.candidates import Reading
from commons_graph.extract.names.form import Forms, Rows
from commons_graph.extract.names.texts import GAP, Texts
from commons_graph.extract.names.together import Together
from commons_graph.extract.segments import Ints, Segments
from commons_graph.extract.vocabulary import HEAD
from commons_graph.extract.word_kinds import KINDS, WIDER
from commons_graph.model import Block

REACH = GAP
BEFORE = tuple(np.uint32(code(f"before {at}")) for at in range(REACH))
AFTER = tuple(np.uint32(code(f"after {at}")) for at in range(REACH))
TWO_BEFORE, TWO_AFTER = np.uint32(code("two before")), np.uint32(code("two after"))
INITIAL = np.array([code("initial False"), code("initial True")], dtype=np.uint32)
BRACKET = np.array([code(f"bracket {number}") for number in range(4)], dtype=np.uint32)
WHOLE = np.array([code("part of block"), code("whole block")], dtype=np.uint32)


def context_features(together: Together, forms: Forms) -> Iterator[Rows]:
    """Give the features of all mentions that the model sees."""
    spots, texts = together.spots, together.texts
    first, last, rows = spots.first[spots.seen], spots.last[spots.seen], spots.row[spots.seen]
    yield from _words(texts, first, last, rows)
    yield from _kinds(forms, first, last, rows)
    yield rows, INITIAL[texts.initial.astype(np.int64)[first]]
    opening = texts.opening().astype(np.int64)
    yield rows, BRACKET[2 * opening[first - 1] + opening[last]]
    yield from _blocks(together, first, last, rows)


def _words(texts: Texts, first: Ints, last: Ints, rows: Ints) -> Iterator[Rows]:
    """Give the three words before and behind, and two of each side as one; 0 stands for what is no word."""
    words = texts.codes[:, HEAD]
    before = [words[first - 1 - at] for at in range(REACH)]
    after = [words[last + at] for at in range(REACH)]
    for at in range(REACH):
        met = ~texts.gap[first - 1 - at]
        yield rows[met], joined_each(before[at][met], BEFORE[at])
        met = ~texts.gap[last + at]
        yield rows[met], joined_each(after[at][met], AFTER[at])
    yield rows, joined_each(joined_each(before[1], TWO_BEFORE), before[0])
    yield rows, joined_each(joined_each(after[0], TWO_AFTER), after[1])


def _kinds(forms: Forms, first: Ints, last: Ints, rows: Ints) -> Iterator[Rows]:
    """Give the kinds of the two words before and behind, and the wider kinds of both sides as one."""
    kinds, wider = KINDS[forms.kinds], WIDER[forms.wider]
    for at in range(2):
        yield rows, joined_each(kinds[first - 1 - at], BEFORE[at])
        yield rows, joined_each(kinds[last + at], AFTER[at])
        yield rows, joined_each(wider[first - 1 - at], BEFORE[at])
        yield rows, joined_each(wider[last + at], AFTER[at])
    yield rows, joined_each(wider[first - 1], wider[last])
    yield rows, joined_each(joined_each(wider[first - 2], wider[first - 1]), TWO_BEFORE)


def _blocks(together: Together, first: Ints, last: Ints, rows: Ints) -> Iterator[Rows]:
    blocks = [block for each in together.readings for block in each.document.blocks]
    counts = np.array([len(each.document.blocks) for each in together.readings], dtype=np.int64)
    moved = np.repeat(together.bases, counts)
    starts = np.array([block.start for block in blocks], dtype=np.int64) + moved
    ends = np.array([block.end for block in blocks], dtype=np.int64) + moved
    begin, end = together.starts[first], together.ends[last - 1]
    least = (np.cumsum(counts) - counts)[together.document[rows]]
    number = np.maximum(np.searchsorted(starts, begin, side="right") - 1, least)
    alone = (begin == starts[number]) & (end == ends[number])
    kinds = np.array([code(f"in {block.kind}") for block in blocks], dtype=np.uint32)
    yield rows, joined_each(kinds[number], np.uint32(1)) ^ WHOLE[alone.astype(np.int64)]
    names = (names for each in together.readings for names in _told(each))
    told = Segments.of([[code(name) for name in each] for each in names]).take(number)
    yield np.repeat(rows, told.sizes), told.values


def _told(reading: Reading) -> Iterator[list[str]]:
    """Give for each block its kind and name, how early it stands, and the first words of the heading above."""
    heading: Block | None = None
    above: list[str] = []
    for number, block in enumerate(reading.document.blocks):
        early = min(number, 4) if number < 4 else 5 if number < 10 else 6
        if block.kind == "heading":
            heading, above = block, []
        elif heading is not None and not above:
            low, high = reading.tokens.span(heading.start, heading.end)
            above = [f"below {word[:8]}" for word in reading.tokens.folded[low : min(high, low + 4)]]
        yield [f"block {block.kind} {block.name.lower()[:15]}", f"early {early}", *above]
