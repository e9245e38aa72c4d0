"""What a step of one source did last: a small JSON file beside what it wrote, the mark by which it knows it is done.

What belongs here: the note and writing it whole or not at all. What does not: the marks of single files
(`commons_graph.lake`).
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from commons_graph.model import Refusal

NAME = "note.json"


@dataclass(frozen=True, slots=True)
class Tally:
    """What a refresh of a source changed: documents that are new, changed and gone; how many failed."""

    added: int = 0
    changed: int = 0
    gone: int = 0
    failed: int = 0


NOTHING = Tally()


@dataclass(frozen=True, slots=True)
class Note:
    """From what (`fingerprint`) and with what code (`version`) a step wrote how many rows, and what it left out.

    `checked` is when (ISO 8601, UTC) the source was last asked; `problem` says why that broke off, or is "".
    """

    fingerprint: str
    version: str
    rows: int
    refused: tuple[Refusal, ...] = ()
    tally: Tally = NOTHING
    checked: str = ""
    problem: str = ""


def read(folder: Path) -> Note | None:
    """Give the note of a folder, or None where there is no whole one."""
    try:
        data = json.loads((folder / NAME).read_text(encoding="utf-8"))
        refused = tuple(Refusal(**each) for each in data["refused"])
        return Note(**{**data, "refused": refused, "tally": Tally(**data.get("tally", {}))})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def write(folder: Path, note: Note) -> None:
    """Write the note of a folder, replacing the last one in one step."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{NAME}.new"
    with beside.open("w", encoding="utf-8") as out:
        json.dump(asdict(note), out, ensure_ascii=False, indent=1)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(folder / NAME)
