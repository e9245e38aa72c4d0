"""How the pairs of documents look to the model: features as numbers (`codes`), each also joined with the classes.

What belongs here: what the model may see. It sees words of the text around the two (`windows`), never the names
themselves, so that it learns how people write and not whom they write about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np

from commons_graph.extract.codes import Codes, code, joined, joined_each
from commons_graph.extract.linear import Batch
from commons_graph.extract.relation.candidates import Instance
from commons_graph.extract.relation.cues import between
from commons_graph.extract.relation.layout import Item, Layout, Place
from commons_graph.extract.relation.standing import Standing
from commons_graph.extract.relation.windows import DISTANCES, SENTENCES, Spots, Windows
from commons_graph.extract.segments import Ints, Segments, in_groups, side_by_side

SUBJECT, OBJECT, LEFT, RIGHT = (np.array([code(name)], dtype=np.uint32) for name in ("s", "o", "l", "r"))
STEM = 7
"""Letters of a heading's word."""
OFF, OVER, NEAR = 1, 2, 3
"""Kinds of meetings: off the pair, where what stands around the one that is not the subject counts (the right one, or
with `OFF - 1` the left one); one over the other; near each other."""
HOWS = {"near": NEAR, "next": NEAR, "over": OVER, "heading": OFF, "subject": OFF}
MEETING = {
    (how, first): (code(f"{how} {'so' if first else 'os'}"), kind - (kind == OFF and not first))
    for how, kind in HOWS.items()
    for first in (True, False)
}
"""The number of a meeting's order and its kind, by how the two meet and whether the left one is the subject."""
WIDE = 200
"""Words on either side in which a sentence's cues count: a list of thousands may have one in each line."""
CERTAIN = 8
"""Steps of how sure a name is."""
Met = tuple[Item, Item, Sequence[Instance]]


@dataclass(frozen=True, slots=True)
class Meetings:
    """The ways in which pairs meet, each once: how (`kind`), and the numbers of its two `places`.

    `whose` is the number of each place's layout. `rows` gives for each way of each pair its number among these.
    """

    places: list[Place]
    whose: Ints
    kind: Ints
    left: Ints
    right: Ints
    rows: Ints


def batch(layouts: Sequence[Layout], pairs: Sequence[Sequence[Met]]) -> Batch:
    """Give the features of the ordered pairs of each document: each one's own, and those joined with its classes."""
    if not any(pairs):
        return Batch.of([])
    meetings, orders = _meetings(layouts, pairs)
    every = [pair for each in pairs for pair in each]
    counts = np.array([len(instances) for _, _, instances in every], dtype=np.int64)
    met = in_groups(_looks(layouts, meetings).take(meetings.rows).joined(orders), counts)
    plain = side_by_side((*_of_pairs(layouts, pairs), met))
    classes = np.array([_classes(s.cls, o.cls) for s, o, _ in every], dtype=np.uint32)
    both: Codes = np.empty(2 * len(plain.values), dtype=np.uint32)
    both[0::2], both[1::2] = plain.values, joined_each(plain.values, np.repeat(classes, plain.sizes))
    return Batch(both, 2 * plain.starts)


def _meetings(layouts: Sequence[Layout], pairs: Sequence[Sequence[Met]]) -> tuple[Meetings, Codes]:
    """Give the meetings of all pairs, and for each way of each pair its order as a number."""
    places = [place for layout in layouts for place in layout.places]
    whose = np.repeat(np.arange(len(layouts)), [len(layout.places) for layout in layouts])
    numbers = {id(place): number for number, place in enumerate(places)}
    ways = [(subject.number, way) for each in pairs for subject, _, instances in each for way in instances]
    told = [MEETING[how, left.item == subject] for subject, (how, left, _) in ways]
    ends = [(numbers[id(left)], numbers[id(right)]) for _, (_, left, right) in ways]
    orders, kind = np.array(told, dtype=np.int64).T
    left, right = np.array(ends, dtype=np.int64).T
    _, at, rows = np.unique((kind * len(places) + left) * len(places) + right, return_index=True, return_inverse=True)
    return Meetings(places, whose, kind[at], left[at], right[at], rows), orders.astype(np.uint32)


