"""Builds a document's text, blocks and marks, so that their offsets always fit.

What belongs here: white space, joining, offsets, and taking addresses of people out before an offset is fixed. What
does not: any markup.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from commons_graph.errors import CommonsError
from commons_graph.model import Block, BlockKind, Mark, MarkKind
from commons_graph.normalise.privacy import redact

MOST = 20_000_000
Target = tuple[MarkKind, str]


@dataclass(slots=True)
class Line:
    """The text of one block while it is being read, with its marks; white space is folded as it comes."""

    parts: list[str] = field(default_factory=list)
    marks: list[tuple[MarkKind, int, int, str]] = field(default_factory=list)
    length: int = 0
    open: dict[MarkKind, int] = field(default_factory=dict)

    def add(self, text: str, target: Target | None = None) -> None:
        """Add text, as a link to the target where one is given."""
        words = text.split()
        if not words:
            self._space(text)
            return
        self._space(text[:1])
        start = self.length
        joined = unicodedata.normalize("NFC", " ".join(words))
        self._put(joined)
        if target:
            self.marks.append((target[0], start, self.length, target[1]))
        self._space(text[-1:])

    def toggle(self, emphasis: str) -> None:
        """Start or end bold, italic or both."""
        for kind in ("bold", "italic") if emphasis == "both" else (emphasis,):
            if kind in self.open:
                start = self.open.pop(kind)
                if self.length > start:
                    self.marks.append((kind, start, self.length, ""))
            else:
                self.open[kind] = self.length

    def _space(self, edge: str) -> None:
        if edge.isspace() and self.length and not self.parts[-1].endswith(" "):
            self._put(" ")

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


@dataclass(slots=True)
class Builder:
    """A document while it is being read. The title is its first block."""

    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    length: int = 0

    def add(self, kind: BlockKind, line: Line, level: int = 0, name: str = "") -> None:
        """Add a block; an empty one is left out. Raises `CommonsError` when the text gets too long."""
        text = "".join(line.parts).rstrip()
        text, marks = redact(text, line.marks)
        if not text.strip():
            return
        if self.length + len(text) > MOST:
            raise CommonsError("document", f"has more than {MOST} characters", "leave it out, or split it")
        start = self.length + (1 if self.parts else 0)
        self.parts.append(text)
        self.length = start + len(text)
        self.blocks.append(Block(kind, start, self.length, level, name))
        for mark, left, right, target in marks:
            if left < (right := min(right, len(text))):
                self.marks.append(Mark(mark, start + left, start + right, target))

    def add_text(self, kind: BlockKind, text: str, level: int = 0, name: str = "") -> None:
        """Add a block of plain text."""
        line = Line()
        line.add(text)
        self.add(kind, line, level, name)

    @property
    def text(self) -> str:
        """The text so far: blocks joined by line ends."""
        return "\n".join(self.parts)
