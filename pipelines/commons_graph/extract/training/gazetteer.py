"""Makes the gazetteer from a wiki's pages: titles with the class of their page, links with their counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from commons_graph.extract.gazetteer import CLASSES, MODEL, name_hash, word_hash
from commons_graph.extract.names.words import folded_name

LINK = re.compile(r"\[\[\s*:?([^\[\]|#\n]{1,200})(?:#[^\[\]|\n]{0,200})?(?:\|([^\[\]\n]{1,200}))?\]\]")
REDIRECT = re.compile(r"\s*#REDIRECT\s*\[\[([^\[\]|#]{1,255})", re.IGNORECASE)
COMMON = 2
"""A link's text that is no title counts from so many links on."""


def make(pages: Iterable[tuple[str, str]], classes: dict[str, str], path: Path = MODEL) -> int:
    """Write the gazetteer of pages (title, wikitext) whose classes are given by title; give its size."""
    titles: dict[str, str] = {}
    redirects: dict[str, str] = {}
    links: Counter[str] = Counter()
    targets: dict[str, Counter[str]] = {}
    for title, text in pages:
        titles[folded_name(title)] = classes.get(title, "")
        if found := REDIRECT.match(text[:500]):
            redirects[folded_name(title)] = folded_name(found[1])
        for link in LINK.finditer(text):
            if ":" not in link[1][:12]:
                shown = folded_name(link[2] or link[1])
                links[shown] += 1
                targets.setdefault(shown, Counter())[folded_name(link[1])] += 1
    for name, target in redirects.items():
        titles[name] = titles.get(target, titles[name])
    for name, count in links.items():
        if name not in titles and count >= COMMON:
            titles[name] = titles.get(targets[name].most_common(1)[0][0], "")
    entries = {name_hash(name): _value(cls, links[name]) for name, cls in titles.items() if 2 < len(name) < 120}
    hashes = np.array(sorted(entries), dtype=np.uint64)
    values = np.array([entries[int(each)] for each in hashes], dtype=np.uint8)
    firsts = sorted({word_hash(name.split()[0]) for name in titles if name})
    np.savez_compressed(path, names=hashes, values=values, firsts=np.array(firsts, dtype=np.uint32))
    return len(entries)


def _value(cls: str, links: int) -> int:
    return CLASSES.index(cls if cls in CLASSES else "") * 10 + min(links.bit_length(), 9)
