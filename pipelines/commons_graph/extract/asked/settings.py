"""ontology/language_model.yaml: which server is asked, with which words, and how long it may take."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from commons_graph import ontology_file
from commons_graph.model import content_id

FILE = "language_model.yaml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the file says."""

    enabled: bool
    address: str
    model: str
    timeout: float
    most_characters: int
    confidence: float
    prompt: str

    @property
    def version(self) -> str:
        """What an answer depends on besides the text: the model's name and the prompt's hash."""
        return f"{re.sub(r'[^A-Za-z0-9.]+', '-', self.model)}-{content_id(self.prompt)[:8]}"


def load(ontology: Path) -> Settings | None:
    """Give the settings when the extractor is on, else None. Raises `CommonsError` for a wrong line."""
    if not (ontology / FILE).is_file():
        return None
    told = ontology_file.load(ontology, FILE)
    return Settings(**told) if told["enabled"] else None
