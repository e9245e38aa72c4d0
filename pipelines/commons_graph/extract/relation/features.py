"""How the pairs of a document look to the model: features as numbers (`codes`), each also joined with the classes.

What belongs here: what the model may see. It sees words of the text around the two, never the names themselves, so
that it learns how people write and not whom they write about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np

from commons_graph.extract.codes import Codes, code, joined, joined_each
from commons_graph.extract.linear import Batch
from commons_graph.extract.relation.candidates import Instance
from commons_graph.extract.relation.cues import between
from commons_graph.extract.relation.layout import Item, Layout, Place

STEM = 7
BETWEEN = 8
BEFORE, AFTER, TWO_BEFORE, TWO_AFTER, WITHIN, PAIRED, SHORT, LONG = (
    code(name) for name in ("before", "after", "before two", "after two", "b", "b two", "between", "between long")
)
SUBJECT, OBJECT, LEFT, RIGHT = (code(name) for name in ("s", "o", "l", "r"))
OFF_THE_PAIR = frozenset(("subject", "heading"))
Met = tuple[Item, Item, Sequence[Instance]]


class Looks:
    """What is computed once for all pairs of a document."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.stems = [code(word[:STEM]) for word in layout.tokens.folded]
        document = layout.document
        own = next((item.cls for item in layout.items if item.is_subject), "none")
        self.own = code(f"own {own}")
        self.common = [code(f"doc {document.kind}"), code(f"lang {document.language}")]
        self.times = Counter(item.cls for item in layout.items)
        self.ends: dict[tuple[int, int], list[int]] = {}
        self.blocks: dict[int, list[int]] = {}
        self.met: dict[tuple[Place, Place], list[int]] = {}

    def batch(self, pairs: Sequence[Met]) -> Batch:
        """Give the features of ordered pairs: each one's own, and those joined with its classes."""
        found: list[int] = []
        orders: list[int] = []
        sizes = []
        for pair in pairs:
            before = len(found)
            self._pair(*pair, found, orders)
            sizes.append(len(found) - before)
        classes = np.array([code(f"{s.cls}>{o.cls}") for s, o, _ in pairs], dtype=np.uint32)
        plain = _ordered(np.array(found, dtype=np.uint32), np.array(orders, dtype=np.uint32))
        both: Codes = np.empty(2 * len(plain), dtype=np.uint32)
        both[0::2], both[1::2] = plain, joined_each(plain, np.repeat(classes, sizes))
        return Batch(both, 2 * np.cumsum([0, *sizes[:-1]]) if sizes else np.zeros(0, dtype=np.int64))

    def _pair(
        self, subject: Item, object: Item, instances: Sequence[Instance], found: list[int], orders: list[int]
    ) -> None:
        """Add a pair's features to `found`, and to `orders` what each is joined with (0: nothing)."""
        before = len(found)
        found.append(code(f"{subject.cls}>{object.cls}"))
        found.append(joined(self.own, code(f"{subject.is_subject}{object.is_subject}")))
        same = self.times[object.cls]
        found.append(code(f"rivals {same if same < 3 else 3 if same < 8 else 8}"))
        found += self.common
        found += self._end(SUBJECT, subject)
        found += self._end(OBJECT, object)
        orders += [0] * (len(found) - before)
        for how, left, right in instances:
            order = code(f"{how} {'so' if left.item == subject.number else 'os'}")
            met = self._meeting(how, left, right, subject.number)
            found += met
            orders += [order] * len(met)

    def _end(self, side: int, item: Item) -> list[int]:
        """Give what is known of one end, whatever it is joined with."""
        if (side, item.number) not in self.ends:
            known = (*map(code, _of_item(item)), *self._where(item.places[0].block))
            self.ends[side, item.number] = [joined(side, each) for each in known]
        return self.ends[side, item.number]

    def _where(self, number: int) -> list[int]:
        if number not in self.blocks:
            self.blocks[number] = list(map(code, self._block(number)))
        return self.blocks[number]

    def _block(self, number: int) -> Iterator[str]:
        layout = self.layout
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

    def _meeting(self, how: str, left: Place, right: Place, subject: int) -> list[int]:
        """Give the features of one meeting of two mentions, computed once for both orders where they are the same."""
        if how in OFF_THE_PAIR:
            other = right if left.item == subject else left
            return [_distance(left, right), *self._around(other)]
        if (left, right) not in self.met:
            self.met[left, right] = list(self._near(how, left, right))
        return self.met[left, right]

    def _near(self, how: str, left: Place, right: Place) -> Iterator[int]:
        yield _distance(left, right)
        if how == "over":
            return
        yield code(f"same sentence {left.sentence == right.sentence}")
        yield from map(code, _cues(self.layout, left, right))
        yield from self._between(left.last, right.first)
        yield from (joined(LEFT, each) for each in self._around(left, behind=False))
        yield from (joined(RIGHT, each) for each in self._around(right))

    def _between(self, first: int, last: int) -> Iterator[int]:
        words = self.stems[first:last] if last > first else []
        if len(words) < 5:
            whole = SHORT
            for word in words:
                whole = joined(whole, word)
            yield whole
        else:
            yield LONG
        if len(words) > 2 * BETWEEN:
            words = [*words[:BETWEEN], LONG, *words[-BETWEEN:]]
        for word in words:
            yield joined(WITHIN, word)
        for one, other in pairwise(words):
            yield joined(joined(PAIRED, one), other)

    def _around(self, place: Place, behind: bool = True) -> Iterator[int]:
        low, high = self.bounds[place.block] if place.block < len(self.bounds) else (place.first, place.last)
        before = self.stems[max(low, place.first - 4) : place.first]
        yield joined(joined(TWO_BEFORE, before[-2] if len(before) > 1 else 0), before[-1] if before else 0)
        for word in before:
            yield joined(BEFORE, word)
        if behind:
            after = self.stems[place.last : min(high, place.last + 3)]
            yield joined(joined(TWO_AFTER, after[0] if after else 0), after[1] if len(after) > 1 else 0)
            for word in after:
                yield joined(AFTER, word)

    @cached_property
    def bounds(self) -> list[tuple[int, int]]:
        """The tokens of each block, as half-open ranges."""
        return [self.layout.tokens.span(block.start, block.end) for block in self.layout.blocks]


