"""The limits of ontology/limits.yaml: when a refresh stops before publishing, and when it only warns.

What belongs here: reading them, and saying in one line what an older project folder lacks. What does not: the checks
that hold the graph against them (`checks`).
"""

from __future__ import annotations

from dataclasses import dataclass

from commons_graph import ontology_file
from commons_graph.project import Project

FILE = "limits.yaml"


@dataclass(frozen=True, slots=True)
class Limits:
    """The keys of limits.yaml, which says in its comments what each means."""

    largest_drop: float
    largest_quarantine: float
    largest_jump: float
    least_jump: float


def read(project: Project) -> Limits:
    """Give the project's limits; raise `CommonsError` that names every key that is missing, or one that is wrong."""
    return Limits(**{key: float(value) for key, value in ontology_file.load(project.ontology_dir, FILE).items()})
