"""How names are compared inside a document: folded, without a leading article."""

from __future__ import annotations

import re
from functools import lru_cache

from commons_graph.extract.tokens import Tokens
from commons_graph.extract.vocabulary import fold

ARTICLES = frozenset(
    ("le", "la", "les", "l'", "d'", "un", "une", "the", "a", "an", "du", "des", "el", "los", "las", "o", "os", "as")
)
_JOINING = (
    "of the for and in on to de du des la le les l' d' et en sur à au aux pour & - y e do da dos di del von van der "
    "den für und i"
)
JOINING = frozenset(_JOINING.split())
_OPENING = (
    "the a an this that these those it its he she they we you i his her their our your my in on at by for from "
    "with as to of and but or so if when while where who what why how there here since after before during "
    "although because however also then thus like unlike many most some all both each no not one two le la les l' "
    "un une des du de d' ce cet cette ces c' il elle ils elles nous vous je j' son sa ses leur leurs notre nos "
    "votre vos en à au aux dans par pour avec sans sous sur chez entre depuis pendant avant apres comme ainsi si "
    "et mais ou donc ni car que qu' qui quoi quand alors aussi lors tout tous toute toutes plusieurs chaque selon "
    "afin voir see el los las una y"
)
OPENING = frozenset(_OPENING.split())
"""Small words that often open a sentence: their capital says nothing."""
_HONORIFICS = "dr pr prof professor professeur professeure mr mrs ms miss mme mlle sir"
HONORIFICS = frozenset(_HONORIFICS.split())
"""What persons are addressed by."""
_LEADING = (
    "as like unlike for with without by from and but or if when while since before after because although however "
    "thus also that both comme selon pour avec sans par chez et mais ou quand lorsque ainsi apres avant depuis"
)
LEADING = frozenset(_LEADING.split())
"""Words that stand before names, and in no person's name."""
ADJECTIVE = re.compile(
    r"(?:iques?|als?|ales?|aux|el(?:le)?s?|aires?|i(?:f|ve)s?|ien(?:ne)?s?|[ai]bles?|euse?s?|aine?s?)$"
)
"""Endings of French adjectives, which stand behind their noun; verbs that end so are rare there."""
SIGNS = frozenset("\"'«»“”.,;:()[]!?…-–—")


@lru_cache(maxsize=100_000)
def folded_name(name: str) -> str:
    """Give a name as it is compared: without case, accents, punctuation and one leading article.

    >>> folded_name("L’Assemblée des Communs"), folded_name("The Open  Source!")
    ('assemblee des communs', 'open source')
    >>> folded_name("Women ’ s Bank") == folded_name("Women’s Bank")
    True
    """
    text = "".join(c if c.isalnum() or c in "'’" else " " for c in fold(name))
    words = text.replace("’", "'").replace("'", "' ").split()
    if len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    return " ".join(bare for word in words if (bare := word.rstrip("'")))


def bare_person(name: str) -> str:
    """Give a person's name without what stands before it: small words, and a form of address before two words.

    >>> bare_person("As Ada Roy"), bare_person("Dr. Ada Roy"), bare_person("Dr Roy"), bare_person("A. Roy")
    ('Ada Roy', 'Ada Roy', 'Dr Roy', 'A. Roy')
    """
    first, _, rest = name.partition(" ")
    word = fold(first).rstrip(".")
    return rest if rest and (word in LEADING or (word in HONORIFICS and " " in rest)) else name


def folded_words(tokens: Tokens, first: int, last: int) -> str:
    """Give the name that a range of tokens is, as `folded_name` gives that of its words."""
    while first < last - 1 and not tokens.plain[first]:
        first += 1  # a sign
    name = " ".join(filter(None, tokens.plain[first:last]))
    return without_article(name, tokens.folded[first]) or name


def without_article(name: str, first: str) -> str:
    """Give a folded name without a leading article, "" where it is nothing else; `first` is its first token, folded.

    >>> without_article("l assemblee", "l'"), without_article("o bank", "o-bank"), without_article("the", "the")
    ('assemblee', 'bank', '')
    """
    word, _, rest = name.partition(" ")
    return rest if word in ARTICLES or first in ARTICLES else name


def trimmed(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """Shrink a range of tokens until it starts and ends with neither a sign nor, at its start, an article."""
    words, folded = tokens.words, tokens.folded
    while first < last and (words[first] in SIGNS or folded[first] in ARTICLES):
        first += 1
    while first < last and words[last - 1] in SIGNS:
        last -= 1
    return first, last
