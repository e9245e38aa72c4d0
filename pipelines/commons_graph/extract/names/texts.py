"""The words of several texts as arrays, one text behind the other, so that features of all are made at once.

numpy takes some microseconds a call however little there is to do; most documents are short, and features take hundreds
of calls. What belongs here: laying texts out. What does not: features (`form`, `context`, `around`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from commons_graph.extract.codes import Codes
from commons_graph.extract.segments import Ints
from commons_graph.extract.tokens import Tokens
from commons_graph.extract.vocabulary import OWN, SIGN

GAP = 3
"""Empty words behind each text: no window reaches across. What would stand before the first text is the last gap."""
LETTERS = bytes.maketrans(bytes(range(6)), b"aAUMd.")
"""A letter for each shape of a word."""
Bools = NDArray[np.bool_]


class Texts:
    """`first` and `size` say where each text's words are.

    For each word: its `codes`, shape, folded length, whether a sentence starts there, and whether it is a gap's.
    """

    def __init__(self, tokens: Sequence[Tokens]) -> None:
        self.tokens = tokens
        self.size: Ints = np.array([len(each) for each in tokens], dtype=np.int64)
        self.first: Ints = np.cumsum(self.size + GAP) - self.size - GAP
        self.codes: Codes = self.laid(lambda one: one.vocabulary.codes[one.rows], [0] * (OWN + 1), np.uint32)
        self.shapes: NDArray[np.uint8] = self.laid(lambda one: one.vocabulary.shapes[one.rows], SIGN, np.uint8)
        self.lengths: NDArray[np.uint8] = self.laid(lambda one: one.vocabulary.lengths[one.rows], 0, np.uint8)
        self.initial: Bools = self.laid(lambda one: one.initial, True, np.bool_)
        self.gap: Bools = self.laid(lambda one: np.zeros(len(one)), True, np.bool_)

    def laid(self, told: Callable[[Tokens], Any], gap: Any, kind: type) -> Any:
        """Lay out what is told of each text's words, with the same of the gaps between."""
        between: NDArray[Any] = np.array([gap] * GAP, dtype=kind)
        return np.concatenate([part for one in self.tokens for part in (np.asarray(told(one), dtype=kind), between)])

    def opening(self) -> Bools:
        """Say which words are an opening bracket."""
        found: Bools = self.laid(lambda one: one.rows == one.vocabulary["("], False, np.bool_)
        return found

    def signs(self) -> str:
        """Give a letter for the shape of each word."""
        return self.shapes.tobytes().translate(LETTERS).decode("ascii")

    def characters(self) -> tuple[Ints, Ints]:
        """Give where each word starts and ends in its own text."""
        return self.laid(lambda one: one.starts, 0, np.int64), self.laid(lambda one: one.ends, 0, np.int64)
