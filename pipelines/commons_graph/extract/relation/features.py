"""How the pairs of documents look to the model: features as numbers (`codes`), each also joined with the classes.

What belongs here: what is seen of two mentions together: words of the text around them (`windows`), never the names
themselves, so that it learns how people write and not whom they write about. What does not: what is known of each of
the two wherever they meet (`ends`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from commons_graph.extract.codes import Codes, code, joined_each
from commons_graph.extract.linear import Batch
from commons_graph.extract.relation.candidates import HOWS, Pairs
from commons_graph.extract.relation.ends import of_pairs, pair_classes
from commons_graph.extract.relation.mentions import Mentions
from commons_graph.extract.relation.standing import Standing
from commons_graph.extract.relation.windows import DISTANCES, SENTENCES, Spots, Windows
from commons_graph.extract.segments import Ints, Segments, in_groups, side_by_side, spread

LEFT, RIGHT = (np.array([code(name)], dtype=np.uint32) for name in ("l", "r"))
OFF, OVER, NEAR = 1, 2, 3
"""Kinds of meetings: off the pair, where what stands around the one that is not the subject counts (the right one, or
with `OFF - 1` the left one); one over the other; near each other."""
KINDS = np.array([NEAR, NEAR, OVER, OFF, OFF])
"""The kind of each way to meet (`HOWS`)."""
ORDERS = np.array([[code(f"{how} {order}") for order in ("os", "so")] for how in HOWS], dtype=np.uint32)
"""The number of a meeting's order, by how the two meet and whether the left one is the subject."""
WIDE = 200
"""Words on either side in which a sentence's cues count: a list of thousands may have one in each line."""


@dataclass(frozen=True, slots=True)
class Meetings:
    """The ways in which pairs meet, each once: how (`kind`), and the numbers of the two mentions.

    `rows` gives for each way of each pair its number among these, `orders` which of the two is the subject.
    """

    kind: Ints
    left: Ints
    right: Ints
    rows: Ints
    orders: Codes

    @classmethod
    def of(cls, mentions: Mentions, pairs: Pairs) -> Meetings:
        """Read the ways of ordered pairs."""
        ways = pairs.ways.take(spread(pairs.first, pairs.counts))
        subject_first = mentions.item[ways.left] == np.repeat(pairs.one, pairs.counts)
        kind = KINDS[ways.how]
        kind -= (kind == OFF) & ~subject_first
        count = len(mentions.item)
        meeting = (kind * count + ways.left) * count + ways.right
        _, at, rows = np.unique(meeting, return_index=True, return_inverse=True)
        orders = ORDERS[ways.how, subject_first.astype(np.int64)]
        return cls(kind[at], ways.left[at], ways.right[at], rows, orders)


def batch(mentions: Mentions, pairs: Pairs) -> Batch:
    """Give the features of ordered pairs: each one's own, and those joined with its classes."""
    if not len(pairs.one):
        return Batch.of([])
    meetings = Meetings.of(mentions, pairs)
    met = in_groups(_looks(mentions, meetings).take(meetings.rows).joined(meetings.orders), pairs.counts)
    plain = side_by_side((*of_pairs(mentions, pairs), met))
    both: Codes = np.empty(2 * len(plain.values), dtype=np.uint32)
    both[0::2] = plain.values
    both[1::2] = joined_each(plain.values, np.repeat(pair_classes(mentions, pairs), plain.sizes))
    return Batch(both, 2 * plain.starts)


def _looks(mentions: Mentions, meetings: Meetings) -> Segments:
    """Give the features of each meeting: distance, and the words and cues around and between."""
    windows, spots = Windows(mentions.layouts), Spots.of(mentions)
    kind, left, right = meetings.kind, meetings.left, meetings.right
    before, after = windows.before(spots), windows.after(spots)
    around = side_by_side((before, after))
    off, near = np.flatnonzero(kind <= OFF), np.flatnonzero(kind == NEAR)
    other = np.where(kind[off] == OFF, right[off], left[off])
    one, two = left[near], right[near]
    gaps = np.maximum(spots.first[right] - spots.last[left], 0)
    bits = np.frexp(gaps.astype(np.float64))[1]  # the exponent is Python's bit_length
    same = (spots.sentence[one] == spots.sentence[two]).astype(np.int64)
    closely = side_by_side(
        (
            Segments.single(SENTENCES[same]),
            Standing(mentions, spots, windows).between(one, two),
            *_cues(windows, spots, one, two),
            windows.between(spots.last[one], spots.first[two]),
            before.take(one).joined(LEFT),
            around.take(two).joined(RIGHT),
        )
    )
    scattered = (_scattered(around.take(other), off, len(kind)), _scattered(closely, near, len(kind)))
    return side_by_side((Segments.single(DISTANCES[bits]), *scattered))


def _scattered(segments: Segments, rows: Ints, count: int) -> Segments:
    """Give `count` rows, those at `rows` (in order) filled and the others empty."""
    sizes = np.zeros(count, dtype=np.int64)
    sizes[rows] = segments.sizes
    return Segments(segments.values, sizes)


def _cues(windows: Windows, spots: Spots, one: Ints, two: Ints) -> Iterator[Segments]:
    yield windows.cues("between", spots.last[one], spots.first[two])
    yield windows.cues("before", np.maximum(spots.first[one] - 6, 0), spots.first[one])
    yield windows.cues("behind", spots.last[two], spots.last[two] + 5)
    sentence = spots.sentence[one]
    bounds = windows.bounds[np.where(sentence == spots.sentence[two], sentence, -1)]
    low, high = np.maximum(bounds[:, 0], spots.first[one] - WIDE), np.minimum(bounds[:, 1], spots.last[two] + WIDE)
    yield windows.cues("sentence", low, high)
