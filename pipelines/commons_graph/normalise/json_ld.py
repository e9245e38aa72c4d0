"""JSON-LD in pages to plain nodes, in the one form that microdata is read into as well.

What belongs here: finding it and reading it, bounded. What does not: contexts, which are never fetched (only whether
they are schema.org's counts), and what is kept (`structured`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

Node = dict[str, Any]
"""A thing: `@type`, perhaps `@id`, and its properties. A value is words, a node, or a list of them."""
OPENING = re.compile(r"<script\b[^<>]{0,300}?application/ld\+json[^<>]{0,300}>", re.IGNORECASE)
CLOSING = re.compile(r"</script", re.IGNORECASE)
WRAPPING = re.compile(
    r"\A\s*(?://\s*)?(?:<!--|(?:/\*\s*)?<!\[CDATA\[(?:\s*\*/)?)"
    r"|(?://\s*)?(?:-->|(?:/\*\s*)?\]\]>(?:\s*\*/)?)\s*\Z"
)
"""Some pages hide their JSON from old browsers or XML readers; it is no JSON before this is off."""
LARGEST = 1_000_000
MOST_SCRIPTS = 50
SCHEMA_ORG = re.compile(r"https?://(?:www\.)?schema\.org\b", re.IGNORECASE)


def nodes(source: str) -> Iterator[Node]:
    """Give the top nodes of schema.org in a page's source. What is no JSON, or nests too deep, is passed over."""
    for words in _scripts(source):
        told = _parsed(words)
        for each in told if isinstance(told, list) else [told]:
            if isinstance(each, dict) and _is_schema_org(each.get("@context")):
                graph = each.get("@graph")
                yield from (node for node in graph if isinstance(node, dict)) if isinstance(graph, list) else (each,)


def _scripts(source: str) -> Iterator[str]:
    at = 0
    for _ in range(MOST_SCRIPTS):
        opening = OPENING.search(source, at)
        closing = CLOSING.search(source, opening.end()) if opening else None
        if opening is None or closing is None:
            return
        if closing.start() - opening.end() <= LARGEST:
            yield source[opening.end() : closing.start()]
        at = closing.end()


def _parsed(words: str) -> Any:
    try:
        return json.loads(WRAPPING.sub("", words), strict=False)
    except (ValueError, RecursionError):
        return None


def _is_schema_org(context: Any) -> bool:
    """Say whether a context, or one of a list, or its default vocabulary, is schema.org."""
    told = context if isinstance(context, list) else [context]
    named = (each.get("@vocab") if isinstance(each, dict) else each for each in told[:20])
    return any(isinstance(each, str) and SCHEMA_ORG.match(each) is not None for each in named)
