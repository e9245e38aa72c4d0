"""What kinds of words there are: words that stand among the same words in the corpus are of one kind.

What belongs here: looking them up. What does not: making them (`training.word_kinds`). It is the one thing that the
models know of words that their training documents do not hold.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from commons_graph.errors import CommonsError
from commons_graph.extract.codes import Codes, code
from commons_graph.extract.linear import Places
from commons_graph.extract.per_word import PerWord
from commons_graph.extract.segments import Ints
from commons_graph.extract.tokens import Tokens
from commons_graph.extract.vocabulary import OWN, Vocabulary

KINDS = np.array([code(f"kind of word {number}") for number in range(1024)], dtype=np.uint32)
WIDER = np.array([code(f"wider kind of word {number}") for number in range(256)], dtype=np.uint32)
"""The numbers of kinds and of wider kinds as features."""
MODEL = Path(__file__).parent / "models" / "word_kinds.npz"


@dataclass(frozen=True, slots=True)
class WordKinds:
    """The numbers of known words (`crc32` of their own form, in order), the kind of each, and each kind's wider kind.

    Kind 0 is that of unknown words.
    """

    words: Codes
    kinds: NDArray[np.uint16]
    wider: NDArray[np.uint8]
    places: Places = field(init=False, repr=False, compare=False)
    told: PerWord = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", Places(self.words))
        object.__setattr__(self, "told", PerWord(self._kind))

    @classmethod
    def load(cls, path: Path = MODEL) -> WordKinds:
        """Read the shipped kinds. Raises `CommonsError` when they are missing or broken."""
        try:
            with np.load(path, allow_pickle=False) as file:
                return cls(file["words"], file["kinds"], file["wider"])
        except (OSError, KeyError, ValueError) as error:
            raise CommonsError(str(path), "these are no kinds of words", "make them again with `make model`") from error

    def save(self, path: Path = MODEL) -> None:
        """Write the kinds."""
        np.savez_compressed(path, words=self.words, kinds=self.kinds, wider=self.wider)

    def of(self, tokens: Tokens) -> Ints:
        """Give the kinds of a text's words."""
        return self.told.of(tokens)

    def _kind(self, words: Vocabulary, rows: slice) -> Ints:
        asked = words.codes[rows, OWN]
        found: Ints = np.zeros(len(asked), dtype=np.int64)
        known, at = self.places.find(asked)
        found[known] = self.kinds[at]
        return found
