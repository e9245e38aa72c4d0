"""The corpus' word table: how each word of the titles is written in running text, and which words are given names.

What belongs here: counting. What does not: features or weights. The table holds hashes, no words.
Values, by two bits: 0 unknown or rare, 1 mostly with a capital (a name), 2 mixed, 3 mostly lower case (a common word);
and 4 more for a given name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from commons_graph.extract.page_source import PageSource, canonical_title
from commons_graph.extract.page_title import WORD

_RUNNING = re.compile(r"(?<=[a-zà-ÿ,] )[^\W\d_]{2,}(?:['’\-][^\W\d_]+)*")
_FULL_NAME = re.compile(r"^([A-ZÀ-Þ][\w'’\-]+) (?:[A-ZÀ-Þ][\w'’.\-]*\s?){1,3}(?: on |$)")


def word_table(pages: Iterable[PageSource]) -> dict[str, int]:
    """Give the value of each word that is in a title and says more than 0."""
    lower: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    given: Counter[str] = Counter()
    titles: Counter[str] = Counter()
    for page in pages:
        for word in set(_RUNNING.findall(page.text[:8_000])):
            (lower if word.islower() else capital)[word.lower()] += 1
        titles.update({word.lower() for word in WORD.findall(page.title)})
        name = _FULL_NAME.match(canonical_title(page.title))
        if name and {"Bios", "Webcasts", "Podcasts", "Interviews"} & set(page.categories):
            given[name[1].lower()] += 1
    table = {word: _value(lower[word], capital[word], given[word]) for word in titles}
    return {word: value for word, value in table.items() if value}


def _value(lower: int, capital: int, given: int) -> int:
    seen = lower + capital
    share = lower / seen if seen else 0.0
    kind = 0 if seen < 5 else 3 if share > 0.6 else 2 if share > 0.2 else 1
    return kind + (4 if given >= 2 and (kind < 2) else 0)
