"""What the corpus' own titles and links know of a name: the class of its page, and how often a link bears it.

Shipped as numbers: a 64-bit hash of each folded name. No list of titles is in the repository, and extraction stays a
function of the document and the model alone. What does not belong here: making it (`training.gazetteer`).
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from commons_graph.errors import CommonsError
from commons_graph.extract.segments import Ints

MODEL = Path(__file__).parent / "models" / "gazetteer.npz"
CLASSES = ("", "Person", "Organization", "Group", "Event", "Document", "Project", "Place", "Concept", "Other")
TURN = 0x9E3779B97F4A7C15
"""What a name's hash is multiplied by for each word more: odd (Knuth, volume 3, 6.4)."""
MASK = 2**64 - 1
Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """`names` holds the hashes of all names, sorted; `values` for each its class by number, times ten, plus 0 to 9.

    The last digit is how often the name is a link. `firsts` holds the hashes of all first words, so that most words
    need not be looked at twice.
    """

    names: Hashes
    values: Ints
    firsts: frozenset[int]

    @classmethod
    def load(cls, path: Path = MODEL) -> Gazetteer:
        """Read the shipped gazetteer. Raises `CommonsError` when it is missing or broken."""
        try:
            with np.load(path, allow_pickle=False) as file:
                return cls(file["names"], file["values"].astype(np.int64), frozenset(file["firsts"].tolist()))
        except (OSError, KeyError, ValueError) as error:
            raise CommonsError(str(path), "this is no gazetteer", "make it again with `make model`") from error

    def look_up(self, hashes: Hashes) -> Ints:
        """Give the value of each name by its hash; -1 stands for a name that is unknown."""
        if not len(self.names):
            return np.full(len(hashes), -1, dtype=np.int64)
        spots = np.minimum(np.searchsorted(self.names, hashes), len(self.names) - 1)
        found: Ints = np.where(self.names[spots] == hashes, self.values[spots], -1)
        return found


def word_hash(word: str) -> int:
    """Give the 32-bit hash of a folded word."""
    return zlib.crc32(word.encode())


def name_hash(folded: str) -> int:
    """Give the 64-bit hash of a folded name: that of its words, so that a name grows by a word with one product."""
    found = 0
    for word in folded.split():
        found = (found * TURN + word_hash(word)) & MASK
    return found
