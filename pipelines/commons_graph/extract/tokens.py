"""The tokens of a document: words, punctuation and where they stand, in one linear pass.

What belongs here: cutting a text into tokens and naming their shapes. What does not: anything that knows names.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import numpy as np

from commons_graph.extract.segments import Ints
from commons_graph.extract.vocabulary import Vocabulary, vocabulary
from commons_graph.model import Document

# plain words, as most are | elisions ("l'", "qu'") | initials ("J.", "U.S.") | words with inner hyphens, dots,
# ampersands | one other sign
TOKEN = re.compile(
    r"(\w{2,}+(?![-&+:.#'’])"
    r"|(?:[cdjlmnstCDJLMNST]|[Qq]u|[Ll]orsqu|[Jj]usqu|[Pp]uisqu|[Aa]ujourd)['’](?=\w)"
    r"|(?:[A-ZÀ-Þ]\.){2,}|[A-ZÀ-Þ]\.(?=\s[A-ZÀ-Þ])"
    r"|\w+(?:(?:[-&+_]|::|\.(?![A-ZÀ-Þ][a-zß-ÿ]))\w+)*(?:\+\+|#)?"
    r"|\S)"
)
LINE_END = re.compile("\n")
SENTENCE_END = frozenset(".!?…:;")


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """Parallel lists, one entry a token: its text, folded form, offsets, shape and whether a sentence starts there.

    `stems` and `plain` are the tokens' stems and what they are inside a folded name, `rows` their places in the
    vocabulary.
    """

    words: list[str]
    folded: list[str]
    stems: list[str]
    plain: list[str]
    starts: list[int]
    ends: list[int]
    shapes: list[int]
    initial: list[bool]
    rows: Ints
    vocabulary: Vocabulary

    def __len__(self) -> int:
        return len(self.words)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the tokens, as a half-open range, that lie within two offsets of the text."""
        return bisect_left(self.starts, start), bisect_right(self.ends, end)


@lru_cache(maxsize=1)
def tokens_of(document: Document) -> Tokens:
    """Give the tokens of a document, in whose blocks sentences start; the last document's are kept at hand."""
    return tokenise(document.text, (block.start for block in document.blocks))


def tokenise(text: str, breaks: Iterable[int]) -> Tokens:
    """Cut a text into tokens; `breaks` are offsets where a sentence starts whatever stands before (block starts)."""
    parts = TOKEN.split(text)  # what is between tokens, and each token: no match objects are made
    edges = list(accumulate(map(len, parts)))
    words, starts, ends = parts[1::2], edges[:-1:2], edges[1::2]
    known = vocabulary()
    rows = list(map(known.__getitem__, words))
    numbers = np.array(rows, dtype=np.int64)
    folded, stems, plain = ([each[row] for row in rows] for each in (known.folded, known.stems, known.plain))
    shapes = known.shapes[numbers].tolist()
    initial = _initial(text, words, starts, breaks)
    return Tokens(words, folded, stems, plain, starts, ends, shapes, initial, numbers, known)


def _initial(text: str, words: list[str], starts: list[int], breaks: Iterable[int]) -> list[bool]:
    """Say of each token whether a sentence starts there: behind a sign that ends one, a line's end, or by force."""
    found = [True, *map(SENTENCE_END.__contains__, words)][: len(words)]
    for at in {bisect_left(starts, line.start()) for line in LINE_END.finditer(text)}:
        if at < len(found):
            found[at] = True
    for offset in breaks:
        at = bisect_left(starts, offset)
        if at < len(found) and starts[at] == offset:
            found[at] = True
    return found
