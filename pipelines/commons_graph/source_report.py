"""What the last refresh of a source did, put together from the notes of its steps, for people.

What belongs here: the numbers that `commons sources`, Dagster and a release's manifest show. What does not: the notes
(`step_note`), and how any of them shows these numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

from commons_graph import step_note
from commons_graph.project import Project


@dataclass(frozen=True, slots=True)
class SourceReport:
    """How many documents a source has, and how many of them the last refresh found new, changed or gone.

    `failed` counts addresses that could not be read or normalised. `checked` is when (ISO 8601, UTC) the source was
    last asked, and `problem` why that broke off, or "".
    """

    documents: int
    added: int
    changed: int
    gone: int
    failed: int
    checked: str
    problem: str


def of(project: Project, source: str) -> SourceReport | None:
    """Give the report on a source, or None when it was never read."""
    read = step_note.read(project.captures_dir / source)
    made = step_note.read(project.lake_dir / "documents" / source)
    if not made:
        return None
    failed = {each.address for note in (read, made) if note for each in note.refused}
    checked = (read and read.checked) or made.checked
    tally = made.tally
    return SourceReport(
        made.rows, tally.added, tally.changed, tally.gone, len(failed), checked, read.problem if read else ""
    )
