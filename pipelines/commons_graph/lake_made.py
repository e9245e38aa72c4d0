"""Of what a file of the lake was made: kept in the Parquet file itself, so that the two can never disagree.

What belongs here: these notes and their form. What does not: the rows (`commons_graph.lake_table`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from commons_graph import personal_addresses
from commons_graph.model import Refusal
from commons_graph.step_note import NOTHING, Tally

INPUT, VERSION, DOCUMENTS, REFUSED, SINCE, TALLY = (
    f"commons:{name}".encode() for name in ("input", "version", "documents", "refused", "since", "tally")
)
Marks = Mapping[str, tuple[str, ...]]
"""For each document of a bucket what it was made from; a file of documents adds what each became."""


@dataclass(frozen=True, slots=True)
class Made:
    """`fingerprint` says what a file was made from as a whole and `version` with what code.

    `documents` says the same of each document, so that the next run redoes only those that changed; `refused` says
    which of them gave nothing, and why. `tally` is what was changed `since` a refresh that came to its end: one that
    broke off in between left no note of what it did, and what it did is not done again.
    """

    fingerprint: str
    version: str
    documents: Marks = field(default_factory=dict)
    refused: Mapping[str, Refusal] = field(default_factory=dict)
    since: str = ""
    tally: Tally = NOTHING

    def encoded(self) -> dict[bytes, bytes]:
        """Give it as the metadata of a Parquet file."""
        told = {key: personal_addresses.refusal(each) for key, each in sorted(self.refused.items())}
        refused = {key: (each.address, each.reason, each.remedy) for key, each in told.items()}
        return {
            INPUT: self.fingerprint.encode(),
            VERSION: self.version.encode(),
            DOCUMENTS: json.dumps(dict(sorted(self.documents.items()))).encode(),
            REFUSED: json.dumps(refused).encode(),
            SINCE: self.since.encode(),
            TALLY: json.dumps(asdict(self.tally)).encode(),
        }


def read(path: Path) -> Made | None:
    """Give of what a file was made, or None where there is no whole one, or one of an older form."""
    found = metadata(path)
    try:
        documents: dict[str, Any] = json.loads(found[DOCUMENTS])
        refused = {key: Refusal(*each) for key, each in json.loads(found[REFUSED]).items()}
        since, tally = found.get(SINCE, b"").decode(), Tally(**json.loads(found.get(TALLY, b"{}")))
    except KeyError:
        return None
    marks = {key: tuple(each) for key, each in documents.items()}
    return Made(found[INPUT].decode(), found[VERSION].decode(), marks, refused, since, tally)


def metadata(path: Path) -> Mapping[bytes, bytes]:
    """Give a file's metadata; none where there is no whole file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.read_metadata(path).metadata or {}
    except (OSError, pa.ArrowException):
        return {}
