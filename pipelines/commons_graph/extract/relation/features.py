"""How a pair of items looks to the model: a set of feature names, each hashed to 32 bits.

What belongs here: what the model may see. It sees words of the text around the two, never the names themselves, so
that it learns how people write and not whom they write about.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import lru_cache
from zlib import crc32

from commons_graph.extract.relation.candidates import Instance
from commons_graph.extract.relation.cues import between
from commons_graph.extract.relation.layout import Item, Layout, Place

STEM = 7
BETWEEN = 8


def pair_features(layout: Layout, subject: Item, object: Item, instances: list[Instance]) -> set[int]:
    """Give the features of an ordered pair as CRC-32 hashes of their names."""
    classes = f"{subject.cls}>{object.cls}"
    names = {classes, *_roles(layout, subject, object)}
    for instance in instances:
        names.update(_instance(layout, subject, instance))
    hashed = {_hash(name) for name in names}
    return hashed | {_hash(f"{classes} {name}") for name in names}


@lru_cache(maxsize=500_000)
def _hash(name: str) -> int:
    return crc32(name.encode())


def _roles(layout: Layout, subject: Item, object: Item) -> Iterator[str]:
    document = layout.document
    own = next((item.cls for item in layout.items if item.is_subject), "none")
    yield f"role {subject.is_subject}{object.is_subject} in {own}"
    yield f"doc {document.kind}"
    yield f"lang {document.language}"
    for side, item in (("s", subject), ("o", object)):
        yield f"{side} times {min(len(item.places), 4)}"
        yield from (f"{side} {name}" for name in _where(layout, item.places[0]))
        if item.entity:
            yield f"{side} kind {item.entity.kind}"
            yield f"{side} linked {bool(item.entity.page)}"
    same = sum(item.cls == object.cls for item in layout.items)
    yield f"rivals {same if same < 3 else 3 if same < 8 else 8}"
    if object.cls == "iri":
        yield from _address(object.key)
    if object.date:
        yield f"precision {len(object.key)}"


def _where(layout: Layout, place: Place) -> Iterator[str]:
    if place.block >= len(layout.blocks):
        return
    block = layout.blocks[place.block]
    yield f"in {block.kind} {block.name.lower()[:20]}"
    yield f"block {min(place.block, 5)}"
    heading = layout.headings[place.block]
    if heading >= 0 and heading != place.block:
        upper = layout.blocks[heading]
        span = layout.tokens.span(upper.start, upper.end)
        yield from (f"below {word}" for word in _words(layout, *span)[:4])
        yield from (f"below cue {predicate}" for predicate in between(layout.cues, *span))
    else:
        yield f"below nothing {heading == place.block}"


def _address(iri: str) -> Iterator[str]:
    host, _, path = iri.split("//", 1)[-1].partition("/")
    yield f"path {min(len(path.strip('/').split('/')), 3) if path.strip('/') else 0}"
    yield f"host {'.'.join(host.split('.')[-2:])}"
    yield f"ending {path.rsplit('.', 1)[-1][:5].lower() if '.' in path else ''}"


def _instance(layout: Layout, subject: Item, instance: Instance) -> Iterator[str]:
    how, left, right = instance
    order = f"{how} {'so' if left.item == subject.number else 'os'}"
    distance = max(right.first - left.last, 0)
    yield f"{order} distance {distance.bit_length()}"
    if how == "over":
        return
    if how in ("subject", "heading"):
        other = right if left.item == subject.number else left
        yield from (f"{how} {name}" for name in _around(layout, other))
        return
    yield f"{order} same sentence {left.sentence == right.sentence}"
    yield from (f"{order} cue {name}" for name in _cues(layout, left, right))
    yield from (f"{order} {name}" for name in _between(layout, left, right))
    yield from (f"{order} l{name}" for name in _around(layout, left) if not name.startswith("after"))
    yield from (f"{order} r{name}" for name in _around(layout, right))


def _cues(layout: Layout, left: Place, right: Place) -> Iterator[str]:
    yield from (f"between {name}" for name in between(layout.cues, left.last, right.first))
    yield from (f"before {name}" for name in between(layout.cues, max(left.first - 6, 0), left.first))
    yield from (f"behind {name}" for name in between(layout.cues, right.last, right.last + 5))
    if left.sentence == right.sentence and left.sentence < len(layout.bounds):
        yield from (f"sentence {name}" for name in between(layout.cues, *layout.bounds[left.sentence]))


def _between(layout: Layout, left: Place, right: Place) -> Iterator[str]:
    words = _words(layout, left.last, right.first)
    if len(words) > 2 * BETWEEN:
        words = [*words[:BETWEEN], "…", *words[-BETWEEN:]]
    yield f"between {' '.join(words) if len(words) < 5 else 'long'}"
    yield from (f"b {word}" for word in words)
    yield from (f"b {first} {second}" for first, second in itertools.pairwise(words))


def _around(layout: Layout, place: Place) -> Iterator[str]:
    block = layout.blocks[place.block] if place.block < len(layout.blocks) else None
    low, high = layout.tokens.span(block.start, block.end) if block else (place.first, place.last)
    before = _words(layout, max(low, place.first - 4), place.first)
    after = _words(layout, place.last, min(high, place.last + 3))
    yield f"before {' '.join(before[-2:])}"
    yield from (f"before {word}" for word in before)
    yield f"after {' '.join(after[:2])}"
    yield from (f"after {word}" for word in after)


def _words(layout: Layout, first: int, last: int) -> list[str]:
    return [word[:STEM] for word in layout.tokens.folded[first:last]]
