"""What stands right before and behind a mention, and what kind of block it stands in.

What belongs here: features of one mention's place. What does not: its form (`features`), other candidates (`around`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from commons_graph.extract.codes import code, joined
from commons_graph.extract.names.candidates import Reading, Spot

STEM = 8
REACH = 3
BEFORE = tuple(code(f"before {at}") for at in range(REACH))
AFTER = tuple(code(f"after {at}") for at in range(REACH))
TWO_BEFORE, TWO_AFTER = code("two before"), code("two after")


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """A document's words as numbers, and what is known of its blocks."""

    reading: Reading
    stems: list[int]
    starts: list[int]
    blocks: dict[int, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, reading: Reading) -> Context:
        """Number the words of a document."""
        stems = [code(word[:STEM]) for word in reading.tokens.folded]
        return cls(reading, stems, [block.start for block in reading.document.blocks])

    def features(self, spot: Spot) -> Iterator[int]:
        """Give the features of one mention."""
        tokens, stems = self.reading.tokens, self.stems
        before = stems[max(spot.first - REACH, 0) : spot.first][::-1]
        after = stems[spot.last : spot.last + REACH]
        yield from map(joined, BEFORE, before)
        yield from map(joined, AFTER, after)
        yield joined(joined(TWO_BEFORE, before[1] if len(before) > 1 else 0), before[0] if before else 0)
        yield joined(joined(TWO_AFTER, after[0] if after else 0), after[1] if len(after) > 1 else 0)
        yield code(f"initial {tokens.initial[spot.first]}")
        bracket = spot.first > 0 and tokens.words[spot.first - 1] == "("
        yield code(f"bracket {bracket} {tokens.words[spot.last] == '(' if spot.last < len(tokens) else False}")
        number = max(bisect_right(self.starts, tokens.starts[spot.first]) - 1, 0)
        block = self.reading.document.blocks[number]
        alone = tokens.starts[spot.first] == block.start and tokens.ends[spot.last - 1] == block.end
        yield code(f"alone {alone} {block.kind}")
        if number not in self.blocks:
            self.blocks[number] = list(map(code, self._block(number)))
        yield from self.blocks[number]

    def _block(self, number: int) -> Iterator[str]:
        blocks = self.reading.document.blocks
        block = blocks[number]
        yield f"block {block.kind} {block.name.lower()[:15]}"
        yield f"early {min(number, 4) if number < 4 else 5 if number < 10 else 6}"
        heading = next((blocks[at] for at in range(number, -1, -1) if blocks[at].kind == "heading"), None)
        if heading is not None and heading is not block:
            low, high = self.reading.tokens.span(heading.start, heading.end)
            yield from (f"below {word[:8]}" for word in self.reading.tokens.folded[low : min(high, low + 4)])
