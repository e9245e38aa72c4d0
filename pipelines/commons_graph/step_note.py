"""What a step of one source did last: a small JSON file beside what it wrote, the mark by which it knows it is done.

What belongs here: the note and writing it whole or not at all. What does not: the marks of single files
(`commons_graph.lake`).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from commons_graph import personal_addresses
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

    def __post_init__(self) -> None:
        """Take people's addresses out of what is told: notes are shown, and stand in the lake and in logs."""
        object.__setattr__(self, "refused", tuple(map(personal_addresses.refusal, self.refused)))
        object.__setattr__(self, "problem", personal_addresses.said(self.problem))


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
        json.dump(asdict(note), out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(folder / NAME)


def now() -> str:
    """Give the time in the form of `Note.checked`."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def day(note: Note | None) -> date | None:
    """Give the day on which what a note tells of was last found to be so."""
    return datetime.fromisoformat(note.checked).date() if note and note.checked else None


def confirm(folder: Path, note: Note) -> Note:
    """Note that a step found everything as it was: nothing changed, and it was so until now."""
    confirmed = replace(note, tally=Tally(failed=len(note.refused)), checked=now())
    write(folder, confirmed)
    return confirmed


def total(tallies: Iterable[Tally], failed: int) -> Tally:
    """Give the sum of the tallies of parts; `failed` is that of the whole."""
    parts = list(tallies)
    return Tally(
        sum(part.added for part in parts), sum(part.changed for part in parts), sum(part.gone for part in parts), failed
    )
