"""What a page says of things in structured data, JSON-LD or microdata, as the last blocks of its document.

Each value that ontology/schema_org.yaml names is one block of the kind "data": `Event.startDate: 2026-01-17`, with the
number of its item as level. So a statement made of it has words to show. What belongs here: which nodes and values are
kept. What does not: reading them (`json_ld`, `microdata`), and what they state (`extract.structured`).
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from commons_graph import personal, written_dates
from commons_graph.normalise.addresses import clean
from commons_graph.normalise.build import Builder, Line
from commons_graph.normalise.characters import fold
from commons_graph.normalise.json_ld import Node
from commons_graph.schema_org import ADDRESSES, LABEL, Property, SchemaOrg, block_name

MOST_NODES = 5_000
MOST_ITEMS = 500
MOST_VALUES = 500
LONGEST = 300
TAG = re.compile(r"<[^<>]{1,300}>")
DIGIT = re.compile(r"\d")
Values = list[tuple[Property, str, str]]
"""Each with its property, its words, and its address where it is one."""


def add(builder: Builder, nodes: Iterable[Node], told: SchemaOrg, base: str) -> None:
    """Put what is kept of some nodes into a document, behind its text. `base` is what addresses start from."""
    reading = _Reading(told, base)
    items: dict[tuple[str, Any], None] = {}
    for type, values in reading.items(nodes):
        if len(items) < MOST_ITEMS:
            items[type, tuple((each.name, words, address) for each, words, address in values)] = None
    for number, (type, kept) in enumerate(items, 1):
        for property, words, address in kept:
            _put(builder, block_name(type, property), words, address, number)


def published(nodes: Iterable[Node], told: SchemaOrg) -> str:
    """Give when a page's text was published, as its first node says that is a text or the page, or ""."""
    for node in nodes:
        if any(told.types.get(type) == "Document" or type in told.containers for type in _types(node)):
            for value in _listed(node.get("datePublished")):
                if isinstance(value, str) and (found := written_dates.iso(value)):
                    return found
    return ""


def _put(builder: Builder, name: str, words: str, address: str, number: int) -> None:
    line = Line()
    line.add(f"{name}: ")
    if address:
        line.link(words, "web", address)
    else:
        line.add(words)
    builder.add("data", line, number, name)


@dataclass(slots=True)
class _Reading:
    """One page's nodes: by identifier, those that wait, and those that were met (a graph may go round)."""

    told: SchemaOrg
    base: str
    named: dict[str, Node] = field(default_factory=dict)
    waiting: deque[Node] = field(default_factory=deque)
    met: dict[int, Node] = field(default_factory=dict)

    def items(self, nodes: Iterable[Node]) -> Iterator[tuple[str, Values]]:
        """Give type and values of each thing that is kept, in the order of the page."""
        self.waiting.extend(nodes)
        for node in self.waiting:
            if isinstance(name := node.get("@id"), str) and len(node) > 1:
                self.named.setdefault(name, node)
        while self.waiting and len(self.met) < MOST_NODES:
            node = self.waiting.popleft()
            if id(node) not in self.met:
                self.met[id(node)] = node
                yield from self._item(node)

    def _item(self, node: Node) -> Iterator[tuple[str, Values]]:
        """Give what a node says when it is a thing with a name, or the page's text; else look for things in it."""
        types = _types(node)
        type = next((each for each in types if each in self.told.types), "")
        if type:
            cls = self.told.types[type]
            properties = self.told.properties_of(type).values()
            values = [(each, *value) for each in properties for value in self._values(node, each, each.says[cls])]
            if cls == "Document" or any(each.says[cls] == LABEL for each, *_ in values):
                yield type, values
        elif self.told.containers.intersection(types) or "@graph" in node:
            inside = (self._resolved(each) for value in node.values() for each in _listed(value))
            self.waiting.extend(each for each in inside if each)

    def _values(self, node: Node, property: Property, says: str) -> Iterator[tuple[str, str]]:
        """Give the words and, where it is one, the address of each value of a property."""
        for value in _listed(node.get(property.name)):
            if says in ADDRESSES:
                words = _words(value.get("@id") if isinstance(value, dict) else value)
                if address := clean(words, self.base):
                    yield address, address
            elif words := self._said(value, property):
                yield words, ""

    def _said(self, value: Any, property: Property) -> str:
        """Give a value's words: of a thing its name, and the thing is read too. A place in words has no number."""
        node = self._resolved(value)
        if node is None or "@value" in node:
            words = _words(value if node is None else node["@value"])
            return "" if property.named and DIGIT.search(words) else words
        if any(type in self.told.types for type in _types(node)):
            self.waiting.append(node)
        return self._name(node)

    def _name(self, node: Node) -> str:
        """Give what a thing is called; one without a name by the town of its address."""
        for type in _types(node):
            if type in self.told.parts:
                return _first(node.get(self.told.parts[type]))
            for property in self.told.properties_of(type).values():
                if property.says[self.told.types[type]] == LABEL and (words := _first(node.get(property.name))):
                    return words
        address = self._resolved(node.get("address"))
        is_part = address is not None and any(type in self.told.parts for type in _types(address))
        return self._name(address) if address and is_part else ""

    def _resolved(self, value: Any) -> Node | None:
        """Give the node that a value is or, by its identifier, refers to."""
        if not isinstance(value, dict):
            return None
        name = value.get("@id")
        return self.named.get(name, value) if isinstance(name, str) and len(value) == 1 else value


def _types(node: Node) -> list[str]:
    told = _listed(node.get("@type"))[:10]
    return [re.split("[/:#]", each)[-1] for each in told if isinstance(each, str) and len(each) <= LONGEST]


def _listed(value: Any) -> list[Any]:
    return value[:MOST_VALUES] if isinstance(value, list) else [] if value is None else [value]


def _first(value: Any) -> str:
    return next(filter(None, map(_words, _listed(value))), "")


def _words(value: Any) -> str:
    """Give a plain value on one line; nothing for another, one longer than names are, or one with an e-mail address."""
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, bool) or not isinstance(value, str | int) or len(str(value)) > 2 * LONGEST:
        return ""
    words = fold(TAG.sub(" ", unescape(str(value)))).strip()
    return words if len(words) <= LONGEST and personal.clean(words) == words else ""
