"""The words around and between mentions, read for all at once, are those that stand there."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from commons_graph.extract.codes import code, joined
from commons_graph.extract.records import LocalEntity, Mention
from commons_graph.extract.relation.cues import Cues
from commons_graph.extract.relation.layout import lay_out
from commons_graph.extract.relation.windows import STEM, Windows
from commons_graph.model import Block, Document

TEXT = "The Lab met Ada Roy in Lyon on Monday, with twenty friends of the river and of its banks."


def windows() -> tuple[Windows, list[int]]:
    """Give the windows of a small document and the numbers of its words."""
    page = Document("d", "s", "https://s.example/", "Lab", TEXT, (Block("paragraph", 0, len(TEXT)),), (), "en", "page")
    lab = LocalEntity("lab", "Lab", "Organization", (Mention(4, 7),))
    layout = lay_out(page, lab, [lab], (), Cues({}))
    return Windows(layout), [code(word[:STEM]) for word in layout.tokens.folded]


@settings(deadline=None, max_examples=60)
@given(first=st.integers(0, 22), size=st.integers(-2, 22))
def test_what_stands_between_is_read_whole_or_at_both_ends(first: int, size: int) -> None:
    read, words = windows()
    last = min(first + size, len(words))
    inside = words[first:last] if last > first else []
    whole = code("between") if len(inside) < 5 else code("between long")
    for word in inside if len(inside) < 5 else []:
        whole = joined(whole, word)
    if len(inside) > 16:
        inside = [*inside[:8], code("between long"), *inside[-8:]]
    want = [whole, *(joined(code("b"), word) for word in inside)]
    want += [joined(joined(code("b two"), one), other) for one, other in pairwise(inside)]
    found = read.between(np.array([first]), np.array([last]))
    assert sorted(found.values.tolist()) == sorted(want)
