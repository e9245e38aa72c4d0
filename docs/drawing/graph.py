"""The picture of the graph: boxes for entities, curves with names for relations, a legend.

What belongs here: lines, their names, and putting all together. What does not: choosing (`excerpt`), placing boxes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from commons_graph.project import find
from commons_graph.publish import choose
from drawing.excerpt import Edge, Node, excerpt
from drawing.placing import GAP, LEFT, LINE, TOP, WIDE, boxes, columns, lines
from drawing.svg import PALE, Box, curve, rectangle, save, words

COLOURS = {
    "Group": "#cfe8cf",
    "Organization": "#cfe0f5",
    "Person": "#fbe3b8",
    "Project": "#e6d5f2",
    "Event": "#f7cfd0",
}
ALONG = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.12, 0.88)
"""Where along a line its name is tried, from its start (0) to its end (1)."""
Point = tuple[float, float]
Line = tuple[Point, Point, Point, Point]


def draw(label: str = "") -> str:
    """Draw graph.svg from the newest release of the project; give where it is."""
    nodes, edges = excerpt(choose.one(find(), None), label)
    found = columns(nodes, edges)
    placed = boxes(found)
    low = max(box.y + box.height for box in placed.values())
    parts = [*_lines(edges, placed), *_nodes(nodes, placed), *_legend({node.cls for node in nodes}, low + 40)]
    width = LEFT * 2 + len(found) * WIDE + (len(found) - 1) * GAP
    return str(save("graph.svg", f"Around {nodes[0].label}", width, low + TOP + 52, parts))


def _nodes(nodes: Sequence[Node], placed: Mapping[str, Box]) -> Iterator[str]:
    for number, node in enumerate(nodes):
        box = placed[node.entity]
        yield rectangle(box, COLOURS[node.cls], "#223" if number == 0 else "#99a")
        for row, line in enumerate(lines(node.label)):
            weight = 'font-weight="bold"' if number == 0 else ""
            yield words(box.x + WIDE / 2, box.y + 18 + row * LINE, line, 12, weight)


def _legend(classes: set[str], y: float) -> Iterator[str]:
    for number, cls in enumerate(name for name in COLOURS if name in classes):
        yield rectangle(Box(LEFT + number * 140, y - 12, 18, 14), COLOURS[cls])
        yield words(LEFT + 26 + number * 140, y, cls, 12, 'text-anchor="start"')


def _lines(edges: Sequence[Edge], placed: Mapping[str, Box]) -> Iterator[str]:
    """Give the curves, then their names where there is room for them."""
    drawn = [(edge, _line(edge, edges, placed)) for edge in edges]
    for _, (start, first, second, end) in drawn:
        yield curve(f"M{_at(start)} C{_at(first)} {_at(second)} {_at(end)}", 'opacity="0.65"')
    taken = list(placed.values())
    for edge, line in drawn:
        for along in ALONG:
            x, y = _on(line, along)
            space = Box(x - len(edge.name) * 2.9, y - 9, len(edge.name) * 5.8, 12)
            if not any(space.meets(other) for other in taken):
                taken.append(space)
                yield words(x, y, edge.name, 9, f'fill="{PALE}" stroke="#fff" stroke-width="3" paint-order="stroke"')
                break


def _line(edge: Edge, edges: Sequence[Edge], placed: Mapping[str, Box]) -> Line:
    """Give a curve between the facing sides of two boxes; within one column it bulges to the right."""
    start, end = placed[edge.subject], placed[edge.object]
    y, z = _port(edge.subject, edge, edges, placed), _port(edge.object, edge, edges, placed)
    if start.x == end.x:
        out = start.right + 26 + abs(y - z) / 8
        return (start.right, y), (out, y), (out, z), (end.right + 2, z)
    ahead = start.x < end.x
    x, w = (start.right, end.x - 2) if ahead else (start.x, end.right + 2)
    bend = (w - x) / 2
    return (x, y), (x + bend, y), (w - bend, z), (w, z)


def _port(entity: str, edge: Edge, edges: Sequence[Edge], placed: Mapping[str, Box]) -> float:
    """Give the height at which a line leaves a box: those of one side stand apart, in the order of their other ends."""
    box = placed[entity]
    side = [each for each in edges if entity in (each.subject, each.object)]
    side = [each for each in side if _leftward(entity, each, placed) == _leftward(entity, edge, placed)]
    order = sorted(side, key=lambda each: (placed[_other(entity, each)].middle, each.name))
    return box.y + box.height * (order.index(edge) + 1) / (len(side) + 1)


def _leftward(entity: str, edge: Edge, placed: Mapping[str, Box]) -> bool:
    return placed[_other(entity, edge)].x < placed[entity].x


def _other(entity: str, edge: Edge) -> str:
    return edge.object if edge.subject == entity else edge.subject


def _on(line: Line, along: float) -> Point:
    """Give the point of a cubic curve at a share of its way."""
    back = 1 - along
    weights = (back**3, 3 * back * back * along, 3 * back * along * along, along**3)
    return (
        sum(weight * point[0] for weight, point in zip(weights, line, strict=True)),
        sum(weight * point[1] for weight, point in zip(weights, line, strict=True)) + 3,
    )


def _at(point: Point) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"
