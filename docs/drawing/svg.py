"""SVG as text: boxes, lines of words, curves, and the file around them.

What does not belong here: what is drawn, and where.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

PICTURES = Path(__file__).parents[1] / "pictures"
INK, PALE = "#223", "#667"
HEAD = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"
 font-family="DejaVu Sans, Verdana, sans-serif" role="img" aria-label="{title}">
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
<path d="M0,0 L8,4 L0,8 z" fill="#667"/></marker></defs>
<rect width="{width}" height="{height}" fill="#ffffff"/>
"""


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the picture: left upper corner and size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.y + self.height / 2

    @property
    def right(self) -> float:
        """Where its right side is."""
        return self.x + self.width

    def meets(self, other: Box, margin: float = 1) -> bool:
        """Say whether two boxes share a point, or nearly."""
        across = self.x < other.right + margin and other.x < self.right + margin
        return across and self.y < other.y + other.height + margin and other.y < self.y + self.height + margin


def words(x: float, y: float, line: str, size: int = 12, more: str = "") -> str:
    """Give a line of text, centred unless `more` says otherwise."""
    anchor = "" if "text-anchor" in more else ' text-anchor="middle"'
    colour = "" if "fill=" in more else f' fill="{INK}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}"{anchor}{colour} {more}>{escape(line)}</text>'


def rectangle(box: Box, fill: str, stroke: str = "#99a") -> str:
    """Give a box with round corners."""
    place = f'x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}"'
    return f'<rect {place} rx="7" fill="{fill}" stroke="{stroke}"/>'


def curve(line: str, more: str = "") -> str:
    """Give a path with a tip at its end."""
    return f'<path d="{line}" fill="none" stroke="{PALE}" marker-end="url(#tip)" {more}/>'


def save(name: str, title: str, width: float, height: float, parts: Iterable[str]) -> Path:
    """Write a picture; give where it is."""
    head = HEAD.format(width=round(width), height=round(height), title=escape(title))
    PICTURES.mkdir(exist_ok=True)
    path = PICTURES / name
    path.write_text(head + "\n".join(parts) + "\n</svg>\n", encoding="utf-8")
    return path
