"""Events that a text tells by what they are, without a name: "les 29 et 30 janvier … un séminaire".

What belongs here: an event noun with its determiner in a sentence that gives a day. What does not: the nouns
(ontology/lexicon/heads.yaml), and events that have a name (`candidates`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from commons_graph.extract.dates import Dated
from commons_graph.extract.names.candidates import Reading
from commons_graph.extract.names.heads import Heads
from commons_graph.extract.names.introduced import Introduced
from commons_graph.extract.records import LocalEntity
from commons_graph.extract.vocabulary import LOWER
from commons_graph.model import EntityClass

EVENT: EntityClass = "Event"
DETERMINER = re.compile(
    r"une?|l[ea]|l'|notre|votre|son|sa|ce|cet(?:te)?|an?|the|our|this"
    r"|prochaine?|premi[eè]re?|seconde?|derni[eè]re?|next|first|last"
)
OF = frozenset(("de", "d'", "of"))
DAY = len("2025-01-29")
SENTENCE_END = frozenset(".!?…")


def described(
    reading: Reading, heads: Heads, dates: Iterable[Dated], entities: Sequence[LocalEntity]
) -> Iterator[Introduced]:
    """Give the events of sentences that have a day and no other event, at most one a sentence."""
    days = [each.start for each in dates if len(each.iso) >= DAY]
    if not days:
        return
    taken = sorted(mention.start for entity in entities if entity.cls == EVENT for mention in entity.mentions)
    for first, last in dict.fromkeys(_sentences(reading, days)):
        if not _any_inside(reading, first, last, taken):
            yield from islice(_nouns(reading, heads, first, last), 1)


def _sentences(reading: Reading, offsets: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Give the tokens of the sentence around each offset, inside its block."""
    tokens = reading.tokens
    starts = [block.start for block in reading.document.blocks]
    ends = [at for at, word in enumerate(tokens.words) if word in SENTENCE_END]
    for offset in offsets:
        block = reading.document.blocks[bisect_right(starts, offset) - 1]
        first, last = tokens.span(block.start, block.end)
        at, _ = tokens.span(offset, offset + 1)
        behind = bisect_left(ends, at)
        begin = max(first, ends[behind - 1] + 1) if behind else first
        yield begin, min([last, *ends[behind : behind + 1]])


def _any_inside(reading: Reading, first: int, last: int, offsets: Sequence[int]) -> bool:
    start, end = reading.tokens.starts[first], reading.tokens.ends[last - 1]
    return bisect_left(offsets, start) < bisect_left(offsets, end)


def _nouns(reading: Reading, heads: Heads, first: int, last: int) -> Iterator[Introduced]:
    tokens = reading.tokens
    for at in range(first + 1, last):
        if DETERMINER.fullmatch(tokens.folded[at - 1]) and tokens.shapes[at] == LOWER:
            kind, length = heads.first(tokens.stems[at : min(at + 4, last)], EVENT)
            if length:
                yield Introduced(at, _end(reading, at + length, last), EVENT, kind)


def _end(reading: Reading, position: int, last: int) -> int:
    """Give where the noun's group ends: "séminaire de lancement" is one, "séminaire de la commune" is not."""
    tokens = reading.tokens
    more = position + 1 < last and tokens.folded[position] in OF and tokens.shapes[position + 1] == LOWER
    return position + 2 if more and not DETERMINER.fullmatch(tokens.folded[position + 1]) else position
