"""The limits of ontology/limits.yaml: when a refresh stops before publishing, and when it only warns.

What belongs here: reading them, and saying in one line what an older project folder lacks. What does not: the checks
that hold the graph against them (`checks`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from pathlib import Path

import yaml

from commons_graph.errors import CommonsError
from commons_graph.project import Project

REMEDY = "give each a number of at least 0, as in the limits.yaml of a new folder made by `commons init DIR`"


@dataclass(frozen=True, slots=True)
class Limits:
    """The keys of limits.yaml, which says in its comments what each means."""

    largest_drop: float
    largest_quarantine: float
    largest_jump: float
    least_jump: float


def read(project: Project) -> Limits:
    """Give the project's limits; raise `CommonsError` that names every key that is missing or is no number."""
    path = project.ontology_dir / "limits.yaml"
    told = _load(path)
    wanted = [field.name for field in fields(Limits)]
    wrong = [f"`{key}` is {'no number' if key in told else 'missing'}" for key in wanted if not _number(told.get(key))]
    if wrong:
        raise CommonsError(str(path), ", ".join(wrong), REMEDY)
    return Limits(**{key: float(told[key]) for key in wanted})


def _load(path: Path) -> dict[str, float]:
    try:
        told = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        raise CommonsError(str(path), f"cannot be read ({type(error).__name__})", REMEDY) from None
    if not isinstance(told, dict):
        raise CommonsError(str(path), "holds no keys", REMEDY)
    return told


def _number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value) and value >= 0
