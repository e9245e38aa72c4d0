"""Names in small letters: pairs of words of the field, what head nouns announce, words that end as ideas do.

What belongs here: hints from the words themselves, in one pass whose work is bounded by the text's length. What does
not: terms of the scheme (`concepts`), and names with capitals (`capitals`).
"""

from __future__ import annotations

from collections.abc import Iterator

from commons_graph.extract.concepts import Concepts
from commons_graph.extract.names.capitals import NAMING, Hint
from commons_graph.extract.names.heads import Heads
from commons_graph.extract.names.words import ADJECTIVE, JOINING, OPENING
from commons_graph.extract.per_word import PerWord
from commons_graph.extract.tokens import Tokens
from commons_graph.extract.vocabulary import LOWER, NUMBER, Vocabulary

SHORT = 4
"""Letters from which on a word may say something."""
OF = frozenset(("de", "d'", "du", "des", "of"))
IDEAS = ("isme", "ism", "isation", "ization", "cratie", "cracy", "logie", "logy", "arité", "ivité", "ivity", "arity")
LONG = 8
"""Letters of a word that ends as ideas do."""
REACH = 10
"""Tokens behind a head noun that may belong to its name."""
MODIFIERS = 3
"""Tokens before an English head noun that may."""


def phrases(tokens: Tokens, concepts: Concepts, heads: Heads) -> Iterator[Hint]:
    """Give the hints of a text."""
    telling: list[int] = TELLING.of(tokens).tolist()
    for at in concepts.holds.places(tokens):
        if telling[at]:
            yield from _pairs(tokens, telling, at)
    yield from ((at, at + 1, "idea") for at in IDEA.places(tokens))
    for at, length, _ in heads.places(tokens):
        yield from _announced(tokens, telling, at, at + length)


def _telling(words: Vocabulary, rows: slice) -> list[bool]:
    """Say which words are small ones that may say something."""
    shaped = zip(words.folded[rows], words.shapes[rows].tolist(), strict=True)
    return [
        shape == LOWER and len(word) >= SHORT and word not in JOINING and word not in OPENING for word, shape in shaped
    ]


def _idea(words: Vocabulary, rows: slice) -> list[bool]:
    """Say which small words end as ideas do."""
    told = zip(words.folded[rows], _telling(words, rows), strict=True)
    return [telling and len(word) >= LONG and word.endswith(IDEAS) for word, telling in told]


TELLING, IDEA = PerWord(_telling), PerWord(_idea)


def _pairs(tokens: Tokens, telling: list[int], at: int) -> Iterator[Hint]:
    """Give a word of the field with the word before and behind it, and across "de" or "of"."""
    if at + 1 < len(tokens) and telling[at + 1]:
        yield at, at + 2, "phrase"
    elif at + 2 < len(tokens) and tokens.folded[at + 1] in OF and telling[at + 2]:
        yield at, at + 3, "phrase"
    if at and telling[at - 1]:
        yield at - 1, at + 1, "phrase"
    elif at > 1 and tokens.folded[at - 1] in OF and telling[at - 2]:
        yield at - 2, at + 1, "phrase"


def _announced(tokens: Tokens, telling: list[int], first: int, last: int) -> Iterator[Hint]:
    """Give a head noun with what follows it, up to each joint, and with the words before it."""
    small = tokens.shapes[first] == LOWER
    end = last
    while end < min(len(tokens), last + REACH) and not tokens.initial[end]:
        joint = tokens.folded[end] in JOINING
        if not (joint or telling[end] or tokens.shapes[end] in NAMING or tokens.shapes[end] == NUMBER):
            break
        if end == last and telling[end] and not ADJECTIVE.search(tokens.folded[end]):
            break  # "le groupe réunit des gens"
        if joint and end > last and tokens.folded[end - 1] not in JOINING:
            yield first, end, "announced"
        end += 1
    if end > last and tokens.folded[end - 1] not in JOINING:
        yield first, end, "announced"
    if small:
        yield from _modified(tokens, telling, first, last)


def _modified(tokens: Tokens, telling: list[int], first: int, last: int) -> Iterator[Hint]:
    for back in range(1, MODIFIERS + 1):
        at = first - back
        if at < 0 or tokens.initial[at + 1] or not (telling[at] or tokens.shapes[at] in NAMING):
            break
        yield at, last, "modified"
