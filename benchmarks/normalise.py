"""Normalisation beside other libraries, in turns in one process: wikitext and HTML.

    python benchmarks/normalise.py [DUMP.xml.bz2] [--pages 2000] [--rounds 3]

Without a dump, or for HTML, the sample's own pages are repeated. What is compared is not the same work: the others give
plain text, ours gives blocks with offsets, links, language and no people's addresses. Ratios are CPU time.
"""

from __future__ import annotations

import argparse
import hashlib
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import mwparserfromhell
import trafilatura
from bs4 import BeautifulSoup

from commons_graph import normalise
from commons_graph.capture import read_paths
from commons_graph.errors import CommonsError
from commons_graph.model import Capture

SAMPLE = Path(__file__).parents[1] / "sources" / "sample"


def main() -> None:
    """Print a table for each kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dump", nargs="?", type=Path)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    wiki = _wiki(given.dump, given.pages)
    compare(
        "wikitext", wiki, {"mwparserfromhell": lambda c: mwparserfromhell.parse(_text(c)).strip_code()}, given.rounds
    )
    others: dict[str, Callable[[Capture], object]] = {
        "BeautifulSoup (lxml)": lambda c: BeautifulSoup(c.payload, "lxml").get_text(" "),
        "trafilatura": lambda c: trafilatura.extract(_text(c)),
    }
    compare("HTML", _html(), others, given.rounds)


def compare(
    kind: str, captures: Sequence[Capture], others: dict[str, Callable[[Capture], object]], rounds: int
) -> None:
    """Time each reader on the same captures, in turns; print medians and ratios to ours."""
    readers = {"ours": _ours, **others}
    taken: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(rounds):
        for name, reader in readers.items():
            start = time.process_time()
            for capture in captures:
                reader(capture)
            taken[name].append(time.process_time() - start)
    size = sum(len(capture.payload) for capture in captures) / 1e6
    print(f"{kind}: {len(captures)} pages, {size:.1f} MB, {rounds} rounds, CPU seconds (median)")
    ours = statistics.median(taken["ours"])
    for name, seconds in taken.items():
        median = statistics.median(seconds)
        print(f"  {name:<22} {median:7.2f} s  {size / median:6.1f} MB/s  {median / ours:5.1f} times ours")


def _ours(capture: Capture) -> object:
    try:
        return normalise.document(capture)
    except CommonsError:
        return None


def _text(capture: Capture) -> str:
    return capture.payload.decode("utf-8", "replace")


def _wiki(dump: Path | None, pages: int) -> list[Capture]:
    if dump is None:
        found = [each for each in read_paths([SAMPLE / "wiki-export.xml"]) if isinstance(each, Capture)]
        return [found[number % len(found)] for number in range(pages)]
    every = (each for each in read_paths([dump]) if isinstance(each, Capture) and len(each.payload) > 200)
    return list(islice(every, pages))


def _html() -> list[Capture]:
    """Give 60 long pages, each the sample's pages one after the other inside one body."""
    bodies = b"".join(path.read_bytes() for path in sorted(SAMPLE.rglob("*.html")) if path.name != "casse.html")
    page = b"<html><body><main>" + bodies * 3 + b"</main></body></html>"
    digest = hashlib.sha256(page).hexdigest()
    made = datetime(2025, 1, 1, tzinfo=UTC)
    return [Capture("bench", f"https://bench.example/{n}", "text/html", page, digest, made) for n in range(60)]


if __name__ == "__main__":
    main()
