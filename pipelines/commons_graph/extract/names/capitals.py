"""Names told by their capitals: runs of capitalised words with small joining words inside, and what they may hold.

What belongs here: hints from capitals, in one pass whose work is bounded by the text's length. What does not: judging
them (`features`, `find`), and names in small letters (`phrases`).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from commons_graph.extract.names.words import JOINING, OPENING
from commons_graph.extract.tokens import Tokens
from commons_graph.extract.vocabulary import CAPITAL, LOWER, MIXED, NUMBER, SIGN, UPPER

LONGEST = 14
PARTS = 5
NAMING = frozenset((CAPITAL, UPPER, MIXED))
IS_NAMING = np.array([shape in NAMING for shape in range(SIGN + 1)], dtype=np.bool_)
"""The same by shape, for many words at once."""
Hint = tuple[int, int, str]
"""A half-open range of tokens, and what hints at a name there."""


def capitalised(tokens: Tokens) -> Iterator[Hint]:
    """Give runs of capitalised words with small joining words inside ("capital"), and what else they may hold."""
    behind, shapes, initial = 0, tokens.shapes, tokens.initial
    for position in np.flatnonzero(IS_NAMING[tokens.vocabulary.shapes[tokens.rows]]).tolist():
        if position < behind or len(tokens.words[position]) < 2:
            continue
        end, ends = position + 1, [position + 1]
        while end < len(shapes) and end - position < LONGEST and not initial[end]:
            shape, word = shapes[end], tokens.folded[end]
            if shape in NAMING or (shape == NUMBER and end == ends[-1]):
                ends.append(end + 1)
            elif not (word in JOINING and (shape == LOWER or word in ("&", "-"))) or end - ends[-1] >= 2:
                break
            end += 1
        yield from _variants(tokens, position, ends)
        behind = ends[-1]


def _variants(tokens: Tokens, first: int, ends: list[int]) -> Iterator[Hint]:
    """Give the run, every run of its parts between joints, and it with the small words that often belong to it."""
    last = ends[-1]
    if tokens.initial[first] and last - first > 1 and _opens(tokens.folded[first]):
        yield first, last, "opened"
        first += 1
        while first < last - 1 and tokens.shapes[first] not in NAMING:
            first += 1
    yield first, last, "capital"
    starts, stops = [first], []
    for position in range(first, last):
        if tokens.folded[position] in JOINING and tokens.shapes[position] not in NAMING:
            if position > starts[-1]:
                stops.append(position)
                starts.append(position + 1)
            else:
                starts[-1] = position + 1
    stops.append(last)
    for at, start in enumerate(starts[:PARTS]):
        for stop in stops[at : at + PARTS]:
            if stop - start < last - first:
                yield start, stop, "part"
    if tokens.initial[first] and last - first > 1 and tokens.shapes[first + 1] in NAMING:
        yield first + 1, last, "part"  # "Yesterday Framasoft said": the sentence's first word may be no name
    yield from _shorter(tokens, first, last)
    for start, stop in _extended(tokens, first, last, starts[-1]):
        yield start, stop, "extended"


def _shorter(tokens: Tokens, first: int, last: int) -> Iterator[Hint]:
    """Give what a run without joints at its ends may hold: a role before or behind a name, an acronym, a new sentence.

    "Jérôme Eneau Professeur", "Director Ann Lee", "Thématiques INRIA", "Ann Lee Le 17 mars".
    """
    if last - first > 2 and tokens.shapes[last - 2] in NAMING:
        yield first, last - 1, "part"
    if last - first > 2 and tokens.shapes[first + 1] in NAMING and tokens.folded[first + 1] not in JOINING:
        yield first + 1, last, "part"
        yield first, first + 2, "part"
    for at in {first, last - 1}:
        if last - first > 1 and tokens.shapes[at] == UPPER:
            yield at, at + 1, "part"
    for at in range(first + 2, last):
        if tokens.folded[at] in OPENING and tokens.shapes[at] == CAPITAL:
            yield first, at, "part"
            break


def _opens(folded: str) -> bool:
    """Say whether a sentence's first word has its capital from its place alone: small words, French imperatives."""
    return folded in OPENING or (folded.endswith("ez") and len(folded) > 5)


def _extended(tokens: Tokens, first: int, last: int, tail: int) -> Iterator[tuple[int, int]]:
    """Give the run with a small word behind ("Commission européenne") and small words before ("association X")."""
    if last < len(tokens) and _small(tokens, last):
        yield tail, last + 1
        if tail != first:
            yield first, last + 1
        if last + 1 < len(tokens) and _small(tokens, last + 1):
            yield first, last + 2
    for back in (1, 2, 3):
        if first - back >= 0 and _small(tokens, first - back) and not tokens.initial[first - back + 1]:
            yield first - back, last
        elif first - back < 0 or tokens.folded[first - back] not in JOINING:
            break


def _small(tokens: Tokens, position: int) -> bool:
    return (
        tokens.shapes[position] == LOWER
        and len(tokens.words[position]) > 3
        and tokens.folded[position] not in JOINING
        and not tokens.initial[position]
    )
