"""The items of a document's structured data, from its last blocks; and the document without them.

What does not belong here: what an item is to the graph (`entities`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from commons_graph.extract.names.words import folded_name
from commons_graph.model import Block, Document, EntityClass, Mark
from commons_graph.schema_org import LABEL, Property, SchemaOrg, value_start

LONGEST_NAME = 150


@dataclass(frozen=True, slots=True)
class Value:
    """One value: its words, its address where it is one, and where it stands."""

    property: Property
    says: str
    words: str
    address: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that the structured data describes, with its schema.org type and our class."""

    type: str
    cls: EntityClass
    values: tuple[Value, ...]

    @property
    def name(self) -> Value | None:
        """The value that names it: the first label that can be a name."""
        return next((value for value in self.values if value.says == LABEL and is_name(value.words, self.cls)), None)


def prose(document: Document) -> Document:
    """Give a document without its structured data, for all extractors that read prose."""
    first = next((number for number, block in enumerate(document.blocks) if block.kind == "data"), None)
    if first is None:
        return document
    end = document.blocks[first - 1].end
    marks = tuple(mark for mark in document.marks if mark.end <= end)
    return replace(document, text=document.text[:end], blocks=document.blocks[:first], marks=marks)


def items(document: Document, vocabulary: SchemaOrg) -> Iterator[Item]:
    """Give the items of a document in order. What the vocabulary does not name any more is passed over."""
    addresses = {mark.start: mark for mark in document.marks if mark.kind == "web"}
    data = (block for block in document.blocks if block.kind == "data")
    for (_, type), blocks in groupby(data, lambda block: (block.level, block.name.partition(".")[0])):
        if cls := vocabulary.types.get(type):
            properties = vocabulary.properties_of(type)
            known = ((block, properties.get(block.name.partition(".")[2])) for block in blocks)
            values = (_value(document, block, each, cls, addresses) for block, each in known if each)
            yield Item(type, cls, tuple(values))


def is_name(words: str, cls: EntityClass) -> bool:
    """Say whether words can name a thing: no address, and not too long; a person has two names, a user one."""
    if not folded_name(words) or "://" in words or (len(words) > LONGEST_NAME and cls != "Document"):
        return False
    return cls != "Person" or " " in words


def _value(document: Document, block: Block, property: Property, cls: EntityClass, addresses: dict[int, Mark]) -> Value:
    start = block.start + value_start(block.name)
    mark = addresses.get(start)
    words = document.cut(start, block.end)
    return Value(property, property.says[cls], words, mark.target if mark else "", start, block.end)
