"""The tokens of a document: words, punctuation and where they stand, in one linear pass.

What belongs here: cutting a text into tokens and naming their shapes. What does not: anything that knows names.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from commons_graph.model import Document

# elisions ("l'", "qu'") | initials ("J.", "U.S.") | words with inner hyphens, dots, ampersands | one other sign
TOKEN = re.compile(
    r"(?:[cdjlmnstCDJLMNST]|[Qq]u|[Ll]orsqu|[Jj]usqu|[Pp]uisqu|[Aa]ujourd)['’](?=\w)"
    r"|(?:[A-ZÀ-Þ]\.){2,}|[A-ZÀ-Þ]\.(?=\s[A-ZÀ-Þ])"
    r"|\w+(?:(?:[-.&+/_]|::)\w+)*(?:\+\+|#)?"
    r"|\S"
)
LOWER, CAPITAL, UPPER, MIXED, NUMBER, SIGN = range(6)
SENTENCE_END = frozenset(".!?…:;")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Parallel lists, one entry a token: its text, folded form, offsets, shape and whether a sentence starts there."""

    words: list[str]
    folded: list[str]
    starts: list[int]
    ends: list[int]
    shapes: list[int]
    initial: list[bool]

    def __len__(self) -> int:
        return len(self.words)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the tokens, as a half-open range, that lie within two offsets of the text."""
        return bisect_left(self.starts, start), bisect_right(self.ends, end)


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Give a word without case and accents, as names are compared.

    >>> fold("Économie"), fold("L’")
    ('economie', "l'")
    """
    if word.isascii():
        return word.casefold()
    text = unicodedata.normalize("NFKD", word.replace("’", "'")).casefold()
    return "".join(sign for sign in text if not unicodedata.combining(sign))


@lru_cache(maxsize=200_000)
def shape(word: str) -> int:
    """Give a word's shape: one of LOWER, CAPITAL, UPPER, MIXED ("iPhone", "OpenShot"), NUMBER, SIGN."""
    if not word[0].isalnum():
        return SIGN
    if word.isdigit():
        return NUMBER
    if word.islower():
        return LOWER
    if word.isupper():
        return UPPER if len(word.strip(".")) > 1 else CAPITAL
    capital = word[0].isupper() and (word[1:].islower() or "-" in word)
    return CAPITAL if capital else MIXED


@lru_cache(maxsize=1)
def tokens_of(document: Document) -> Tokens:
    """Give the tokens of a document, in whose blocks sentences start; the last document's are kept at hand."""
    return tokenise(document.text, (block.start for block in document.blocks))


def tokenise(text: str, breaks: Iterable[int]) -> Tokens:
    """Cut a text into tokens; `breaks` are offsets where a sentence starts whatever stands before (block starts)."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in TOKEN.finditer(text):
        words.append(match[0])
        starts.append(match.start())
        ends.append(match.end())
    forced = set(breaks)
    initial = [
        start in forced or i == 0 or words[i - 1] in SENTENCE_END or "\n" in text[ends[i - 1] : start]
        for i, start in enumerate(starts)
    ]
    return Tokens(words, [fold(w) for w in words], starts, ends, [shape(w) for w in words], initial)
