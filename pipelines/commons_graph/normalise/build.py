"""Builds a document's text, blocks and marks, so that their offsets always fit.

What belongs here: joining and offsets. What does not: any markup, and what is taken out of texts (`privacy`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from operator import attrgetter, itemgetter
from typing import Literal

from commons_graph.errors import CommonsError
from commons_graph.model import Block, BlockKind, Mark, MarkKind
from commons_graph.normalise.characters import fold
from commons_graph.normalise.privacy import redact
from commons_graph.personal import clean

LONGEST = 20_000_000
_start = attrgetter("start")
Emphasis = Literal["bold", "italic"]


class Line:
    """The text of one block while it is being read, with its marks. It takes folded text (`characters.fold`)."""

    __slots__ = ("length", "marks", "open", "parts", "spaced")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.marks: list[tuple[MarkKind, int, int, str]] = []
        self.length = 0
        self.spaced = True
        self.open: dict[Emphasis, int] = {}

    def add(self, text: str) -> None:
        """Add text; a second space in a row, or one at the start, is dropped."""
        if self.spaced and text.startswith(" "):
            text = text[1:]
        if text:
            self.parts.append(text)
            self.length += len(text)
            self.spaced = text.endswith(" ")

    def link(self, text: str, kind: MarkKind, target: str) -> None:
        """Add text that is a link; without a target it is only text."""
        words = text.strip()
        if text[:1] == " ":
            self.add(" ")
        start = self.length
        self.add(words)
        if target and words:
            self.marks.append((kind, start, self.length, target))
        if text[-1:] == " ":
            self.add(" ")

    def toggle(self, kind: Emphasis) -> None:
        """Start or end bold or italic text."""
        if kind not in self.open:
            self.open[kind] = self.length
            return
        start, end = self.open.pop(kind), self.length - (self.spaced and self.length > 0)
        if start < end:
            self.marks.append((kind, start, end, ""))

    def close(self) -> tuple[str, list[tuple[MarkKind, int, int, str]]]:
        """Give the text without a space at its end, and its marks; emphasis still open ends here."""
        for kind in tuple(self.open):
            self.toggle(kind)
        return "".join(self.parts).rstrip(" "), self.marks


@dataclass(slots=True)
class Builder:
    """A document while it is being read. The title is its first block."""

    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    length: int = 0

    def add(self, kind: BlockKind, line: Line, level: int = 0, name: str = "") -> None:
        """Add a line as a block; an empty one is left out. Raises `CommonsError` when the text gets too long."""
        text, marks = line.close()
        if not text:
            return
        start = self._put(kind, text, level, name)
        if len(marks) > 1:
            marks.sort(key=itemgetter(1))
        for mark, left, right, target in marks:
            left += text[left : left + 1] == " "
            if left < (right := min(right, len(text))):
                self.marks.append(Mark(mark, start + left, start + right, target))

    def add_text(self, kind: BlockKind, text: str, level: int = 0, name: str = "") -> None:
        """Add plain text as a block."""
        if words := fold(text).strip():
            self._put(kind, words, level, name)

    def add_folded(self, kind: BlockKind, text: str) -> None:
        """Add text that is folded and stripped already: the quick way for the many lines without markup."""
        self._put(kind, text, 0, "")

    def keep(self, wanted: Callable[[str], bool]) -> None:
        """Drop the blocks, other than the title, whose text is not wanted."""
        old, text, marks = self.blocks, "\n".join(self.parts), self.marks
        self.parts, self.blocks, self.marks, self.length = [], [], [], 0
        for number, block in enumerate(old):
            if number and not wanted(text[block.start : block.end]):
                continue
            moved = self._put(block.kind, text[block.start : block.end], block.level, block.name) - block.start
            within = marks[bisect_left(marks, block.start, key=_start) : bisect_left(marks, block.end, key=_start)]
            self.marks.extend(replace(mark, start=mark.start + moved, end=mark.end + moved) for mark in within)

    def finish(self) -> tuple[str, tuple[Block, ...], tuple[Mark, ...]]:
        """Give text, blocks and marks, without e-mail addresses and telephone numbers."""
        text, blocks, marks = redact("\n".join(self.parts), self.blocks, self.marks)
        return text, tuple(blocks), tuple(marks)

    def _put(self, kind: BlockKind, text: str, level: int, name: str) -> int:
        start = self.length + (1 if self.parts else 0)
        if start + len(text) > LONGEST:
            raise CommonsError("document", f"has more than {LONGEST} characters", "leave it out, or split it")
        self.parts.append(text)
        self.length = start + len(text)
        self.blocks.append(Block(kind, start, self.length, level, clean(name) if name else ""))
        return start
