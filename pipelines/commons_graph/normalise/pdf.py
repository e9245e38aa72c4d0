"""PDFs to blocks: the text of the pages, without what stands at the head or foot of each.

What belongs here: what the pages' lines mean as a whole. What does not: the PDF's structure (`pdf_pages`, in a process
of its own), and lines by themselves (`plain`). A scan holds no text, and is refused as that.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from commons_graph.errors import CommonsError
from commons_graph.model import Capture
from commons_graph.normalise import plain
from commons_graph.normalise.characters import clean, fold
from commons_graph.normalise.told import Told

PROGRAM = Path(__file__).with_name("pdf_pages.py")
SECONDS = 60
"""Of computing. The clock may run longer on a busy machine, and the result is the same."""
PATIENCE = 10
MEMORY = 2 << 30
DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
DIGITS = re.compile(r"\d+")
PARTED = re.compile(r"(?<=[a-zà-öø-ÿœ])-\n(?=[a-zà-öø-ÿœ])")
"""A word parted at the end of a line. A hyphen of its own that stands there is lost with it."""
EDGE = 2
"""Lines at the head and at the foot of a page that may be the same on every page."""
FEWEST = 3


def read(capture: Capture) -> Told:
    """Read a PDF. Raises `CommonsError` when it is damaged, encrypted, a scan, or takes too much to read."""
    found = _run(capture)
    text = PARTED.sub("", "\n".join(_bare([clean(page).split("\n") for page in found["pages"]])))
    if not text.strip():
        raise CommonsError(capture.address, "is a PDF without text, such as a scan", "run text recognition on it")
    told = plain.read_text(text, capture.hints.get("title") or _title(found))
    told.language = found["language"]
    dated = DATE.match(found["date"])
    told.date = "-".join(dated.groups()) if dated else ""
    return told


def _run(capture: Capture) -> dict[str, Any]:
    command = [sys.executable, "-P", str(PROGRAM), str(SECONDS), str(MEMORY)]
    patience = SECONDS * PATIENCE
    try:
        # our own program; the PDF is only its input
        done = subprocess.run(command, input=capture.payload, capture_output=True, timeout=patience, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise _too_much(capture) from None
    if done.returncode:
        raise _too_much(capture)
    found: dict[str, Any] = json.loads(done.stdout)
    if "problem" in found:
        raise CommonsError(capture.address, found["problem"], found["remedy"])
    return found


def _too_much(capture: Capture) -> CommonsError:
    return CommonsError(
        capture.address, "is a PDF that takes too much time or memory to read", "split it, or leave it out"
    )


def _title(found: dict[str, Any]) -> str:
    """Give the title that a PDF names, where its first page says it too: often it is the name of a file."""
    title, first = fold(found["title"]).strip(), fold(found["pages"][0])
    return title if title.casefold() in first.casefold() else ""


def _bare(pages: list[list[str]]) -> list[str]:
    """Give the lines of all pages but those at the edges that most pages have, whatever number is in them."""
    edges = Counter(shape for page in pages for shape in {_shape(page[at]) for at in _edges(page)})
    return [
        line
        for page in pages
        for at, line in enumerate(page)
        if not (at in _edges(page) and edges[_shape(line)] >= max(FEWEST, len(pages) / 2))
    ]


def _edges(page: list[str]) -> set[int]:
    filled = [at for at, line in enumerate(page) if line.strip()]
    return {*filled[:EDGE], *filled[-EDGE:]}


def _shape(line: str) -> str:
    return DIGITS.sub("0", line.strip())
