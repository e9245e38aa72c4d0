"""How sure what a rule finds is: its measured share of right ones, less where a name is unsure.

What belongs here: the certainty of rules. What does not: that of the model (`find`), and the figures themselves
(ontology/lexicon/rules.yaml).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from commons_graph import ontology_file
from commons_graph.extract.relation.layout import Item

FILE = "lexicon/rules.yaml"
DEFAULT = "default"


@dataclass(frozen=True, slots=True, eq=False)
class Certainty:
    """The share of right relations by rule and predicate, where both names are sure."""

    shares: Mapping[str, Mapping[str, float]]

    @classmethod
    def load(cls, ontology: Path) -> Certainty:
        """Read the shares of an ontology folder. Raises `CommonsError` for a wrong line."""
        return cls(ontology_file.load(ontology, FILE))

    def of(self, rule: str, predicate: str, subject: Item, object: Item) -> float:
        """Give how sure a relation is (0 to 1): half of its share goes with the name that is less sure.

        On texts held out, of what is so called 0.9, 0.7, 0.5 and 0.3, 0.96, 0.75, 0.47 and 0.41 are right.
        """
        told = self.shares[rule]
        least = min(_sure(subject), _sure(object))
        return round(told.get(predicate, told[DEFAULT]) * (1 + least) / 2, 3)


def _sure(item: Item) -> float:
    """What a document is about is there, whatever its class; so are dates and addresses."""
    return item.entity.confidence if item.entity and not item.is_subject else 1.0
