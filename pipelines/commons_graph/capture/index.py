"""The small files beside the WARC files of a source: which digest lies where, and what the last read had.

What belongs here: JSON lines, read whole and replaced in one step. What does not: the WARC files themselves (`warc`),
and what the notes mean (`archive`, `live.state`).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from commons_graph.capture import warc
from commons_graph.errors import CommonsError

NAME = "index.jsonl"
NEW = ".new"
Places = dict[str, warc.Place]


def read(home: Path) -> Places:
    """Give where each digest lies, without those whose WARC file has been lost. Raises `CommonsError` as `lines`."""
    there = {path.name for path in home.glob("*.warc*")}
    return {line["digest"]: warc.Place(**line) for line in lines(home / NAME) if line["warc"] in there}


def write(home: Path, places: Places) -> None:
    """Replace the index."""
    replace(home / NAME, (asdict(place) for place in places.values()))


def lines(path: Path) -> list[dict[str, Any]]:
    """Give the records of a file, none where there is no file. Raises `CommonsError` when it is damaged."""
    if not path.is_file():
        return []
    try:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError) as error:
        raise CommonsError(str(path), "cannot be read", "restore it, or remove the folder and refresh") from error


def replace(path: Path, records: Iterable[Mapping[str, Any]]) -> None:
    """Write records beside a file, flush them, and put them in its place."""
    beside = path.with_name(f"{path.name}{NEW}")
    with beside.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(record) + "\n" for record in records)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(path)
