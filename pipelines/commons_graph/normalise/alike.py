"""Whether a source gives one text in the place of many: a notice of maintenance, a consent page, a wall for robots.

Servers answer such a page with status 200 for every address. The documents that it would replace count as gone. What
belongs here: noticing it before anything is replaced. What does not: documents that a read gives no more (`buckets`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from commons_graph import lake
from commons_graph.errors import CommonsError
from commons_graph.source import Expect

SAMPLE = 100
"""So many documents are looked at: enough to tell a fifth from a half, and read within a second."""
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Turned:
    """A document whose capture is another one: its id, the file of the lake with its text, how to have the new one."""

    key: str
    path: Path
    read: Callable[[], str]


def check(source: str, expect: Expect, found: int, before: int, turned: Sequence[Turned]) -> None:
    """Look at what turned, where it is so much that its loss would be more than `expect` allows.

    `found` is how many documents a read gave, `before` how many there were. Raises `CommonsError` when so many of these
    now share a text, and did not before, that too few are left.
    """
    if found - len(turned) >= before * (1 - expect.max_drop):
        return
    sample = sorted(turned, key=lambda each: each.key)[:SAMPLE]
    now = Counter(_words(each.read()) for each in sample)
    fewer = len(set(_old(sample))) - len(now)
    lost = round(fewer * len(turned) / len(sample))
    if found - lost < before * (1 - expect.max_drop):
        words = now.most_common(1)[0][0]
        told = f"“{words[:SHOWN]}”" if words else "no text"
        raise CommonsError(
            f"sources/{source}.yaml",
            f"about {lost} of {before} documents have lost their own text to one that others have, too ({told})",
            f"check the source; if it is right: commons refresh {source} --accept-drop",
        )


def _old(sample: Sequence[Turned]) -> list[str]:
    """Give the texts that the lake has of them; it has none of what was refused."""
    keys = {each.key for each in sample}
    paths = sorted({each.path for each in sample})
    return [_words(document.text) for path in paths for document in lake.read_documents(path, keys)]


def _words(text: str) -> str:
    """Give a text without what differs between two answers of one page: times, addresses, numbers of requests."""
    words = text.split()
    return " ".join(word for word in words if "/" not in word and not any(map(str.isdigit, word)))
