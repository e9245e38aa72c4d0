"""How the pairs of documents look to the model: features as numbers (`codes`), each also joined with the classes.

What belongs here: what the model may see. It sees words of the text around the two (`windows`), never the names
themselves, so that it learns how people write and not whom they write about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

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
OFF_THE_PAIR = frozenset(("subject", "heading"))
OFF, OVER, NEAR = range(3)
WIDE = 200
"""Words on either side in which a sentence's cues count: a list of thousands may have one in each line."""
CERTAIN = 8
"""Steps of how sure a name is."""
Met = tuple[Item, Item, Sequence[Instance]]


@dataclass(slots=True)
class Meetings:
    """The ways in which pairs meet, each once: how, and the numbers of its two places. `at` finds a known one.

    `whose` is the number of each place's layout.
    """

    places: list[Place] = field(default_factory=list)
    whose: list[int] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)
    at: dict[tuple[int, int, int], int] = field(default_factory=dict)

    def row(self, how: str, left: Place, right: Place, subject: int, layout: int) -> int:
        """Give the row of a meeting. Off the pair, what stands around the one that is not the subject counts."""
        one, other = self._number(left, layout), self._number(right, layout)
        if how in OFF_THE_PAIR:
            key = (OFF, one, other) if left.item == subject else (OFF - 1, one, other)
        else:
            key = (OVER if how == "over" else NEAR, one, other)
        return self.at.setdefault(key, len(self.at))

    def _number(self, place: Place, layout: int) -> int:
        number = self.numbers.get(id(place))
        if number is None:
            number = self.numbers[id(place)] = len(self.places)
            self.places.append(place)
            self.whose.append(layout)
        return number


def batch(layouts: Sequence[Layout], pairs: Sequence[Sequence[Met]]) -> Batch:
    """Give the features of the ordered pairs of each document: each one's own, and those joined with its classes."""
    if not any(pairs):
        return Batch.of([])
    meetings, rows, orders = _meetings(pairs)
    every = [pair for each in pairs for pair in each]
    counts = np.array([len(instances) for _, _, instances in every], dtype=np.int64)
    met = in_groups(_looks(layouts, meetings).take(rows).joined(orders), counts)
    plain = side_by_side((*_of_pairs(layouts, pairs), met))
    classes = np.array([code(f"{s.cls}>{o.cls}") for s, o, _ in every], dtype=np.uint32)
    both: Codes = np.empty(2 * len(plain.values), dtype=np.uint32)
    both[0::2], both[1::2] = plain.values, joined_each(plain.values, np.repeat(classes, plain.sizes))
    return Batch(both, 2 * plain.starts)


def _meetings(pairs: Sequence[Sequence[Met]]) -> tuple[Meetings, Ints, Codes]:
    """Give the meetings of all pairs; for each instance of each pair its meeting's row, and its order as a number."""
    meetings = Meetings()
    rows: list[int] = []
    orders: list[int] = []
    for number, (subject, _, instances) in ((number, pair) for number, each in enumerate(pairs) for pair in each):
        for how, left, right in instances:
            rows.append(meetings.row(how, left, right, subject.number, number))
            orders.append(code(f"{how} {'so' if left.item == subject.number else 'os'}"))
    return meetings, np.array(rows, dtype=np.int64), np.array(orders, dtype=np.uint32)


def _looks(layouts: Sequence[Layout], meetings: Meetings) -> Segments:
    """Give the features of each meeting: distance, and the words and cues around and between."""
    windows, spots = Windows(layouts), Spots.of(layouts, meetings.places, meetings.whose)
    kind, left, right = np.array(list(meetings.at), dtype=np.int64).T
    before, after = windows.before(spots), windows.after(spots)
    around = side_by_side((before, after))
    off, near = np.flatnonzero(kind <= OFF), np.flatnonzero(kind == NEAR)
    other = np.where(kind[off] == OFF, right[off], left[off])
    one, two = left[near], right[near]
    gaps = np.maximum(spots.first[right] - spots.last[left], 0)
    bits = np.frexp(gaps.astype(np.float64))[1]  # the exponent is Python's bit_length
    same = (spots.sentence[one] == spots.sentence[two]).astype(np.int64)
    placed = zip(meetings.places, meetings.whose, strict=True)
    classes = [layouts[whose].items[place.item].cls for place, whose in placed]
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
    for s, o, _ in pairs:
        both = joined(own, code(f"{s.is_subject}{o.is_subject}"))
        yield code(f"{s.cls}>{o.cls}"), both, rivals[o.cls], *common


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
