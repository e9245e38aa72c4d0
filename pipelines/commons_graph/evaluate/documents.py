"""Scores entities and relations of documents against their annotations, in all and by class, predicate and language.

The counting is that of the gold set's score.py: an entity is found when any of its names equals any gold name, and
right when its class is right too; several predictions of one gold entity count once; two classes are not right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from commons_graph.evaluate.names import Known, same_literal, same_name
from commons_graph.evaluate.tally import Tally

NAMES, CLASSES, RELATIONS = "entities (name)", "entities (name and class)", "relations"
LITERAL = frozenset({"homepage", "date", "foundedOn"})
SYMMETRIC = frozenset({"partnerOf"})
Row = Mapping[str, Any]
Tallies = dict[tuple[str, str], Tally]
Key = tuple[str, str, str]


def score_documents(gold: Iterable[Row], predicted: Mapping[str, Row]) -> Tallies:
    """Give the tallies by (what, of which): ("relations", ""), ("class", "Person"), ("predicate", "about"), …

    `predicted` maps a document's name to its prediction; one that is missing predicts nothing.
    """
    tallies: Tallies = defaultdict(Tally)
    for row in gold:
        guess = predicted.get(row["doc"], {"entities": [], "relations": []})
        _Document(row, guess, tallies).score()
    return dict(tallies)


class _Document:
    """One document's annotation beside its prediction."""

    def __init__(self, row: Row, guess: Row, tallies: Tallies) -> None:
        self.row, self.guess, self.tallies = row, guess, tallies
        self.known = Known(row["entities"])
        self.found: dict[int, set[str]] = defaultdict(set)
        self.local: dict[str, int] = {}

    def score(self) -> None:
        """Add this document to the tallies."""
        spurious = self._match()
        self._entities(spurious)
        self._relations()

    def _match(self) -> list[str]:
        """Tie predicted entities to gold ones; give the classes of those that are none."""
        spurious = []
        for entity in self.guess["entities"]:
            number = self.known.find(entity)
            self.local[same_name(entity["label"])] = -1 if number is None else number
            if number is None:
                spurious.append(entity["class"])
            else:
                self.found[number].add(entity["class"])
        return spurious

    def _entities(self, spurious: list[str]) -> None:
        every = self.row["entities"]
        right = [number for number, classes in self.found.items() if classes == {every[number]["class"]}]
        told = len(self.found) + len(spurious)
        self._count(NAMES, len(self.found), told, len(every))
        self._count(CLASSES, len(right), told, len(every))
        for cls in spurious:
            self.tallies["class", cls].add(0, 1, 0)
        for number, entity in enumerate(every):
            self.tallies["class", entity["class"]].add(number in right, 0, 1)
            if number in self.found:
                self.tallies["class", min(self.found[number])].add(0, 1, 0)

    def _relations(self) -> None:
        want = {_key(each, self._gold_end) for each in self.row["relations"]}
        have = {_key(each, self._guessed_end) for each in self.guess["relations"]}
        self._count(RELATIONS, len(want & have), len(have), len(want))
        for key in want | have:
            self.tallies["predicate", key[1]].add(key in want and key in have, key in have, key in want)

    def _count(self, what: str, right: int, predicted: int, gold: int) -> None:
        for of_which in ("", f"language {self.row['lang']}", f"kind {self.row['kind']}"):
            self.tallies[what, of_which].add(right, predicted, gold)

    def _gold_end(self, name: str) -> str:
        number = self.known.numbers.get(same_name(name))
        return name if number is None else f"#{number}"

    def _guessed_end(self, name: str) -> str:
        folded = same_name(name)
        number = self.local.get(folded, self.known.numbers.get(folded, -1))
        return f"#{number}" if number != -1 else f"?{folded}"


def _key(relation: Row, end: Callable[[str], str]) -> Key:
    """Give what makes two relations the same."""
    predicate = relation["predicate"]
    left = end(relation["subject"])
    right = same_literal(predicate, relation["object"]) if predicate in LITERAL else end(relation["object"])
    if predicate in SYMMETRIC:
        left, right = sorted((left, right))
    return left, predicate, right
