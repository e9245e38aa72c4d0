"""Names that everybody knows, from ontology/lexicon/known.yaml: countries, cities, software, large bodies.

What belongs here: looking them up. What does not: names of one source (`extract.gazetteer`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from commons_graph import ontology_file
from commons_graph.extract.names.words import folded_name

FILE = "lexicon/known.yaml"


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """The class of each folded name."""

    classes: dict[str, str]

    @classmethod
    def load(cls, ontology: Path) -> Known:
        """Read the names of an ontology folder. Raises `CommonsError` for a wrong line."""
        told: dict[str, list[list[str]]] = ontology_file.load(ontology, FILE)
        return cls({folded_name(name): label for label, lines in told.items() for line in lines for name in line})
