"""Events that a text tells by what they are, without a name: "les 29 et 30 janvier … un séminaire".

What belongs here: an event noun with its determiner in a sentence that gives a day. What does not: the nouns
(ontology/lexicon/heads.yaml), and events that have a name (`candidates`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

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
    taken = [mention.start for entity in entities if entity.cls == EVENT for mention in entity.mentions]
    done = -1
    for dated in dates:
        first, last = _sentence(reading, dated.start)
        if len(dated.iso) < DAY or first <= done or _any_inside(reading, first, last, taken):
            continue
        found = next(_nouns(reading, heads, first, last), None)
        if found:
            done = first
            yield found


def _sentence(reading: Reading, offset: int) -> tuple[int, int]:
    """Give the tokens of the sentence around an offset, inside its block."""
    tokens = reading.tokens
    block = next(each for each in reversed(reading.document.blocks) if each.start <= offset)
    first, last = tokens.span(block.start, block.end)
    at, _ = tokens.span(offset, offset + 1)
    begin = next((i + 1 for i in range(at - 1, first - 1, -1) if tokens.words[i] in SENTENCE_END), first)
    end = next((i for i in range(at, last) if tokens.words[i] in SENTENCE_END), last)
    return begin, end


def _any_inside(reading: Reading, first: int, last: int, offsets: Iterable[int]) -> bool:
    start, end = reading.tokens.starts[first], reading.tokens.ends[last - 1]
    return any(start <= offset < end for offset in offsets)


def _nouns(reading: Reading, heads: Heads, first: int, last: int) -> Iterator[Introduced]:
    tokens = reading.tokens
    for at in range(first + 1, last):
        if DETERMINER.fullmatch(tokens.folded[at - 1]) and tokens.shapes[at] == LOWER:
            kind, length = heads.first(tokens.folded[at : min(at + 4, last)], EVENT)
            if length:
                yield Introduced(at, _end(reading, at + length, last), EVENT, kind)


def _end(reading: Reading, position: int, last: int) -> int:
    """Give where the noun's group ends: "séminaire de lancement" is one, "séminaire de la commune" is not."""
    tokens = reading.tokens
    more = position + 1 < last and tokens.folded[position] in OF and tokens.shapes[position + 1] == LOWER
    return position + 2 if more and not DETERMINER.fullmatch(tokens.folded[position + 1]) else position
