"""The past of the lake: documents that are gone, and statements that their sources no longer make.

A row is put here when the file of its bucket is written without it, and taken out when it comes back; its `last_seen`
is the last day on which it was there. What belongs here: which rows that are. What does not: the present rows.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = "past"
DROPPED = ("text", "blocks", "marks")
"""The past of a document is where it was and what it was called, not its text."""


def path_of(path: Path) -> Path:
    """Give where the past of a file of the lake lies: beside it, in a folder that no present row is read from."""
    return path.parent / FOLDER / path.name


def first_seen(path: Path, key: str, ids: Collection[str]) -> dict[str, date]:
    """Give when some rows of a file, or of its past, were first seen."""
    return {**_dates(path_of(path), key, ids), **_dates(path, key, ids)}


def end(path: Path, key: str, ended: Any, present: Collection[str], day: date | None) -> Any | None:
    """Give the past of a file once `ended` (rows of it) are added and `present` ids taken out; None if unchanged.

    `day` is the last day on which the ended rows are known to have been there, where that is later than they say.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    before = table(path_of(path))
    back = before and pc.sum(pc.is_in(before[key], pa.array(present, pa.string()))).as_py()
    if not len(ended) and not back:
        return None
    ended = _seen_until(ended.drop_columns([name for name in DROPPED if name in ended.column_names]), day)
    gone = pa.array([*present, *ended[key].to_pylist()], pa.string())
    kept = [before.filter(pc.invert(pc.is_in(before[key], gone)))] if before else []
    return pa.concat_tables([*kept, ended]).sort_by(key)


def table(path: Path) -> Any | None:
    """Give all rows of a file, or None where there is no whole one."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            return file.read()
    except (OSError, pa.ArrowException):
        return None


def _seen_until(ended: Any, day: date | None) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    if day is None:
        return ended
    place = ended.column_names.index("last_seen")
    later = pc.max_element_wise(ended["last_seen"], pa.scalar(day, pa.date32()))
    return ended.set_column(place, "last_seen", later)


def _dates(path: Path, key: str, ids: Collection[str]) -> dict[str, date]:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            held = file.read(columns=[key, "first_seen"])
    except (OSError, pa.ArrowException):
        return {}
    found = held.filter(pc.is_in(held[key], pa.array(list(ids), pa.string())))
    return dict(zip(found[key].to_pylist(), found["first_seen"].to_pylist(), strict=True))
