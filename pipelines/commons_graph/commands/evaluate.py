"""`commons evaluate`: how well extraction does on annotated pages or documents, as a table.

What belongs here: reading a gold file, predicting, printing. What does not: scoring (`commons_graph.evaluate`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from commons_graph import capture
from commons_graph.commands.extract import gold_form, page_file
from commons_graph.errors import CommonsError
from commons_graph.evaluate import Tally, score_documents, score_pages
from commons_graph.extract.knowledge import Knowledge
from commons_graph.extract.training.gold import read
from commons_graph.model import Capture
from commons_graph.project import Project

Tallies = dict[tuple[str, str], Tally]


def run(project: Project, gold: Path, texts: Path | None, pages: Path | None) -> int:
    """Print the score table of a gold file; `texts` is the folder of its documents, `pages` the wiki's export."""
    show(tallies(Knowledge.load(project.root), gold, texts, pages))
    return 0


def tallies(knowledge: Knowledge, gold: Path, texts: Path | None = None, pages: Path | None = None) -> Tallies:
    """Give the tallies of a gold file of documents or of pages."""
    rows = list(_rows(gold))
    if "page" in rows[0]:
        if pages is None:
            raise CommonsError(str(gold), "judges wiki pages", "name the wiki's export with --pages")
        return score_pages(rows, _classes(knowledge, pages, {row["page"] for row in rows}))
    folder = texts or gold.with_suffix("")
    return score_documents(rows, {row["doc"]: _predicted(knowledge, folder / row["doc"], row) for row in rows})


def show(scored: Tallies) -> None:
    """Print one line a figure."""
    from commons_graph.commands import tables

    made = tables.table("", "", "precision", "recall", "F1", "right", "predicted", "gold")
    for (what, of_which), tally in sorted(scored.items()):
        figures = (f"{figure:.3f}" for figure in (tally.precision, tally.recall, tally.f1))
        made.add_row(what, of_which, *figures, str(tally.right), str(tally.predicted), str(tally.gold))
    tables.show(made)


def _rows(gold: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = gold.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CommonsError(str(gold), "cannot be read", "name a .jsonl file of annotations") from error
    if not any(line.strip() for line in lines):
        raise CommonsError(str(gold), "holds no line", "name a .jsonl file with one annotation a line")
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _row(f"{gold}:{number}", line)


def _row(place: str, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise CommonsError(place, "is no JSON", "write one object a line") from error
    needed = ("page", "class") if isinstance(row, dict) and "page" in row else ("doc", "lang", "entities", "relations")
    missing = [name for name in needed if not isinstance(row, dict) or name not in row]
    if missing:
        raise CommonsError(place, f"has no {', '.join(missing)}", "write it as the gold set's guidelines say")
    return {"kind": "", "date": "", **row}


def _predicted(knowledge: Knowledge, path: Path, row: dict[str, Any]) -> dict[str, Any]:
    try:
        return gold_form(row["doc"], read(path, row), knowledge)
    except FileNotFoundError as error:
        raise CommonsError(str(path), "is not there", "name the folder of the texts with --texts") from error


def _classes(knowledge: Knowledge, export: Path, wanted: set[str]) -> dict[str, str]:
    """Give the classes of the wanted pages of an export, by the names of their files in the gold set."""
    found = {}
    for item in capture.read_paths([export]):
        title = item.hints.get("title", "") if isinstance(item, Capture) else ""
        if isinstance(item, Capture) and (name := page_file(title)) in wanted:
            text = item.payload.decode("utf-8", "replace")
            found[name] = knowledge.page_types.classify_wikitext(title, text)[0]
    return found
