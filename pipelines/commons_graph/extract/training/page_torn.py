"""Chooses pages to read: `python -m commons_graph.extract.training.page_torn EXPORT GOLD_FOLDER COUNT`.

What belongs here: finding those unread pages where the model is torn between two classes, and a fair draw among them.
What does not: labels (`labels/pages.jsonl`, written by readers) and training.
"""

from __future__ import annotations

import json
import sys
import zlib
from pathlib import Path

import numpy as np

from commons_graph.extract.page_source import canonical_title, namespace
from commons_graph.extract.page_type import PAGE_CLASSES, PageTypes
from commons_graph.extract.training.page_corpus import export_pages, read_pages
from commons_graph.extract.training.page_type import LABELS

TORN = 0.3
"""Pages whose two best classes are nearer than this take part in the draw."""


def torn_pages(export: Path, gold: Path, count: int) -> list[tuple[str, list[str]]]:
    """Give title and two best classes of pages drawn by their title's hash among those where the model is torn."""
    model = PageTypes.load()
    files = [gold / "pages-train.jsonl", gold / "pages-dev.jsonl", LABELS]
    read = {page.title for file in files for page in read_pages(file)}
    found = []
    for title, text in export_pages(export):
        name = canonical_title(title)
        if name in read or namespace(name) in {"file", "template"} or text.lstrip()[:9].lower() == "#redirect":
            continue
        scores = model.scores(title, text) / model.temperature
        shares = np.exp(scores - scores.max()) / np.exp(scores - scores.max()).sum()
        first, second = np.argsort(-shares)[:2].tolist()
        if shares[first] - shares[second] < TORN:
            found.append((name, [PAGE_CLASSES[first], PAGE_CLASSES[second]]))
    return sorted(found, key=lambda page: zlib.crc32(page[0].encode()))[:count]


if __name__ == "__main__":
    for page, classes in torn_pages(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])):
        print(json.dumps({"page": page, "torn": classes}, ensure_ascii=False))
