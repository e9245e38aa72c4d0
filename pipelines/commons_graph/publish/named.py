"""The questions that come with the project: `ontology/queries/*.rq`.

What belongs here: finding them and what they ask. What does not: answering.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from commons_graph.errors import CommonsError
from commons_graph.project import Project

QUESTION = re.compile(r"#\s*([a-z]{2,3})\s*:\s*(.+)")


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query kept in a file; `questions` are its first comment lines (`# en: …`) by language."""

    name: str
    questions: dict[str, str]
    text: str


def read(path: Path, place: str) -> str:
    """Give a query's text, without the byte order mark that some editors write; `place` names it in messages.

    Raises `CommonsError` when the file cannot be read or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommonsError(place, f"cannot be read ({error})", "check the path; queries are UTF-8 text") from error


def named(project: Project, name: str) -> NamedQuery:
    """Give the query of this name. Raises `CommonsError` when there is none."""
    path = project.ontology_dir / "queries" / f"{name}.rq"
    if not re.fullmatch(r"[\w-]+", name) or not path.is_file():
        known = ", ".join(found.name for found in all_named(project)) or "none"
        raise CommonsError(f"--name {name}", "there is no query of this name", f"known queries: {known}")
    return _read(path)


def all_named(project: Project) -> list[NamedQuery]:
    """Give all queries of the project, by name."""
    return [_read(path) for path in sorted((project.ontology_dir / "queries").glob("*.rq"))]


def _read(path: Path) -> NamedQuery:
    text = read(path, f"ontology/queries/{path.name}")
    lines = (QUESTION.match(line) for line in text.splitlines() if line.startswith("#"))
    return NamedQuery(path.stem, {found[1]: found[2].strip() for found in lines if found}, text)
