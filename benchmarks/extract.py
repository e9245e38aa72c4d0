"""Extraction in words a second on one core: one document at a time, in batches, and in batches for the first time.

    python benchmarks/extract.py DUMP.xml.bz2 [GOLD_FOLDER] [--pages 400] [--rounds 2]

CPU seconds, the least of the rounds; reading and normalising are done before. Pages are drawn from the whole dump, the
same each time. For the first time, once, behind as many other pages: words are mostly known then, names are not, as in
a long run. What belongs here: the measure. What does not: how well extraction does (`evaluate.py`).
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is loaded: one core is what is measured

from commons_graph import extract, normalise, project
from commons_graph.capture import read_paths
from commons_graph.extract.batches import batches
from commons_graph.extract.knowledge import Knowledge
from commons_graph.extract.training.gold import documents
from commons_graph.model import Capture, Document

SHORT, LONG = range(20, 150), range(600, 4000)
"""How many words short and long pages have."""
WHOLE = ("gold train", "pages")
"""The sets that no other set holds documents of."""
DRAWN = 7


def main() -> None:
    """Print a line for each set of documents and each way of reading them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dump", type=Path)
    parser.add_argument("gold", nargs="?", type=Path)
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args()
    knowledge = Knowledge.load(project.find().root)
    ways: dict[str, Callable[[Sequence[Document]], object]] = {
        "one at a time": lambda each: [extract.find(document, knowledge) for document in each],
        "in batches": lambda each: [extract.find_all(batch, knowledge) for batch in batches(each)],
    }
    drawn = _drawn(given.dump, 2 * given.pages)
    ways["in batches"](drawn[given.pages :])
    for name, chosen in _sets(drawn[: given.pages], given.gold).items():
        if name in WHOLE:
            print(f"{name:<12} first time     {_rate(ways['in batches'], chosen, 1)}", flush=True)
        for way, read in ways.items():
            print(f"{name:<12} {way:<14} {_rate(read, chosen, given.rounds)}", flush=True)


def _rate(read: Callable[[Sequence[Document]], object], chosen: Sequence[Document], rounds: int) -> str:
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        read(chosen)
        taken.append(time.process_time() - start)
    least, words = min(taken), sum(map(_words, chosen))
    return f"{len(chosen):5} documents {words:8} words {least:7.2f} s {words / least:8.0f} words/s"


def _sets(drawn: list[Document], gold: Path | None) -> dict[str, list[Document]]:
    sets = {"gold train": [each.document for each in documents(gold)]} if gold else {}
    sets["pages"] = drawn
    sets["short pages"] = [each for each in drawn if _words(each) in SHORT]
    sets["long pages"] = [each for each in drawn if _words(each) in LONG]
    return sets


def _drawn(dump: Path, pages: int) -> list[Document]:
    """Draw that many pages, each equally likely, however many the dump holds (Vitter's algorithm R)."""
    chance, kept = random.Random(DRAWN), []
    for number, capture in enumerate(each for each in read_paths([dump]) if isinstance(each, Capture)):
        if number < pages:
            kept.append(capture)
        elif (at := chance.randrange(number + 1)) < pages:
            kept[at] = capture
    return [normalise.document(each) for each in kept]


def _words(document: Document) -> int:
    return len(document.text.split())


if __name__ == "__main__":
    main()
