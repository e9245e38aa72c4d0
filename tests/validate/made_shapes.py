"""Shapes graphs and data made at random: every component, path and nesting that both pySHACL and the standard allow.

What belongs here: making them. What is left out, because pySHACL and the standard differ there, is listed in
docs/validation.md, and has tests of its own in test_standard.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from made_terms import (
    CLASSES,
    DATATYPES,
    IRIS,
    KINDS,
    LANGUAGES,
    NODES,
    NUMBERS,
    PATTERNS,
    PREFIXES,
    PROPERTIES,
    REPEATED,
    TAGGED,
    TEXTS,
    TYPED,
)


class Maker:
    """Makes Turtle of what a source of randomness chooses."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.choose = random.choice

    def list_of(self, parts: Sequence[str], least: int = 0, most: int = 3) -> str:
        return f"( {' '.join(self.choose(parts) for _ in range(self.random.randint(least, most)))} )"

    def term(self) -> str:
        return self.choose(self.choose([NODES, CLASSES, TYPED, TEXTS, TAGGED]))

    def constant(self) -> str:
        """A term that is no blank node: in shapes those mean nothing."""
        return self.choose([*IRIS, *CLASSES, *TYPED, *TEXTS, *TAGGED])

    def path(self, depth: int = 0) -> str:
        """A path; one backwards leads over no sequence, which pySHACL walks in the wrong order."""
        if depth > 2 or self.random.random() < 0.5:
            return self.choose([*PROPERTIES, f"[ sh:inversePath {self.choose(PROPERTIES)} ]"])
        both = f"( {self.path(depth + 1)} {self.path(depth + 1)} )"
        return self.choose(
            [both, f"[ sh:alternativePath {both} ]", f"[ sh:{self.choose(REPEATED)} {self.path(depth + 1)} ]"]
        )

    def shape(self, depth: int, on_path: bool | None = None) -> str:
        """The inside of a shape."""
        on_path = self.choose([True, False]) if on_path is None else on_path
        names = [*ALONE, *(ON_PATH if on_path else ()), *(NESTED if depth < 3 else ())]
        names += ["qualified"] if on_path and depth < 3 else []
        parts = [getattr(self, f"make_{name}")(depth) for name in self.random.sample(names, self.random.randint(1, 3))]
        off = ["sh:deactivated true"] if self.random.random() < 0.05 else []
        return " ; ".join([*([f"sh:path {self.path()}"] if on_path else []), *parts, *off])

    def make_class(self, _: int) -> str:
        return f"sh:class {self.choose(CLASSES)}"

    def make_datatype(self, _: int) -> str:
        return f"sh:datatype {self.choose(DATATYPES)}"

    def make_kind(self, _: int) -> str:
        return f"sh:nodeKind sh:{self.choose(KINDS)}"

    def make_length(self, _: int) -> str:
        return f"sh:{self.choose(['minLength', 'maxLength'])} {self.random.choice([1, 2, 3, 21])}"

    def make_pattern(self, _: int) -> str:
        return f'sh:pattern "{self.choose(PATTERNS)}" ; sh:flags "{self.choose(["", "i", "m", "im"])}"'

    def make_languages(self, _: int) -> str:
        return f"sh:languageIn {self.list_of(LANGUAGES)}"

    def make_pair(self, _: int) -> str:
        return f"sh:{self.choose(['equals', 'disjoint'])} {self.choose(PROPERTIES)}"

    def make_value(self, _: int) -> str:
        return self.choose(
            [f"sh:hasValue {self.constant()}", f"sh:in {self.list_of([self.constant(), self.constant()])}"]
        )

    def make_closed(self, _: int) -> str:
        return f"sh:closed true ; sh:ignoredProperties {self.list_of([*PROPERTIES, 'rdf:type'])}"

    def make_count(self, _: int) -> str:
        return f"sh:{self.choose(['minCount', 'maxCount'])} {self.random.randint(0, 3)}"

    def make_languages_once(self, _: int) -> str:
        return "sh:uniqueLang true"

    def make_qualified(self, depth: int) -> str:
        disjoint = self.choose(["", " ; sh:qualifiedValueShapesDisjoint true"])
        counts = f"sh:qualifiedMinCount {self.random.randint(0, 2)} ; sh:qualifiedMaxCount {self.random.randint(0, 2)}"
        return f"sh:qualifiedValueShape [ {self.shape(depth + 1)} ] ; {counts}{disjoint}"

    def make_logic(self, depth: int) -> str:
        inner = [f"[ {self.shape(depth + 1)} ]" for _ in range(self.random.randint(1, 3))]
        return self.choose([f"sh:not {inner[0]}", f"sh:{self.choose(['and', 'or', 'xone'])} ( {' '.join(inner)} )"])

    def make_node(self, depth: int) -> str:
        return f"sh:node [ {self.shape(depth + 1, False)} ]"

    def make_property(self, depth: int) -> str:
        return f"sh:property [ {self.shape(depth + 1, True)} ]"

    def target(self) -> str:
        return self.choose(
            [
                f"sh:targetClass {self.choose(CLASSES)}",
                f"sh:targetNode {self.choose([*IRIS, 'ex:absent', *TYPED, *TEXTS])}",
                f"sh:targetSubjectsOf {self.choose(PROPERTIES)}",
                f"sh:targetObjectsOf {self.choose(PROPERTIES)}",
            ]
        )

    def shapes(self) -> str:
        """A shapes graph of three shapes, one of them about the order of values."""
        kinds = [self.choose([True, False]) for _ in range(2)]
        made = [f"ex:S{at} {self.target()} ; {self.shape(0, on_path)} ." for at, on_path in enumerate(kinds)]
        bound = self.choose(["minInclusive", "minExclusive", "maxInclusive", "maxExclusive"])
        order = f"sh:{bound} {self.choose(NUMBERS)} ; sh:{self.choose(['lessThan', 'lessThanOrEquals'])} ex:t"
        return "\n".join([PREFIXES, *made, f"ex:S2 {self.target()} ; sh:path ex:s ; {order} ."])

    def triple(self) -> str:
        """A triple; ex:s and ex:t lead to numbers, which alone pySHACL compares as the standard does."""
        return self.choose(
            [
                f"{self.choose(NODES)} a {self.choose([*CLASSES, 'ex:S0', 'ex:S1'])} .",
                f"{self.choose(NODES)} {self.choose(PROPERTIES)} {self.term()} .",
                f"{self.choose(NODES)} {self.choose(PROPERTIES)} {self.term()} .",
                f"{self.choose(NODES)} {self.choose(['ex:s', 'ex:t'])} {self.choose(NUMBERS)} .",
                f"{self.choose(CLASSES)} rdfs:subClassOf {self.choose(CLASSES)} .",
            ]
        )

    def data(self) -> list[str]:
        return [self.triple() for _ in range(self.random.randint(8, 24))]


ALONE = ("class", "datatype", "kind", "length", "pattern", "languages", "pair", "value", "closed")
ON_PATH = ("count", "languages_once")
NESTED = ("logic", "node", "property")
