"""What a visit leaves for the next one, in `state.jsonl`: one line on the visit, then one line a document.

It is replaced in one step, so that what is known and how far the source was read always belong together.
What belongs here: the file, and the fingerprint of what it says. What does not: how the state changes (`fold`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from commons_graph.capture import index, reading
from commons_graph.capture.live.fold import is_there
from commons_graph.capture.live.records import Known, Told
from commons_graph.errors import CommonsError
from commons_graph.source import Source

NAME = "state.jsonl"


@dataclass(frozen=True, slots=True)
class State:
    """`settings` is the fingerprint of the source's settings under which `cursor` was written."""

    settings: str = ""
    cursor: Told = field(default_factory=dict)
    known: Mapping[str, Known] = field(default_factory=dict)

    def documents(self) -> Iterator[Known]:
        """Give the documents that are still there, by address."""
        return (self.known[address] for address in sorted(self.known) if is_there(self.known[address]))


def read(home: Path) -> State | None:
    """Give what the last visit left, or None where there was none. Raises `CommonsError` when the file is damaged."""
    path = home / NAME
    records = index.lines(path)
    if not records:
        return None
    try:
        head, known = records[0], [Known(**record) for record in records[1:]]
        return State(head["settings"], head["cursor"], {each.address: each for each in known})
    except (TypeError, KeyError) as error:
        raise CommonsError(str(path), "is not in its form", "restore it, or remove the folder and refresh") from error


def write(home: Path, state: State) -> None:
    """Replace the state of the last visit."""
    head: dict[str, Any] = {"settings": state.settings, "cursor": state.cursor}
    index.replace(home / NAME, [head, *(asdict(state.known[address]) for address in sorted(state.known))])


def fingerprint(source: Source, state: State) -> str:
    """Give a digest of what a replay of this state gives."""
    whole = hashlib.sha256(reading.settings(source).encode())
    for known in state.documents():
        line = [known.address, known.digest, known.media_type, sorted(known.hints.items())]
        whole.update(json.dumps(line).encode())
    return whole.hexdigest()
