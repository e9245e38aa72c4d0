"""What the form of a page's title tells of its class.

What belongs here: features of the title alone, and of its words in the word tables. What does not: the page's text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from commons_graph.extract.page_source import namespace

WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
_PREPOSITION = (
    "of for in on and as to from with by at via against between through without vs about into de des du la le les et "
    "en pour dans sur y el del los da do e os para van het und der von für à au aux"
)
PREPOSITIONS = frozenset(_PREPOSITION.split())
_ARTICLES_WORDS = "the a an le la les un une el los das der die het"
ARTICLES = frozenset(_ARTICLES_WORDS.split())
_QUESTION_WORDS = "how why what when where who which can is are do does should will comment pourquoi quel"
QUESTION = frozenset(_QUESTION_WORDS.split())
_BRACKET = re.compile(r"\(([^()]{1,60})\)\s*$")
_NAME = re.compile(
    r"[A-ZÀ-Þ][a-zß-ÿ'’]+(?:-[A-ZÀ-Þ][a-zß-ÿ]+)?$|[A-ZÀ-Þ]\.$|Mc[A-Z][a-z]+$|Mac[A-Z][a-z]+$|De[A-Z][a-z]+$"
)
_PARTICLE_WORDS = "de van von der den da di del la le du dos ten el bin al"
_PARTICLE = frozenset(_PARTICLE_WORDS.split())
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

WordTable = Callable[[str], int]
"""Tells what the corpus knows of a word in lower case: 0 to 7, see `training/page_words.py`."""


def title_features(title: str, words: WordTable) -> Iterator[str]:
    """Give the features of a canonical title; `words` is the corpus' word table."""
    space = namespace(title)
    rest = title[len(space) + 1 :] if space else title
    yield f"ns={space}"
    if space == "file":
        yield f"file={rest.rpartition('.')[2].lower()[:5]}"
    tokens = WORD.findall(rest)[:40]
    yield from _words(tokens)
    yield from _form(rest, tokens)
    yield from _known(tokens, words)
    yield from _person(rest, tokens, words)


def _words(tokens: list[str]) -> Iterator[str]:
    low = [token.lower() for token in tokens]
    if not low:
        return
    yield from (f"t={word}" for word in set(low))
    yield from (f"tb={a} {b}" for a, b in pairwise(low))
    yield from (f"t1={low[0]}", f"tl={low[-1]}", f"ts={low[-1][-3:]}", f"t1s={low[0][-3:]}", f"t12={' '.join(low[:2])}")
    head = next((i for i, word in enumerate(low) if word in PREPOSITIONS and i), len(low))
    yield from (f"th={low[head - 1]}", f"ths={low[head - 1][-3:]}")
    if low[head - 1].endswith("s"):
        yield "plural"


def _form(rest: str, tokens: list[str]) -> Iterator[str]:
    low = [token.lower() for token in tokens]
    yield f"n={min(len(tokens), 12)}"
    for name, found in (
        ("colon", "- " in rest and " - " not in rest),
        ("dash", " - " in rest),
        ("question", "?" in rest),
        ("comma", "," in rest),
        ("dot", re.search(r"\w\.\w", rest) is not None),
        ("ampersand", "&" in rest),
        ("quote", '"' in rest or "“" in rest),
        ("year", _YEAR.search(rest) is not None),
        ("digit", any(sign.isdigit() for sign in rest)),
        ("foreign", any(sign > "\x7f" for sign in rest)),
        ("article", bool(low) and low[0] in ARTICLES),
        ("asks", bool(low) and low[0] in QUESTION),
        ("gerund", bool(low) and low[0].endswith("ing")),
        ("camel", any(re.search(r"[a-z][A-Z]", token) for token in tokens)),
        ("upper", any(token.isupper() and len(token) > 1 for token in tokens)),
        ("all upper", rest.isupper()),
        ("one word", len(tokens) == 1),
    ):
        if found:
            yield f"form={name}"
    if bracket := _BRACKET.search(rest):
        yield f"bracket={bracket[1].lower()}"
    for word in PREPOSITIONS.intersection(low):
        yield f"prep={word} at {min(low.index(word), 4)}"
    lower = sum(
        token[0].islower() and word not in PREPOSITIONS | ARTICLES for token, word in zip(tokens, low, strict=True)
    )
    yield f"lower={min(lower, 3)}"


def _known(tokens: list[str], words: WordTable) -> Iterator[str]:
    kinds = [words(token.lower()) & 3 for token in tokens if token.lower() not in PREPOSITIONS | ARTICLES]
    for kind in range(4):
        yield f"kind{kind}={min(kinds.count(kind), 4)}"
    if kinds:
        yield from (
            f"kinds={''.join(map(str, kinds[:4]))}",
            f"kind first={kinds[0]} last={kinds[-1]} n={min(len(tokens), 5)}",
        )


def _person(rest: str, tokens: list[str], words: WordTable) -> Iterator[str]:
    parts = re.split(r" (?:on|and|&|about|with|sur|von|over) |[,(–]| - ", rest, maxsplit=1)
    names = parts[0].split()
    shaped = 2 <= len(names) <= 4 and all(_NAME.match(n) or n in _PARTICLE for n in names)
    given = bool(names) and words(names[0].lower()) & 4 != 0
    odd = bool(names) and words(names[-1].lower()) & 3 in (0, 1)
    whole = len(parts) == 1
    yield f"person={shaped:d}{given:d}{odd:d} whole={whole:d}"
    if shaped and given:
        yield f"name {'whole' if whole else 'then ' + rest[len(parts[0]) :].strip()[:3].lower()}"
        yield f"name of {len(names)} {odd:d} {whole:d}"
    if any(words(token.lower()) & 4 for token in tokens[1:]):
        yield "given inside"
