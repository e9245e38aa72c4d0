"""Two thousand pages of a real wiki: what a refresh costs when one in a hundred has changed. `-s` prints the times."""

from __future__ import annotations

import time
from typing import Any

from wiki_reader import Reader

from commons_graph.source import Source

PAGES = 2000
CHANGED = range(0, PAGES, 100)


def text(number: int) -> str:
    return f"Page {number} is on [[Page {number // 2}]].\n\n" + f"What is shared by {number}. " * 150


def timed(reader: Reader, kind: str) -> int:
    began = time.perf_counter()
    found = len(reader.visit())
    print(f"\n{kind}: {found} pages in {time.perf_counter() - began:.2f} s, {len(reader.asked)} requests")
    return found


def test_one_changed_page_in_a_hundred_costs_less_than_a_tenth(mediawiki: Any, source: Source) -> None:
    mediawiki.fill((f"Page {number}", text(number)) for number in range(PAGES))
    reader = Reader(source)
    assert timed(reader, "all") >= PAGES
    requests, size = len(reader.asked), sum(len(each.body) for each in reader.asked)
    mediawiki.edit_many({f"Page {number}": f"Changed. {text(number)}" for number in CHANGED})
    assert timed(reader, "changed") == len(CHANGED)
    assert len(reader.asked) < requests / 10
    assert sum(len(each.body) for each in reader.asked) < size / 10
    assert timed(reader, "nothing") == 0
