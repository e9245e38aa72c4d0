"""What must be right before a refresh reads anything, which may take hours: what stewards wrote themselves.

What belongs here: mistakes that stop every refresh, whoever started it. What does not: those of one source (`Run`).
Must stay quick to import: `commons refresh` looks before it loads Dagster.
"""

from __future__ import annotations

from commons_graph.project import Project
from commons_graph.resolve import decisions


def check(project: Project) -> None:
    """Raise `CommonsError` for a wrong decision, and for a wrong YAML of a source whose documents are in the lake.

    Such a source would leave the graph in silence.
    """
    for path, error in project.check():
        stray = path.suffix != ".yaml" and path.with_suffix(".yaml").exists()
        if not stray and (project.lake_dir / "documents" / path.stem).is_dir():
            raise error
    decisions.read(project.decisions_dir)
