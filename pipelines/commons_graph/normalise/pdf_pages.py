"""A program of its own: a PDF on standard input to the text of its pages, as JSON on standard output.

What belongs here: all that touches a PDF's structure. It runs in a process whose time and memory are limited, since a
PDF can be built to cost as much as its maker likes. What does not: what the text means (`pdf`). It imports nothing of
ours, so that it starts fast and nothing of ours is in reach of a hostile file.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from typing import Any

from pypdf import PdfReader

MOST_PAGES = 1000
LONGEST = 10_000_000
HEAD, TAIL = 1024, 2048
"""Where readers look for the first and the last words of a PDF."""
DAMAGED = ("is damaged and cannot be read as a PDF", "open it in a viewer and save it again")


def told(payload: bytes) -> dict[str, Any]:
    """Give the pages' text and what the PDF says of itself, or the `problem` and its `remedy`."""
    if b"%PDF-" not in payload[:HEAD]:
        return _problem("is no PDF", "save it as what it is")
    if b"%%EOF" not in payload[-TAIL:]:
        return _problem("is a PDF that is cut off", "fetch it again")
    try:
        return _read(PdfReader(io.BytesIO(payload)))
    except MemoryError:
        return _problem("needs too much memory to be read", "split it")
    except Exception:  # the library lets many kinds of error out of a damaged file
        return _problem(*DAMAGED)


def _read(reader: PdfReader) -> dict[str, Any]:
    if reader.is_encrypted:
        return _problem("is an encrypted PDF", "save it without a password and without restrictions")
    if not reader.pages:
        return _problem(*DAMAGED)
    if len(reader.pages) > MOST_PAGES:
        return _problem(f"has more than {MOST_PAGES} pages", "split it")
    pages: list[str] = []
    for page in reader.pages:
        pages.append(page.extract_text())
        if sum(map(len, pages)) > LONGEST:
            return _problem(f"holds more than {LONGEST} characters", "split it")
    about: dict[str, Any] = dict(reader.metadata or {})
    named = {
        "title": about.get("/Title"),
        "date": about.get("/CreationDate"),
        "language": reader.root_object.get("/Lang"),
    }
    return {"pages": pages} | {name: str(value or "") for name, value in named.items()}


def _problem(problem: str, remedy: str) -> dict[str, Any]:
    return {"problem": problem, "remedy": remedy}


def main() -> None:
    """Read the limits from the arguments (seconds of computing, bytes of memory), then the PDF."""
    seconds, memory = map(int, sys.argv[1:3])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    json.dump(told(sys.stdin.buffer.read()), sys.stdout)


if __name__ == "__main__":
    main()
