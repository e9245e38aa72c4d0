"""What stewards decided, read from the YAML files in sources/decisions/. Each holds a list `decisions`.

Keys that the lake does not know are passed over: their document may come back.
What belongs here: the files, and everything that is wrong with them. What does not: the form of an entry
(`decision`), and what follows from them (`identify`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from commons_graph import yaml_file
from commons_graph.errors import CommonsError
from commons_graph.resolve import contradictions
from commons_graph.resolve.decision import SHAPE, Decision, parse


def read(folder: Path) -> list[Decision]:
    """Read all decisions of a folder, in the order of files and lines; none where there is no folder.

    Raises `CommonsError` with the first thing that `check` finds.
    """
    found, wrong = _all(folder)
    if wrong:
        raise wrong[0]
    return found


def check(folder: Path) -> list[CommonsError]:
    """Give everything that is wrong with the decisions of a folder: first by file and line, then what contradicts."""
    return _all(folder)[1]


def files(folder: Path) -> list[Path]:
    """Give the files that decisions are read from, or should be, in the order in which they are read."""
    return yaml_file.listed(folder)


def _all(folder: Path) -> tuple[list[Decision], list[CommonsError]]:
    told = [each for path in files(folder) for each in _entries(path)]
    found = [each for each in told if isinstance(each, Decision)]
    wrong = [each for each in told if isinstance(each, CommonsError)]
    return found, [*wrong, *contradictions.find(found)]


def _entries(path: Path) -> Iterator[Decision | CommonsError]:
    place = f"sources/decisions/{path.name}"
    try:
        file = yaml_file.load(path, place)
    except CommonsError as error:
        yield error
        return
    entries = file.data.get("decisions")
    if set(file.data) != {"decisions"} or not isinstance(entries, list):
        yield CommonsError(f"{place}:1", "expected one list named `decisions`", SHAPE)
        return
    for number, entry in enumerate(entries):
        yield _entry(entry, f"{place}:{file.line('decisions', number)}")


def _entry(entry: Any, place: str) -> Decision | CommonsError:
    try:
        return parse(entry, place)
    except CommonsError as error:
        return error
