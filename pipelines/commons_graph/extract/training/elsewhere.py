"""Documents of others that we annotated: here are places in their texts, the texts stay where they are.

What belongs here: getting such a text from a clone of its repository or from the wiki's export, checking that it is
what was read, and making the annotation whole again. What does not: documents that hold their text (`gold`).

A line of `labels/elsewhere/*.jsonl` names repository, commit and path (of a wiki page its title alone); `parts` are the
ranges of the file that make up the text, or characters to put between them; `sha256` is the text's. Names and addresses
are ranges of that text, a name `null` is the page's title; the ends of a relation are numbers of entities.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from commons_graph.errors import CommonsError
from commons_graph.extract.training.gold import GoldDocument, of_row, read

ELSEWHERE = Path(__file__).parent / "labels" / "elsewhere"
WIKI = "p2pfoundation-wiki"
Row = dict[str, Any]
Whole = Callable[[Row], str | None]
"""Gives the file that a line names, or None where it is not at hand."""


def elsewhere_documents(whole: Whole, folder: Path = ELSEWHERE) -> Iterator[GoldDocument]:
    """Give the documents whose files are at hand. Raises `CommonsError` where a file is not what was read."""
    for row, text, path in texts_of(folder, whole):
        annotated = annotation(row, text)
        yield replace(of_row(annotated, read(path, annotated)), own=True)


def texts_of(folder: Path, whole: Whole) -> Iterator[tuple[Row, str, Path]]:
    """Give the lines of a folder whose files are at hand, each with its text and, until the next, a file that holds it.

    Raises `CommonsError` where a file is not what was read.
    """
    with tempfile.TemporaryDirectory() as texts:
        for file in sorted(folder.glob("*.jsonl")):
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                row = json.loads(line)
                text = _text(row, whole, f"{file}:{number}")
                if text is not None:
                    path = Path(texts) / row["doc"]
                    path.write_text(text, encoding="utf-8")
                    yield row, text, path


def whole_file(clones: Path | None, pages: Mapping[str, str]) -> Whole:
    """Give what looks a line's file up, in clones named `owner+name` and among the wiki's pages by title."""

    def look(row: Row) -> str | None:
        if row["repository"] == WIKI:
            return pages.get(row["path"])
        clone = clones / row["repository"].replace("/", "+") if clones else None
        return _shown(clone, row) if clone and clone.is_dir() else None

    return look


def annotation(row: Row, text: str) -> Row:
    """Give the annotation as the gold set writes it, with names for places."""
    title = row["doc"].removesuffix(".mediawiki")
    entities = []
    for each in row["entities"]:
        names = [title if place is None else text[place[0] : place[1]] for place in each["names"]]
        entities.append({"label": names[0], "class": each["class"], "aliases": names[1:]})
    labels = [each["label"] for each in entities]
    relations = [
        {"subject": labels[subject], "predicate": predicate, "object": _end(end, labels, text)}
        for subject, predicate, end in row["relations"]
    ]
    return row | {"entities": entities, "relations": relations}


def _end(end: int | str | list[int], labels: list[str], text: str) -> str:
    if isinstance(end, int):
        return labels[end]
    return end if isinstance(end, str) else text[end[0] : end[1]]


def _text(row: Row, whole: Whole, where: str) -> str | None:
    """Give the text that a line names, or None, said to be, where its file is not at hand."""
    source = whole(row)
    if source is None:
        print(f"{row['doc']} is left out: there is no clone of {row['repository']}")
        return None
    text = "".join(part if isinstance(part, str) else source[part[0] : part[1]] for part in row["parts"])
    if hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
        told = f"{row['repository']} {row['path']} is not the text that was annotated"
        raise CommonsError(where, told, f"have the clone hold commit {row['commit'] or '(of the export)'}")
    return text


def _shown(clone: Path, row: Row) -> str:
    asked = ["git", "-C", str(clone), "show", f"{row['commit']}:{row['path']}"]
    shown = subprocess.run(asked, capture_output=True, check=False)  # noqa: S603 - git by its arguments, no shell
    if shown.returncode:
        raise CommonsError(str(clone), shown.stderr.decode(errors="replace").strip(), "fetch that commit")
    return shown.stdout.decode(errors="replace")