def _looks(layouts: Sequence[Layout], meetings: Meetings) -> Segments:
    """Give the features of each meeting: distance, and the words and cues around and between."""
    windows, spots = Windows(layouts), Spots.of(layouts, meetings.places, meetings.whose)
    kind, left, right = meetings.kind, meetings.left, meetings.right
    before, after = windows.before(spots), windows.after(spots)
    around = side_by_side((before, after))
    off, near = np.flatnonzero(kind <= OFF), np.flatnonzero(kind == NEAR)
    other = np.where(kind[off] == OFF, right[off], left[off])
    one, two = left[near], right[near]
    gaps = np.maximum(spots.first[right] - spots.last[left], 0)
    bits = np.frexp(gaps.astype(np.float64))[1]  # the exponent is Python's bit_length
    same = (spots.sentence[one] == spots.sentence[two]).astype(np.int64)
    classes = [layout.items[place.item].cls for layout in layouts for place in layout.places]
    closely = side_by_side(
        (
            Segments.single(SENTENCES[same]),
            Standing(layouts, windows).between(spots, classes, one, two),
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


def _of_pairs(layouts: Sequence[Layout], pairs: Sequence[Sequence[Met]]) -> Iterator[Segments]:
    """Give what is known of pairs and of their ends, however they meet."""
    each = list(zip(layouts, pairs, strict=True))
    yield Segments.of([told for layout, own in each for told in _common(layout, own)])
    ends = Segments.of([told for layout in layouts for told in _ends(layout)])
    counts = np.cumsum([0, *(len(layout.items) for layout in layouts)]).tolist()
    met = [(begin, pair) for begin, own in zip(counts, pairs, strict=False) for pair in own]
    yield ends.take(np.array([begin + s.number for begin, (s, _, _) in met], dtype=np.int64)).joined(SUBJECT)
    yield ends.take(np.array([begin + o.number for begin, (_, o, _) in met], dtype=np.int64)).joined(OBJECT)


def _common(layout: Layout, pairs: Sequence[Met]) -> Iterator[tuple[int, ...]]:
    """Give what is known of each pair of a document."""
    times = Counter(item.cls for item in layout.items)
    rivals = {cls: code(f"rivals {same if same < 3 else 3 if same < 8 else 8}") for cls, same in times.items()}
    own = code(f"own {next((item.cls for item in layout.items if item.is_subject), 'none')}")
    common = code(f"doc {layout.document.kind}"), code(f"lang {layout.document.language}")
    owned = {ends: joined(own, code(f"{ends[0]}{ends[1]}")) for ends in product((False, True), repeat=2)}
    for s, o, _ in pairs:
        yield _classes(s.cls, o.cls), owned[s.is_subject, o.is_subject], rivals[o.cls], *common


@lru_cache(maxsize=1000)
def _classes(subject: str, object: str) -> int:
    return code(f"{subject}>{object}")


def _ends(layout: Layout) -> Iterator[list[int]]:
    """Give what is known of each item, whatever it is joined with."""
    blocks: dict[int, list[int]] = {}
    for item in layout.items:
        number = item.places[0].block if item.places else len(layout.blocks)
        if number not in blocks:
            blocks[number] = [code(name) for name in _block(layout, number)]
        yield [*map(code, _of_item(item)), *blocks[number]]


def _block(layout: Layout, number: int) -> Iterator[str]:
    if number >= len(layout.blocks):
        return
    block = layout.blocks[number]
    yield f"in {block.kind} {block.name.lower()[:20]}"
    yield f"block {min(number, 5)}"
    heading = layout.headings[number]
    if heading < 0 or heading == number:
        yield f"below nothing {heading == number}"
        return
    upper = layout.blocks[heading]
    first, last = layout.tokens.span(upper.start, upper.end)
    yield from (f"below {word[:STEM]}" for word in layout.tokens.folded[first : min(last, first + 4)])
    yield from (f"below cue {predicate}" for predicate in between(layout.cues, first, last))


def _certain(confidence: float) -> Iterator[str]:
    """Say how sure a name is; names that annotators gave are not said to be sure, so that both can train."""
    if confidence < 1:
        yield f"sure {int(confidence * CERTAIN)}"


def _of_item(item: Item) -> Iterator[str]:
    yield f"times {min(len(item.places), 4)}"
    if item.entity:
        yield f"kind {item.entity.kind}"
        yield from _certain(item.entity.confidence)
        yield f"linked {bool(item.entity.page)}"
    if item.cls == "iri":
        host, _, path = item.key.split("//", 1)[-1].partition("/")
        yield f"path {min(len(path.strip('/').split('/')), 3) if path.strip('/') else 0}"
        yield f"host {'.'.join(host.split('.')[-2:])}"
        yield f"ending {path.rsplit('.', 1)[-1][:5].lower() if '.' in path else ''}"
    if item.date:
        yield f"precision {len(item.key)}"
