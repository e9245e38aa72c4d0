"""Which classes each predicate may join, as ontology/predicates.yaml says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commons_graph import ontology_file

FILE = "predicates.yaml"


@dataclass(frozen=True, slots=True)
class Signatures:
    """`allowed` gives the predicates that may join two classes; literals have the classes "iri" and "date".

    `learned` is the same without those that only structured data states, which no model looks for in prose, and
    `directed` that without the symmetric ones.
    """

    allowed: dict[tuple[str, str], tuple[str, ...]]
    learned: dict[tuple[str, str], tuple[str, ...]]
    directed: dict[tuple[str, str], tuple[str, ...]]
    symmetric: frozenset[str]

    @classmethod
    def load(cls, ontology: Path) -> Signatures:
        """Read predicates.yaml of an ontology folder. Raises `CommonsError` for a wrong line."""
        told = ontology_file.load(ontology, FILE)
        learned = {name: says for name, says in told.items() if says.get("learned", True)}
        symmetric = frozenset(name for name, says in told.items() if says.get("symmetric"))
        directed = {name: says for name, says in learned.items() if name not in symmetric}
        return cls(_by_pair(told), _by_pair(learned), _by_pair(directed), symmetric)


def _by_pair(told: dict[str, Any]) -> dict[tuple[str, str], tuple[str, ...]]:
    allowed: dict[tuple[str, str], tuple[str, ...]] = {}
    for predicate, says in told.items():
        for pair in _pairs(says):
            allowed[pair] = (*allowed.get(pair, ()), predicate)
    return allowed


def _pairs(says: dict[str, Any]) -> list[tuple[str, str]]:
    if "pairs" in says:
        return [(left, right) for left, right in (pair.split(">") for pair in says["pairs"])]
    return [(left, right) for left in says["from"] for right in says["to"]]
