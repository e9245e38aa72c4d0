"""Refreshing a project folder as the command does, and asking what it published.

What belongs here: what the tests of whole refreshes share, those of every day and those of tests/integration/job.
"""

from __future__ import annotations

from pathlib import Path

from commons_graph.commands import refresh
from commons_graph.project import Project
from commons_graph.publish import namespaces, store
from commons_graph.publish.releases import Release, current

ASKED = """SELECT ?group ?person WHERE {
  ?g a cg:WorkingGroup ; skos:prefLabel ?group ; cg:hasContact/skos:prefLabel ?person } ORDER BY ?group"""


def run(root: Path, *sources: str, local: Path | None = None) -> int:
    """Refresh as the command does."""
    return refresh.run(Project(root, root / "warehouse"), list(sources), local)


def shown(root: Path) -> Release:
    """Give the current release."""
    return current(Project(root, root / "warehouse"))


def asked(release: Release, text: str) -> list[tuple[str, ...]]:
    """Ask a release, giving plain values."""
    answer = store.query(store.open_store(release.store), text, prefixes=namespaces.prefixes(release.ontology))
    return [tuple(term.value for term in row if term is not None) for row in answer.rows]  # type: ignore[union-attr]
