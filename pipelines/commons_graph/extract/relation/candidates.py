"""Which pairs of a document are looked at, and through which of their mentions.

What belongs here: nearness. It bounds the work: a mention meets at most `NEAR` others behind it, so that a page that
is one long list of names costs no more than its length.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from commons_graph.extract.relation.layout import Layout, Place

NEAR = 10
TOKENS = 70
BELOW = 12
MOST = 3
Pair = tuple[int, int]
Instance = tuple[str, Place, Place]
"""How two mentions meet ("near", "next", "over", "heading", "subject"), and the mentions in text order."""


def candidates(layout: Layout) -> dict[Pair, list[Instance]]:
    """Give for each unordered pair of items (lower number first) the closest ways in which they meet."""
    found: dict[Pair, list[Instance]] = defaultdict(list)
    for instance in (*_near(layout), *_below_headings(layout), *_with_subject(layout)):
        _, left, right = instance
        if left.item != right.item:
            met = found[min(left.item, right.item), max(left.item, right.item)]
            if len(met) < MOST:
                met.append(instance)
    return found


def _near(layout: Layout) -> list[Instance]:
    """Mentions in one block, or in a block and the next one, nearest first."""
    places = layout.places
    met: list[tuple[int, int, int, int, Instance]] = []
    for i, left in enumerate(places):
        for right in places[i + 1 : i + 1 + NEAR]:
            distance = right.first - left.last
            if distance > TOKENS or right.block - left.block > 1:
                break
            met.append((distance, left.start, right.start, len(met), (_how(left, right), left, right)))
    met.sort()
    return [instance for *_, instance in met]


def _how(left: Place, right: Place) -> str:
    if right.end <= left.end or right.start == left.start:
        return "over"
    return "near" if left.block == right.block else "next"


def _below_headings(layout: Layout) -> Iterator[Instance]:
    """A mention in a heading governs those below it, up to the next heading."""
    above: dict[int, list[Place]] = defaultdict(list)
    counted: dict[int, int] = defaultdict(int)
    for place in layout.places:
        heading = layout.headings[place.block] if place.block < len(layout.headings) else -1
        if heading == place.block:
            above[heading].append(place)
        elif heading in above and counted[heading] < BELOW:
            counted[heading] += 1
            yield from (("heading", upper, place) for upper in above[heading][:2])


def _with_subject(layout: Layout) -> Iterator[Instance]:
    """The document's subject meets everything, through its first mention and the other's first."""
    for subject in layout.items:
        if subject.is_subject and subject.places:
            for item in layout.items:
                if item.number != subject.number and item.places:
                    pair = sorted((subject.places[0], item.places[0]), key=lambda place: place.start)
                    yield "subject", pair[0], pair[1]
