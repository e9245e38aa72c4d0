"""How names are compared inside a document: folded, without a leading article."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from commons_graph.extract.tokens import fold

ARTICLES = frozenset(
    ("le", "la", "les", "l'", "d'", "un", "une", "the", "a", "an", "du", "des", "el", "los", "las", "o", "os", "as")
)
JOINING = frozenset(
    [
        "of",
        "the",
        "for",
        "and",
        "in",
        "on",
        "to",
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "l'",
        "d'",
        "et",
        "en",
        "sur",
        "à",
        "au",
        "aux",
        "pour",
        "&",
        "-",
        "y",
        "e",
        "do",
        "da",
        "dos",
        "di",
        "del",
    ]
)
SIGNS = frozenset("\"'«»“”.,;:()[]!?…-–—")


@lru_cache(maxsize=100_000)
def folded_name(name: str) -> str:
    """Give a name as it is compared: without case, accents, punctuation and one leading article.

    >>> folded_name("L’Assemblée des Communs"), folded_name("The Open  Source!")
    ('assemblee des communs', 'open source')
    """
    text = "".join(c if c.isalnum() or c in "'’" else " " for c in fold(name))
    words = text.replace("’", "'").replace("'", "' ").split()
    if len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    return " ".join(word.rstrip("'") for word in words)


@lru_cache(maxsize=200_000)
def plain(word: str) -> str:
    """Give a token as it stands inside a folded name: "" for a sign, "peer to peer" for "Peer-to-Peer"."""
    text = "".join(c if c.isalnum() else " " for c in fold(word))
    return " ".join(text.split())


def trimmed(words: Sequence[str], first: int, last: int) -> tuple[int, int]:
    """Shrink a range of tokens until it starts and ends with neither a sign nor, at its start, an article."""
    while first < last and (words[first] in SIGNS or fold(words[first]) in ARTICLES):
        first += 1
    while first < last and words[last - 1] in SIGNS:
        last -= 1
    return first, last
