"""Names that everybody knows, from ontology/lexicon/known.yaml: countries, cities, software, large bodies.

What belongs here: looking them up. What does not: names of one source (`extract.gazetteer`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from commons_graph.extract.names.words import folded_name


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """The class of each folded name."""

    classes: dict[str, str]

    @classmethod
    def load(cls, path: Path) -> Known:
        """Read known.yaml."""
        told: dict[str, list[list[str]]] = yaml.safe_load(path.read_text(encoding="utf-8"))
        return cls({folded_name(name): label for label, lines in told.items() for line in lines for name in line})
