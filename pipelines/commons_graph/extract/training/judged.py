"""Candidates for names that were judged one by one, in texts that stand elsewhere: those where the model was torn.

What belongs here: getting the texts, and what was judged of them. What does not: whole annotations (`elsewhere`): of
these texts the other candidates stay unknown, so that they train and measure nothing.

A line of `labels/judged/*.jsonl` names its text as `elsewhere` does. `names` holds the place of a candidate with its
class or "none".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from commons_graph.extract.names.words import folded_name
from commons_graph.extract.training.elsewhere import Whole, texts_of
from commons_graph.extract.training.gold import OWN_WEIGHT, WEIGHT, read
from commons_graph.model import Document

JUDGED = Path(__file__).parent / "labels" / "judged"


@dataclass(frozen=True, slots=True)
class JudgedDocument:
    """A document with the class ("none": no name) of some folded names."""

    document: Document
    names: dict[str, str]

    @property
    def weight(self) -> float:
        """Give how much what was judged counts in training: as much as an annotation of ours."""
        return (1.0 if self.document.kind == "wiki entry" else WEIGHT) * OWN_WEIGHT


def judged_documents(whole: Whole, folder: Path = JUDGED) -> Iterator[JudgedDocument]:
    """Give the documents whose files are at hand. Raises `CommonsError` where a file is not what was read."""
    for row, text, path in texts_of(folder, whole):
        names = {folded_name(text[start:end]): cls for start, end, cls in row["names"]}
        yield JudgedDocument(read(path, row), names)
