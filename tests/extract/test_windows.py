"""The words around and between mentions, read for all at once, are those that stand there."""

from __future__ import annotations

from itertools import pairwise
from zlib import crc32

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from commons_graph.extract.codes import code, joined
from commons_graph.extract.records import LocalEntity, Mention
from commons_graph.extract.relation.cues import Cues
from commons_graph.extract.relation.ends import STEM
from commons_graph.extract.relation.layout import lay_out
from commons_graph.extract.relation.windows import Windows
from commons_graph.extract.tokens import tokens_of
from commons_graph.extract.word_kinds import KINDS as CODES
from commons_graph.extract.word_kinds import WordKinds
from commons_graph.model import Block, Document

KINDS = WordKinds(np.array([crc32(b"twenty")], dtype=np.uint32), np.array([3], np.uint16), np.zeros(4, np.uint8))
TEXT = "The Lab met Ada Roy in Lyon on Monday, with twenty friends of the river and of its banks."


def windows() -> tuple[Windows, list[int]]:
    """Give the windows of a small document and the numbers of its words."""
    page = Document("d", "s", "https://s.example/", "Lab", TEXT, (Block("paragraph", 0, len(TEXT)),), (), "en", "page")
    lab = LocalEntity("lab", "Lab", "Organization", (Mention(4, 7),))
    layout = lay_out(page, tokens_of(page), lab, [lab], (), Cues.of({}), KINDS)
    return Windows([layout]), [code(word[:STEM]) for word in layout.tokens.folded]


def whole(words: list[int]) -> int:
    """Give few words as one number."""
    found = code("between") if len(words) < 5 else code("between long")
    for word in words if len(words) < 5 else []:
        found = joined(found, word)
    return found


@settings(deadline=None, max_examples=60)
@given(first=st.integers(0, 22), size=st.integers(-2, 22))
def test_what_stands_between_is_read_whole_or_at_both_ends(first: int, size: int) -> None:
    read, words = windows()
    last = min(first + size, len(words))
    inside = words[first:last] if last > first else []
    kinds = [int(CODES[3 if word == code("twenty"[:STEM]) else 0]) for word in inside]
    want = [whole(inside), whole(kinds)]
    if len(inside) > 16:
        want += [joined(code("b"), kind) for kind in (*kinds[:8], *kinds[-8:])]
        inside = [*inside[:8], code("between long"), *inside[-8:]]
    else:
        want += [joined(code("b"), kind) for kind in kinds]
    want += [joined(code("b"), word) for word in inside]
    want += [joined(joined(code("b two"), one), other) for one, other in pairwise(inside)]
    found = read.between(np.array([first]), np.array([last]))
    assert sorted(found.values.tolist()) == sorted(want)
