"""The items and mentions of documents that are read together, numbered through, one document behind the other.

What belongs here: numbers and places, as arrays. What does not: where a mention stands (`layout`), and which of them
meet (`candidates`).
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from commons_graph.extract.relation.layout import Item, Layout
from commons_graph.extract.segments import Ints

Flags = NDArray[np.bool_]
PLACE = attrgetter("start", "end", "block", "sentence", "first", "last")


@dataclass(frozen=True, slots=True)
class Mentions:
    """All mentions in text order, a row each: `layout.Place`, with `item` and `document` numbered through.

    Of each item (`items`, in the order of their documents) there are its `owner`, which is the number of its document,
    its class as a number in `classes`, and its first mention (`heads`, -1 without any).
    """

    layouts: Sequence[Layout]
    items: list[Item]
    owner: Ints
    classes: list[str]
    cls: Ints
    heads: Ints
    document: Ints
    item: Ints
    start: Ints
    end: Ints
    block: Ints
    sentence: Ints
    first: Ints
    last: Ints

    @classmethod
    def of(cls, layouts: Sequence[Layout]) -> Mentions:
        """Number the items and mentions of documents."""
        items = [item for layout in layouts for item in layout.items]
        owner = np.repeat(np.arange(len(layouts)), [len(layout.items) for layout in layouts])
        classes = list(dict.fromkeys(item.cls for item in items))
        numbers = {name: number for number, name in enumerate(classes)}
        counts = np.array([len(item.places) for item in items], dtype=np.int64)
        told = np.array([PLACE(place) for item in items for place in item.places], dtype=np.int64).reshape(-1, 6)
        whose = np.repeat(np.arange(len(items)), counts)
        order = np.lexsort((told[:, 0], owner[whose]))
        number = np.empty_like(order)
        number[order] = np.arange(len(order))
        heads = np.full(len(items), -1)
        heads[counts > 0] = number[(np.cumsum(counts) - counts)[counts > 0]]
        of_items = np.array([numbers[item.cls] for item in items], dtype=np.int64)
        return cls(layouts, items, owner, classes, of_items, heads, owner[whose][order], whose[order], *told[order].T)

    def table(self, allowed: Container[tuple[str, str]]) -> Flags:
        """Say of each two classes whether they are among the allowed ones."""
        told = [[(one, other) in allowed for other in self.classes] for one in self.classes]
        return np.array(told, dtype=np.bool_).reshape(len(self.classes), len(self.classes))


def begins(sizes: Sequence[int]) -> Ints:
    """Give where each part begins when parts of these sizes follow each other."""
    found: Ints = np.cumsum([0, *sizes])[:-1]
    return found
