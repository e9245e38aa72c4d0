"""Documents that are read together: as many as keep numpy busy, and not so many that their arrays leave the cache.

What belongs here: cutting. What does not: reading (`found`), which says the same of a document in whatever batch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from commons_graph.model import Document

MOST = 40
"""Documents of a batch."""
CHARACTERS = 40_000
"""Of a batch's texts, from which on it is full."""


def batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Give the documents in their order, in batches."""
    batch: list[Document] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.text)
        if size >= CHARACTERS or len(batch) == MOST:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
