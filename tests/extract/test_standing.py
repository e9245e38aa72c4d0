"""What stands between two mentions and beside them in their sentence is counted as one counts it by hand."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from commons_graph.extract.codes import joined
from commons_graph.extract.records import LocalEntity, Mention
from commons_graph.extract.relation.cues import Cues
from commons_graph.extract.relation.layout import lay_out
from commons_graph.extract.relation.mentions import Mentions
from commons_graph.extract.relation.standing import BOTH, FIRST, LAST, MOST, OF_ALL, OF_LEFT, OF_RIGHT, Standing
from commons_graph.extract.relation.windows import Spots, Windows
from commons_graph.extract.tokens import tokens_of
from commons_graph.extract.word_kinds import WordKinds
from commons_graph.model import Block, Document

KINDS = WordKinds(np.zeros(0, dtype=np.uint32), np.zeros(0, np.uint16), np.zeros(4, np.uint8))
NAMES = ("Ada Roy", "Lyon", "Lab", "Bo Sun", "Paris")
CLASSES = {"Ada Roy": "Person", "Bo Sun": "Person", "Lyon": "Place", "Paris": "Place", "Lab": "Organization"}


def told(pieces: list[str], left: int, right: int) -> tuple[list[int], list[int]]:
    """Give what is said of two of the names in a text, and what it should be."""
    text = " met ".join(pieces)
    starts = [sum(len(each) + 5 for each in pieces[:number]) for number in range(len(pieces))]
    page = Document("d", "s", "https://s.example/", "Lab", text, (Block("paragraph", 0, len(text)),), (), "en", "page")
    entities = []
    for name in dict.fromkeys(each.rstrip(".") for each in pieces):
        at = [start for start, each in zip(starts, pieces, strict=True) if each.rstrip(".") == name]
        spans = tuple(Mention(start, start + len(name)) for start in at)
        entities.append(LocalEntity(name, name, CLASSES[name], spans))  # type: ignore[arg-type]
    layout = lay_out(page, tokens_of(page), entities[0], entities, (), Cues.of({}), KINDS)
    mentions = Mentions.of([layout])
    standing = Standing(mentions, Spots.of(mentions), Windows([layout]))
    got = standing.between(np.array([left]), np.array([right]))
    classes = [CLASSES[each.rstrip(".")] for each in pieces]
    inner = classes[left + 1 : right]
    first = max((number + 1 for number in range(left) if pieces[number].endswith(".")), default=0)
    last = next((number for number in range(right, len(pieces)) if pieces[number].endswith(".")), len(pieces) - 1)
    like = [min(inner.count(classes[each]), MOST) for each in (left, right)]
    beside = (FIRST[min(left - first, MOST)], LAST[min(last - right, MOST)])
    both = joined(joined(int(BOTH[0]), int(OF_LEFT[like[0]])), int(OF_RIGHT[like[1]]))
    wanted = [OF_LEFT[like[0]], OF_RIGHT[like[1]], OF_ALL[min(len(inner), MOST)], *beside, both]
    return list(map(int, got.values)), list(map(int, wanted))


@settings(deadline=None, max_examples=80)
@given(data=st.data(), ends=st.lists(st.booleans(), min_size=7, max_size=7))
def test_mentions_are_counted_between_and_beside(data: st.DataObject, ends: list[bool]) -> None:
    names = data.draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=7))
    pieces = [name + "." * end for name, end in zip(names, ends, strict=False)]
    left = data.draw(st.integers(0, len(pieces) - 2))
    right = data.draw(st.integers(left + 1, len(pieces) - 1))
    got, wanted = told(pieces, left, right)
    assert got == wanted
