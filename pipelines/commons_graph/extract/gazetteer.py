"""What the corpus' own titles and links know of a name: the class of its page, and how often a link bears it.

Shipped as numbers: a 64-bit hash of each folded name. No list of titles is in the repository, and extraction stays a
function of the document and the model alone. What does not belong here: making it (`training.gazetteer`).
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from commons_graph.errors import CommonsError
from commons_graph.extract.per_word import PerWord
from commons_graph.extract.vocabulary import PLAIN

MODEL = Path(__file__).parent / "models" / "gazetteer.npz"
MOST = 200_000
"""Names that are remembered."""
CLASSES = ("", "Person", "Organization", "Group", "Event", "Document", "Project", "Place", "Concept", "Other")


class Values(dict[str, int]):
    """The entry of each folded name that was asked for: its class by number, times ten, plus how common its links are.

    -1 stands for a name that is unknown. Most names of a text were asked for before: those are not hashed again.
    """

    def __init__(self, entries: Mapping[int, int]) -> None:
        super().__init__()
        self.entries = entries

    def __missing__(self, folded: str) -> int:
        if len(self) >= MOST:
            self.clear()
        value = self[folded] = self.entries.get(name_hash(folded), -1)
        return value


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """`entries` maps a name's hash to its class by number, times ten, plus how often it is a link (0 to 9).

    `firsts` holds the hashes of all first words, so that most words need not be looked at twice.
    """

    entries: dict[int, int]
    firsts: frozenset[int]
    values: Values = field(init=False, repr=False, compare=False)
    """The entries by name."""
    begins: PerWord = field(init=False, repr=False, compare=False)
    """Whether a word may be the first of a name."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", Values(self.entries))
        object.__setattr__(self, "begins", PerWord(lambda words, row: int(words.codes[row, PLAIN]) in self.firsts))

    @classmethod
    def load(cls, path: Path = MODEL) -> Gazetteer:
        """Read the shipped gazetteer. Raises `CommonsError` when it is missing or broken."""
        try:
            with np.load(path, allow_pickle=False) as file:
                entries = dict(zip(file["names"].tolist(), file["values"].tolist(), strict=True))
                return cls(entries, frozenset(file["firsts"].tolist()))
        except (OSError, KeyError, ValueError) as error:
            raise CommonsError(str(path), "this is no gazetteer", "make it again with `make model`") from error


def word_hash(word: str) -> int:
    """Give the 32-bit hash of a folded word."""
    return zlib.crc32(word.encode())


def name_hash(folded: str) -> int:
    """Give the 64-bit hash of a folded name."""
    return int.from_bytes(hashlib.blake2b(folded.encode(), digest_size=8).digest(), "little")
