"""Takes e-mail addresses and telephone numbers out of a document, before anything is kept of it.

What belongs here: moving the offsets of blocks and marks behind what is taken out. What does not: finding it
(`commons_graph.personal`).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from commons_graph.model import Block, Mark
from commons_graph.personal import INSTEAD, Cut, clean, cuts, replaced


def redact(text: str, blocks: list[Block], marks: list[Mark]) -> tuple[str, list[Block], list[Mark]]:
    """Give text, blocks and marks without e-mail addresses and telephone numbers, at their new places.

    A mark over nothing else is dropped, and so is one whose target holds an address of either kind.
    """
    marks = [mark for mark in marks if not mark.target or mark.kind == "web" or clean(mark.target) == mark.target]
    if not (found := cuts(text)):
        return text, blocks, marks
    moved = Moved(found)
    text = replaced(text, found)
    blocks = [replace(block, start=moved(block.start), end=moved(block.end, True)) for block in blocks]
    marks = [replace(mark, start=moved(mark.start), end=moved(mark.end, True)) for mark in marks]
    return text, blocks, [mark for mark in marks if text[mark.start : mark.end] not in INSTEAD]


class Moved:
    """Where an offset of the old text lies in the new one."""

    def __init__(self, cuts: list[Cut]) -> None:
        self.cuts = cuts
        self.starts = [cut.start for cut in cuts]
        self.shifts = [0]
        for cut in cuts:
            self.shifts.append(self.shifts[-1] + len(cut.instead) - (cut.end - cut.start))

    def __call__(self, offset: int, ends: bool = False) -> int:
        """Give the new offset; one inside a cut goes to the cut's start, or to its end where a span `ends`."""
        number = bisect_right(self.starts, offset)
        if number and offset < (cut := self.cuts[number - 1]).end and (offset > cut.start or not ends):
            return cut.start + self.shifts[number - 1] + (len(cut.instead) if ends else 0)
        if number and ends and offset == self.cuts[number - 1].start:
            number -= 1
        return offset + self.shifts[number]
