"""What is known of the two ends of pairs, however they meet: classes, rivals, the blocks of their first mentions.

What belongs here: features of items and documents. What does not: where two mentions stand to each other (`features`).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from commons_graph.extract.codes import Codes, code, joined_each
from commons_graph.extract.relation.candidates import Pairs
from commons_graph.extract.relation.cues import between
from commons_graph.extract.relation.layout import Item, Layout
from commons_graph.extract.relation.mentions import Mentions
from commons_graph.extract.segments import Segments

SUBJECT, OBJECT = (np.array([code(name)], dtype=np.uint32) for name in ("s", "o"))
STEM = 7
"""Letters of a heading's word."""
CERTAIN = 8
"""Steps of how sure a name is."""
RIVALS = np.array([code(f"rivals {same if same < 3 else 3 if same < 8 else 8}") for same in range(9)], dtype=np.uint32)
"""The number of how many items of a document have a class."""
OWNED = np.array([[code(f"{s}{o}") for o in (False, True)] for s in (False, True)], dtype=np.uint32)
"""The number of whether the subject and the object of a pair are what the document is about."""


def of_pairs(mentions: Mentions, pairs: Pairs) -> tuple[Segments, ...]:
    """Give what is known of ordered pairs, and of their subjects and objects."""
    ends = Segments.of([told for layout in mentions.layouts for told in _ends(layout)])
    return _common(mentions, pairs), ends.take(pairs.one).joined(SUBJECT), ends.take(pairs.other).joined(OBJECT)


def pair_classes(mentions: Mentions, pairs: Pairs) -> Codes:
    """Give the classes of each pair as one number."""
    told = [[code(f"{subject}>{object}") for object in mentions.classes] for subject in mentions.classes]
    found: Codes = np.array(told, dtype=np.uint32)[mentions.cls[pairs.one], mentions.cls[pairs.other]]
    return found


def _common(mentions: Mentions, pairs: Pairs) -> Segments:
    """Give what is known of each pair as a whole, and of its document."""
    own = np.array([code(f"own {_own(layout)}") for layout in mentions.layouts], dtype=np.uint32)
    kind = np.array([code(f"doc {layout.document.kind}") for layout in mentions.layouts], dtype=np.uint32)
    language = np.array([code(f"lang {layout.document.language}") for layout in mentions.layouts], dtype=np.uint32)
    is_subject = np.array([item.is_subject for item in mentions.items], dtype=np.int64)
    owner = mentions.owner[pairs.one]
    told = (
        pair_classes(mentions, pairs),
        joined_each(own[owner], OWNED[is_subject[pairs.one], is_subject[pairs.other]]),
        _rivals(mentions)[pairs.other],
        kind[owner],
        language[owner],
    )
    return Segments(np.stack(told, axis=1).ravel(), np.full(len(owner), len(told)))


def _own(layout: Layout) -> str:
    return next((item.cls for item in layout.items if item.is_subject), "none")


def _rivals(mentions: Mentions) -> Codes:
    """Say of each item how many of its document have its class."""
    of = mentions.owner * len(mentions.classes) + mentions.cls
    found: Codes = RIVALS[np.minimum(np.bincount(of)[of], len(RIVALS) - 1)]
    return found


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
