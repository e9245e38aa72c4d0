"""Which classes each predicate may join, as ontology/predicates.yaml says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Signatures:
    """`allowed` gives the predicates that may join two classes; literals have the classes "iri" and "date"."""

    allowed: dict[tuple[str, str], tuple[str, ...]]
    symmetric: frozenset[str]

    @classmethod
    def load(cls, path: Path) -> Signatures:
        """Read predicates.yaml."""
        told: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        allowed: dict[tuple[str, str], tuple[str, ...]] = {}
        for predicate, says in told.items():
            for pair in _pairs(says):
                allowed[pair] = (*allowed.get(pair, ()), predicate)
        return cls(allowed, frozenset(name for name, says in told.items() if says.get("symmetric")))


def _pairs(says: dict[str, Any]) -> list[tuple[str, str]]:
    if "pairs" in says:
        return [(left, right) for left, right in (pair.split(">") for pair in says["pairs"])]
    return [(left, right) for left in says["from"] for right in says["to"]]
