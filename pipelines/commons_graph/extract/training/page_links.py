"""What the other pages of a wiki say of a page where they link to it, as features.

What belongs here: reading links with the words around them. What does not: weights.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence

from commons_graph.extract.page_source import canonical_title, read_page

_LINK = re.compile(r"\[\[([^\[\]|\n#]{1,250})(?:#[^\[\]|\n]{0,120})?(?:\|([^\[\]\n]{0,250}))?\]\]")
_HEADING = re.compile(r"^={1,6}\s*([^=\n]+?)\s*=+\s*$")
_REDIRECT = re.compile(r"\s*#redirect\s*:?\s*\[\[([^\]|#\n]+)", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*|[\"“”*#=:;,.()?!]")
LINE_LIMIT = 5_000


def link_features(pages: Sequence[tuple[str, str]]) -> dict[str, set[int]]:
    """Give for each page that others link to (canonical title, lower case) the hashes of what is said around them."""
    known = {canonical_title(title).lower(): set[int]() for title, _ in pages}
    moved = _redirects(pages)
    for title, text in pages:
        if canonical_title(title).lower() in moved:
            continue
        for target, features in _links(title, text):
            target = moved.get(target, target)
            if target in known and target != canonical_title(title).lower():
                known[target].update(zlib.crc32(feature.encode()) for feature in features)
    return {title: found for title, found in known.items() if found}


def _redirects(pages: Sequence[tuple[str, str]]) -> dict[str, str]:
    found = ((title, _REDIRECT.match(text)) for title, text in pages)
    return {canonical_title(title).lower(): canonical_title(to[1]).lower() for title, to in found if to}


def _links(title: str, text: str) -> Iterator[tuple[str, list[str]]]:
    page = read_page(title, text)
    about = [f"ic={category.lower()}" for category in page.categories[:8]]
    about += [f"it={word}" for word in _TOKEN.findall(page.title.lower())[:10]] + [f"iT={page.title.lower()}"]
    heading = ""
    for line in text.split("\n"):
        if found := _HEADING.match(line[:200]):
            heading = found[1].lower().strip("' ")
        if "[[" in line:
            for link in _LINK.finditer(line[:LINE_LIMIT]):
                yield canonical_title(link[1]).lower(), about + list(_around(line, link, heading))


def _around(line: str, link: re.Match[str], heading: str) -> Iterator[str]:
    before = [word.lower() for word in _TOKEN.findall(line[max(0, link.start() - 60) : link.start()])][-3:] or ["^"]
    after = [word.lower() for word in _TOKEN.findall(line[link.end() : link.end() + 80])][:5] or ["$"]
    yield from (f"ib={word}" for word in before)
    yield from (f"ia={word}" for word in after)
    yield from (f"ib1={before[-1]}", f"ib2={' '.join(before[-2:])}", f"ia1={after[0]}", f"ia2={' '.join(after[:2])}")
    yield from (f"ih={heading}", f"il={line[:1] in '*#:'}{link.start() < 4}")
    yield from (f"ihw={word}" for word in heading.split()[:6])
    anchor = link[2] or link[1]
    yield f"icase={'lower' if anchor.islower() else 'lower1' if anchor[:1].islower() else 'upper'}"
    yield from (f"ix={word.lower()}" for word in _TOKEN.findall(link[2] or "")[:8])
