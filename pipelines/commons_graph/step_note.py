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
class Note:
    """From what (`fingerprint`) and with what code (`version`) a step wrote how many rows, and what it left out."""

    fingerprint: str
    version: str
    rows: int
    refused: tuple[Refusal, ...] = ()


def read(folder: Path) -> Note | None:
    """Give the note of a folder, or None where there is no whole one."""
    try:
        data = json.loads((folder / NAME).read_text(encoding="utf-8"))
        return Note(**{**data, "refused": tuple(Refusal(**each) for each in data["refused"])})
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
