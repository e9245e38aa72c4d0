"""Makes HTML harmless for the parser: only tags and attributes that are read, and no deeper than people write them.

What belongs here: the source's tokens, as the HTML standard cuts them, in one linear pass. What does not: what they
mean. The parser takes quadratic time on a tag with a hundred thousand attributes or as many nested tags: both took it
half a minute.
"""

from __future__ import annotations

import re
from itertools import islice

SMALL = 20_000
"""A shorter source cannot hold enough to be slow."""
TAG = re.compile(
    r"<(/?)([a-zA-Z][^\s/>]{0,60}+)"
    r"((?:[\s/]++|=?[^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+))?+|=)*+)>?"
)
ATTRIBUTE = re.compile(r"([^\s/>=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>]*+)))?+")
_READ = (
    "href class id style role lang xml:lang datetime content property name rel hidden aria-hidden pubdate"
    " itemprop itemscope itemtype itemid"
)
UNREAD = ("script", "style", "noscript", "iframe", "noembed", "noframes", "xmp", "textarea", "svg", "template", "math")
OPENING = re.compile(rf"<({'|'.join(UNREAD)})\b|<(!--)", re.IGNORECASE)
CLOSING = {name: re.compile(rf"</{name}\b[^<>]{{0,100}}>?", re.IGNORECASE) for name in UNREAD} | {
    "!--": re.compile("-->")
}
DROPPED = frozenset({*UNREAD, "plaintext", "frameset", "frame", "img", "source", "track"})
_SINGLE = "br hr meta link input area base col embed wbr p li dt dd td th tr option"
READ, SINGLE = frozenset(_READ.split()), frozenset(_SINGLE.split())
DEEPEST = 400
MOST_ATTRIBUTES = 40
LONGEST_VALUE = 2000


def slim(source: str) -> str:
    """Give the source with no more than the parser can take; a short one as it is."""
    if len(source) < SMALL:
        return source
    depth = 0

    def shown(tag: re.Match[str]) -> str:
        nonlocal depth
        name = tag[2].lower()
        if name in DROPPED:
            return ""
        if tag[1]:
            depth = max(depth - (name not in SINGLE), 0)
            return f"</{name}>"
        depth += name not in SINGLE
        return f"<{name}{_attributes(tag[3])}>" if depth < DEEPEST else " "

    return TAG.sub(shown, _without_unread(source))


def _attributes(text: str) -> str:
    if not text.strip("/ \n\t\r"):
        return ""
    kept: list[str] = []
    for match in islice(ATTRIBUTE.finditer(text), MOST_ATTRIBUTES):
        value = match[2] or match[3] or match[4] or ""
        if match[1].lower() in READ and len(value) <= LONGEST_VALUE:
            kept.append(f' {match[1].lower()}="{value.replace(chr(34), "&quot;")}"')
    return "".join(kept)


def _without_unread(source: str) -> str:
    """Cut comments and elements that are never read; what is not closed stays, and loses its tag later."""
    parts: list[str] = []
    unclosed: set[str] = set()
    at = 0
    while found := OPENING.search(source, at):
        name = (found[1] or found[2]).lower()
        closing = None if name in unclosed else CLOSING[name].search(source, found.end())
        parts.append(source[at : found.start()])
        if closing is None:
            unclosed.add(name)
            parts.append(found[0] if found[1] else "")
        at = closing.end() if closing else found.end()
    parts.append(source[at:])
    return "".join(parts)