def _ordered(features: Codes, orders: Codes) -> Codes:
    found: Codes = np.where(orders == 0, features, joined_each(orders, features))
    return found


def _distance(left: Place, right: Place) -> int:
    return code(f"distance {max(right.first - left.last, 0).bit_length()}")


def _of_item(item: Item) -> Iterator[str]:
    yield f"times {min(len(item.places), 4)}"
    if item.entity:
        yield f"kind {item.entity.kind}"
        yield f"linked {bool(item.entity.page)}"
    if item.cls == "iri":
        host, _, path = item.key.split("//", 1)[-1].partition("/")
        yield f"path {min(len(path.strip('/').split('/')), 3) if path.strip('/') else 0}"
        yield f"host {'.'.join(host.split('.')[-2:])}"
        yield f"ending {path.rsplit('.', 1)[-1][:5].lower() if '.' in path else ''}"
    if item.date:
        yield f"precision {len(item.key)}"


def _cues(layout: Layout, left: Place, right: Place) -> Iterator[str]:
    yield from (f"between {name}" for name in between(layout.cues, left.last, right.first))
    yield from (f"before {name}" for name in between(layout.cues, max(left.first - 6, 0), left.first))
    yield from (f"behind {name}" for name in between(layout.cues, right.last, right.last + 5))
    if left.sentence == right.sentence and left.sentence < len(layout.bounds):
        yield from (f"sentence {name}" for name in between(layout.cues, *layout.bounds[left.sentence]))
