"""Relations of two names that stand next to each other: "Ada Roy, directrice du Labo", "the Lab in Lyon".

What belongs here: matching the words between two neighbours. What does not: the words (ontology/lexicon/adjacent.yaml),
phrases with several objects (`patterns`), and looser wordings (`find`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from commons_graph import ontology_file
from commons_graph.extract.records import Relation
from commons_graph.extract.relation.certainty import Certainty
from commons_graph.extract.relation.layout import Layout, Place
from commons_graph.extract.relation.signatures import Signatures

FILE = "lexicon/adjacent.yaml"
EXTRACTOR = "adjacent"
WIDEST = 9
"""Words between a person and a body, a role among them."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Between which classes, with which words between (or a role among them), which predicate."""

    predicate: str
    between: frozenset[str]
    role: bool


@dataclass(frozen=True, slots=True, eq=False)
class Adjacent:
    """The rules by the classes of the two names in text order."""

    rules: dict[tuple[str, str], tuple[Rule, ...]]
    roles: tuple[str, ...]
    opens: frozenset[str]

    @classmethod
    def load(cls, ontology: Path) -> Adjacent:
        """Read the rules of an ontology folder. Raises `CommonsError` for a wrong line."""
        told = ontology_file.load(ontology, FILE)
        rules: dict[tuple[str, str], tuple[Rule, ...]] = {}
        for each in told["rules"]:
            rule = Rule(each["predicate"], frozenset(each.get("between", ())), bool(each.get("role")))
            for pair in each["pairs"]:
                left, _, right = pair.partition(">")
                rules[left, right] = (*rules.get((left, right), ()), rule)
        return cls(rules, tuple(told["roles"]), frozenset(told["opens"]))


def find_adjacent(layout: Layout, known: Adjacent, signatures: Signatures, certainty: Certainty) -> Iterator[Relation]:
    """Give the relations of neighbours, with the words from one to the other as evidence."""
    for left, right in pairwise(_named(layout)):
        if left.sentence != right.sentence or left.item == right.item or left.block != right.block:
            continue
        subject, object = layout.items[left.item], layout.items[right.item]
        gap = layout.tokens.folded[left.last : right.first]
        allowed = signatures.allowed.get((subject.cls, object.cls), ())
        for rule in known.rules.get((subject.cls, object.cls), ()):
            if rule.predicate in allowed and _holds(rule, gap, known):
                sure = certainty.of(EXTRACTOR, rule.predicate, subject, object)
                yield Relation(subject.key, rule.predicate, object.key, left.start, right.end, sure, EXTRACTOR)
                break


def _named(layout: Layout) -> Iterator[Place]:
    """Give the mentions of entities in text order; of two that overlap, the one that begins first or is longer."""
    end = -1
    for place in sorted(layout.places, key=lambda each: (each.start, -each.end)):
        if layout.items[place.item].entity is not None and place.start >= end:
            yield place
            end = place.end


def _holds(rule: Rule, gap: Sequence[str], known: Adjacent) -> bool:
    if not rule.role:
        return " ".join(gap) in rule.between
    if not gap or len(gap) > WIDEST or (gap[0] not in known.opens and not gap[0].startswith(known.roles)):
        return False
    return any(_is_role(word, known.roles) for word in gap)


def _is_role(word: str, roles: tuple[str, ...]) -> bool:
    return any(word == role[:-1] if role.endswith(".") else word.startswith(role) for role in roles)
