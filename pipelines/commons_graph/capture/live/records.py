"""What a connector says of a source's documents, and what is known of each since the last visit: the records only."""

from __future__ import annotations

from dataclasses import dataclass, field

Told = dict[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """A document as the source gives it now.

    `address` is its canonical address, and its identity between visits. `payload` holds the exact bytes of this one
    document (a page's HTML, a wiki page's wikitext, a letter). `hints` as in `Capture`. `marks` let the next visit
    ask for changes only: `etag`, `last_modified`, `revision`, `modified`, as the source knows them.
    """

    address: str
    media_type: str
    payload: bytes
    hints: Told = field(default_factory=dict)
    marks: Told = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A document that is as it was at the last visit (304, the same revision). `marks` replace the old ones, if any."""

    address: str
    marks: Told = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gone:
    """A document that the source says is no longer there: 404, 410, a deletion or a move in a log."""

    address: str
    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A document that is at another address of its source now, as a document of its own: it is not kept beside that."""

    address: str
    to: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the last visit left of one document.

    `seen` is when the source last had it, `checked` when it was last asked for (both ISO 8601, UTC); `missing` counts
    the visits in a row that did not find it: from two on it is gone, and no longer given to the next stage.
    """

    address: str
    digest: str
    media_type: str
    hints: Told
    marks: Told
    seen: str
    checked: str
    missing: int = 0
