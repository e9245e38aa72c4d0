"""Every distinct word that was read, looked at once: its forms, its shape, and the numbers that features are made of.

What belongs here: what a word is wherever it stands. What does not: where it stands (`tokens`).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from commons_graph.extract.codes import Codes

LOWER, CAPITAL, UPPER, MIXED, NUMBER, SIGN = range(6)
MOST = 250_000
"""Words, some 100 MB; beyond them a new vocabulary is begun, so that no text makes it grow for ever."""
REMEMBERED = 100_000
"""Forms of words that are asked for outside of a vocabulary."""
LONGEST = 255
"""Letters of a word that are counted."""
STEM, HEAD, FIRST, ENDING, PLAIN, SEVEN, OWN = range(7)
"""The columns of codes: stem, first eight letters, first nine, last three, first word of the plain form, first seven
letters, own form."""


class Vocabulary(dict[str, int]):
    """The row of each word; a word that is new gets the next one. The lists and arrays are read by row."""

    def __init__(self) -> None:
        super().__init__()
        self.folded: list[str] = []
        self.stems: list[str] = []
        self.plain: list[str] = []
        """Words as they stand inside a folded name."""
        self.shapes: NDArray[np.uint8] = np.zeros(1024, dtype=np.uint8)
        self.lengths: NDArray[np.uint8] = np.zeros(1024, dtype=np.uint8)
        self.codes: Codes = np.zeros((1024, OWN + 1), dtype=np.uint32)

    def __missing__(self, word: str) -> int:
        row = self[word] = len(self)
        if row == len(self.shapes):
            self.shapes = np.concatenate((self.shapes, np.zeros_like(self.shapes)))
            self.lengths = np.concatenate((self.lengths, np.zeros_like(self.lengths)))
            self.codes = np.concatenate((self.codes, np.zeros_like(self.codes)))
        folded = fold(word)
        bare, stemmed = _plain(folded), _stem(folded)
        self.folded.append(folded)
        self.stems.append(stemmed)
        self.plain.append(bare)
        self.shapes[row] = shape(word)
        self.lengths[row] = min(len(folded), LONGEST)
        parts = (stemmed, folded[:8], folded[:9], folded[-3:], bare.partition(" ")[0], folded[:7], word)
        self.codes[row] = [crc32(part.encode()) for part in parts]
        return row


_current = [Vocabulary()]


def vocabulary() -> Vocabulary:
    """Give the vocabulary of this process; ask for it once a text, and keep it as long as its rows are used."""
    if len(_current[0]) > MOST:
        _current[0] = Vocabulary()
    return _current[0]


@lru_cache(maxsize=REMEMBERED)
def fold(word: str) -> str:
    """Give a word without case and accents, as names are compared.

    >>> fold("Économie"), fold("L’")
    ('economie', "l'")
    """
    if word.isascii():
        return word.casefold()
    text = unicodedata.normalize("NFKD", word.replace("’", "'")).casefold()
    return "".join(sign for sign in text if not unicodedata.combining(sign))


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


@lru_cache(maxsize=REMEMBERED)
def stem(word: str) -> str:
    """Give a word without case, accents and the endings of plural and feminine forms.

    >>> stem("Coopératives") == stem("coopérative"), stem("locaux") == stem("local")
    (True, True)
    """
    return _stem(fold(word))


def _stem(text: str) -> str:
    if len(text) <= 3 or not text.isalpha():
        return text
    if text.endswith("aux"):
        return text[:-3] + "al"
    if text.endswith("ies"):
        return text[:-3] + "y"
    return text[:-1] if text[-1] in "sx" and not text.endswith("ss") else text


def _plain(text: str) -> str:
    """Give a folded word as it stands inside a folded name: "" for a sign, "peer to peer" for "peer-to-peer"."""
    return text if text.isalnum() else " ".join("".join(c if c.isalnum() else " " for c in text).split())
