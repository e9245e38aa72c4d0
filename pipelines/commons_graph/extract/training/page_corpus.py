"""Reads what the page type model learns from: a wiki's export and the files of read pages.

What belongs here: reading. What does not: features and weights.
"""

from __future__ import annotations

import bz2
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import numpy.typing as npt

from commons_graph.extract.page_source import canonical_title
from commons_graph.extract.page_type import PAGE_CLASSES

SECOND = 0.35
"""What a second accepted class weighs beside the first when a reader was torn."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page that someone read: its canonical title and every class that is right, the best first."""

    title: str
    classes: tuple[str, ...]


def export_pages(path: Path) -> Iterator[tuple[str, str]]:
    """Give title and wikitext of every page of a trusted local MediaWiki export (.xml or .xml.bz2)."""
    with bz2.open(path) if path.suffix == ".bz2" else path.open("rb") as file:
        title = text = ""
        for _, element in ElementTree.iterparse(file):  # noqa: S314 (our own corpus, read while training only)
            tag = element.tag.rpartition("}")[2]
            if tag == "title":
                title = element.text or ""
            elif tag == "text":
                text = element.text or ""
            elif tag == "page":
                yield title, text
                element.clear()


def read_pages(path: Path) -> list[ReadPage]:
    """Give the read pages of a file with `page`, `class` and `alternatives` a line."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [ReadPage(canonical_title(row["page"]), (row["class"], *row.get("alternatives", ()))) for row in rows]


def targets(pages: list[ReadPage]) -> npt.NDArray[np.float64]:
    """Give one row of class shares a page; each row sums to one."""
    result = np.zeros((len(pages), len(PAGE_CLASSES)))
    for row, page in zip(result, pages, strict=True):
        others = [name for name in page.classes[1:] if name != page.classes[0]]
        row[PAGE_CLASSES.index(page.classes[0])] = 1 - SECOND if others else 1.0
        for name in others:
            row[PAGE_CLASSES.index(name)] += SECOND / len(others)
    return result


def is_right(predicted: npt.NDArray[np.intp], pages: list[ReadPage]) -> npt.NDArray[np.bool_]:
    """Tell for each page whether the predicted class is one of those that are right."""
    return np.array([PAGE_CLASSES[row] in page.classes for row, page in zip(predicted.tolist(), pages, strict=True)])
