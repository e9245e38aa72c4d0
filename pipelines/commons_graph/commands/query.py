"""`commons query`: ask a release in SPARQL. Must start fast: no DuckDB, no Dagster, no rdflib."""

from __future__ import annotations

import sys
from pathlib import Path

from commons_graph import terminal
from commons_graph.errors import CommonsError
from commons_graph.project import Project
from commons_graph.publish import choose, named, namespaces, results, worker
from commons_graph.publish.guard import check

ENDINGS = (".rq", ".sparql")
OPENED = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")
"""What a shell hands over as a file; other pipes and devices would be waited for, or have no end."""


def run(project: Project, text: str | None, name: str | None, format: str, number: int | None) -> None:
    """Print the answer to a query: its text, a file, or one of the project's named ones (`list` shows those)."""
    if name == "list":
        return _list(project)
    if format not in results.FORMATS:
        raise CommonsError(
            f"--format {format}", "there is no such format", f"choose one of {', '.join(results.FORMATS)}"
        )
    prefixes = namespaces.prefixes(project.ontology_dir)
    asked = _text(project, text, name)
    check(asked)
    answer = worker.ask(choose.one(project, number).store, asked, prefixes=prefixes)
    if format != "table":
        terminal.for_programs()
    sys.stdout.write(results.show(answer, format, prefixes))
    if answer.cut:
        print(f"only the first {len(answer.rows)} rows are shown: narrow the query, or add LIMIT", file=sys.stderr)
    return None


def _text(project: Project, text: str | None, name: str | None) -> str:
    if bool(text) == bool(name):
        raise CommonsError("query", "give one query, file or --name", "see `commons query --name list`")
    if name:
        return named.named(project, name).text
    if text and _is_file(text):
        return named.read(Path(text), text)
    return terminal.typed(text or "")


def _is_file(text: str) -> bool:
    """Say whether a text names a file: by its ending, whether the file is there or not, or because one is there."""
    if "{" in text:
        return False
    if text.lower().endswith(ENDINGS) or text.startswith(OPENED):
        return True
    try:
        return Path(text).is_file()
    except (OSError, ValueError):  # too long for a name, say
        return False


def _list(project: Project) -> None:
    for found in named.all_named(project):
        print(f"{found.name}\n    {found.questions.get('en', '')}\n    {found.questions.get('fr', '')}")
