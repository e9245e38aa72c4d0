"""meta.tsv: what files cannot say of themselves, such as a letter's date or a page's address.

What belongs here: reading that table. What does not: the files. A wrong cell is refused alone; the row's others count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from commons_graph.capture.addresses import is_web
from commons_graph.capture.records import StoredFile
from commons_graph.model import Refusal
from commons_graph.personal import clean

COLUMNS = {"url", "language", "kind", "date", "title"}
LARGEST = 20_000_000
SHOWN = 60
FORMS = {
    "language": (re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"), "a language tag such as fr"),
    "date": (re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"), "YYYY, YYYY-MM or YYYY-MM-DD"),
}

Rows = dict[str, dict[str, str]]


def load(file: StoredFile, names: Set[str] | None = None) -> tuple[Rows, list[Refusal]]:
    """Read a table with a header line and tabs between cells; give a row of known columns for each file name.

    Rows for other files than `names` are told in one refusal; without `names` the table may be of more files.
    """
    if file.size > LARGEST:
        return {}, [Refusal(file.name, "the table is larger than 20 MB", "keep one line a file")]
    with file.open() as stream:
        text = stream.read(LARGEST).decode("utf-8-sig", "replace")
    lines = text.splitlines()
    header = [name.strip().lower() for name in lines[0].split("\t")] if lines else []
    if "file" not in header:
        return {}, [Refusal(f"{file.name}:1", "has no column `file`", "write the header: file url language kind date")]
    rows: Rows = {}
    refused: list[Refusal] = []
    absent: dict[int, str] = {}
    for number, line in enumerate(lines[1:], start=2):
        cells = {name: cell.strip() for name, cell in zip(header, line.split("\t"), strict=False)}
        if cells.get("file"):
            refused.extend(_wrong(cells, f"{file.name}:{number}"))
            rows[cells["file"]] = {name: cell for name, cell in cells.items() if name in COLUMNS and cell}
            if names is not None and cells["file"] not in names:
                absent[number] = cells["file"]
    return rows, [*refused, *_absent(absent, file.name)]


def _absent(lines: dict[int, str], table: str) -> Iterator[Refusal]:
    """Give one refusal for the rows of files that are not there, whose names stand by their lines."""
    if lines:
        first, *others = lines
        more = f", nor are the files of {len(others)} other lines" if others else ""
        reason = f"{_shown(lines[first])} is not among the files that are read{more}"
        yield Refusal(f"{table}:{first}", reason, "mend the name in `file`, or take the line out")


def _wrong(cells: dict[str, str], place: str) -> Iterator[Refusal]:
    """Give a refusal for each cell that has not its form, and empty the cell."""
    for name, (form, expected) in FORMS.items():
        if cells.get(name) and not form.fullmatch(cells[name]):
            yield Refusal(place, f"`{name}` is {_shown(cells[name])}, expected {expected}", "mend the cell")
            cells[name] = ""
    if cells.get("url") and not is_web(cells["url"]):
        yield Refusal(place, f"`url` is {_shown(cells['url'])}, expected an http(s) address", "mend the cell")
        cells["url"] = ""


def _shown(cell: str) -> str:
    """Give a cell as a complaint may show it: cleaned before it is cut, since half an e-mail address is not seen."""
    return repr(clean(cell)[:SHOWN])
