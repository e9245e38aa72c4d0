"""What ontology/schema_org.yaml says of schema.org's types and properties, and the form of a value in a document.

What belongs here: what the stages that keep structured data and that read it must agree on. What does not: finding it
in a page (`normalise.structured`), and what it states (`extract.structured`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from commons_graph import ontology_file
from commons_graph.model import CLASSES, EntityClass

FILE = "schema_org.yaml"
LABEL, ALIAS, MENTION, DATE = "label", "alias", "mention", "date"
ADDRESSES = frozenset({"homepage", "seeAlso"})
DATES = frozenset({"start", "end", DATE, "foundedOn"})


@dataclass(frozen=True, slots=True)
class Property:
    """What a property says, by the class of its item; nothing for the classes that may not have it."""

    name: str
    says: Mapping[EntityClass, str]
    named: EntityClass | None = None
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class SchemaOrg:
    """The types and properties that are read. One without any keeps and states nothing."""

    types: Mapping[str, EntityClass] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    containers: frozenset[str] = frozenset()
    parts: Mapping[str, str] = field(default_factory=dict)
    properties: tuple[Property, ...] = ()

    @classmethod
    def load(cls, ontology: Path) -> SchemaOrg:
        """Read schema_org.yaml of a project's ontology; an older project has none. Raises `CommonsError` if wrong."""
        if not (ontology / FILE).exists():
            return cls()
        told = ontology_file.load(ontology, FILE)
        return cls(
            types={name: own for own, names in told["types"].items() for name in names},
            kinds=told.get("kinds", {}),
            containers=frozenset(told.get("containers", ())),
            parts=told.get("parts", {}),
            properties=tuple(_property(name, says) for name, says in told["properties"].items()),
        )

    def properties_of(self, type: str) -> Mapping[str, Property]:
        """Give the properties that an item of this type may have, by name."""
        cls = self.types.get(type)
        return {each.name: each for each in self.properties if cls in each.says}


NOTHING = SchemaOrg()


def block_name(type: str, property: str) -> str:
    """Give the name of the block that holds a value: also the beginning of its text, so that quotes tell it.

    >>> block_name("Event", "startDate")
    'Event.startDate'
    """
    return f"{type}.{property}"


def value_start(name: str) -> int:
    """Give how far behind the start of such a block its value begins."""
    return len(name) + len(": ")


def _property(name: str, told: dict[str, Any]) -> Property:
    says = told["is"]
    by_class = says if isinstance(says, dict) else dict.fromkeys(CLASSES, says)
    return Property(name, by_class, told.get("named"), told.get("inverse", False))
