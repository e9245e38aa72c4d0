"""ontology/language_model.yaml: which server is asked, with which words, and how long it may take."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commons_graph import yaml_file
from commons_graph.errors import CommonsError
from commons_graph.model import content_id

FILE = "language_model.yaml"
KINDS: dict[str, tuple[type, ...]] = {
    "enabled": (bool,),
    "address": (str,),
    "model": (str,),
    "timeout": (int, float),
    "most_characters": (int,),
    "confidence": (int, float),
    "prompt": (str,),
}


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
    path = ontology / FILE
    if not path.is_file():
        return None
    file = yaml_file.load(path, f"ontology/{FILE}")
    told: dict[str, Any] = {}
    for name, kinds in KINDS.items():
        value = file.data.get(name)
        if not isinstance(value, kinds) or (bool not in kinds and isinstance(value, bool)):
            raise CommonsError(f"{file.place}:{file.line(name)}", f"`{name}` is {value!r}", _expected(kinds))
        told[name] = value
    if not re.match(r"^https?://[^\s]+$", told["address"]):
        raise CommonsError(f"{file.place}:{file.line('address')}", "`address` is no web address", "write http(s)://…")
    return Settings(**told) if told["enabled"] else None


def _expected(kinds: tuple[type, ...]) -> str:
    return "expected " + {bool: "true or false", str: "text"}.get(kinds[0], "a number")
