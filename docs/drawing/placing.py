"""Where the entities of a picture stand: a column a class, so that labels have room and never overlap.

What belongs here: the order of columns and rows, and boxes. What does not: lines between them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import permutations
from textwrap import wrap

from drawing.excerpt import Edge, Node
from drawing.svg import Box

WIDE, GAP, LINE, TOP, LEFT = 158, 104, 15, 16, 12
ROUNDS = 24


def lines(label: str) -> list[str]:
    """Give a label in lines that fit into a box, three at the most."""
    found = wrap(label, 20, break_long_words=True)
    return found if len(found) <= 3 else [*found[:2], f"{found[2][:18]} …"]


def columns(nodes: Sequence[Node], edges: Sequence[Edge]) -> list[list[Node]]:
    """Give the classes side by side so that relations are short, and each in an order with few crossings."""
    cls = {node.entity: node.cls for node in nodes}
    links = Counter((cls[edge.subject], cls[edge.object]) for edge in edges)

    def length(order: tuple[str, ...]) -> int:
        return sum((order.index(a) - order.index(b)) ** 2 * count for (a, b), count in links.items())

    order = min(permutations(sorted(set(cls.values()))), key=length)
    found = [sorted((node for node in nodes if node.cls == name), key=lambda node: node.label) for name in order]
    for _ in range(ROUNDS):
        for number, column in enumerate(found):
            found[number] = _sorted(column, _heights(found), edges)
    return found


def boxes(found: Sequence[Sequence[Node]]) -> dict[str, Box]:
    """Give each entity's box; columns are spread evenly over the height of the fullest one."""
    sizes = {node.entity: len(lines(node.label)) * LINE + 14 for column in found for node in column}
    tall = max(sum(sizes[node.entity] + 26 for node in column) for column in found)
    placed: dict[str, Box] = {}
    for number, column in enumerate(found):
        space = (tall - sum(sizes[node.entity] for node in column)) / len(column)
        y = TOP + space / 2
        for node in column:
            placed[node.entity] = Box(LEFT + number * (WIDE + GAP), y, WIDE, sizes[node.entity])
            y += sizes[node.entity] + space
    return placed


def _heights(found: Sequence[Sequence[Node]]) -> dict[str, float]:
    return {node.entity: (row + 0.5) / len(column) for column in found for row, node in enumerate(column)}


def _sorted(column: Sequence[Node], heights: Mapping[str, float], edges: Sequence[Edge]) -> list[Node]:
    """Order a column by the mean height of what each entity is related to."""

    def pull(node: Node) -> float:
        ends = [edge.object for edge in edges if edge.subject == node.entity]
        ends += [edge.subject for edge in edges if edge.object == node.entity]
        return sum(heights[end] for end in ends) / len(ends) if ends else heights[node.entity]

    return sorted(column, key=lambda node: (round(pull(node), 6), node.label))
