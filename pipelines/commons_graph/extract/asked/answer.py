"""What is believed of an answer: names and relations whose quote stands word for word in the text, and nothing else.

A page can tell a model what to do, and a model can invent. So every name must stand in its quote and every quote in the
document; a relation's quote must hold both its ends; classes and predicates must be ours and fit each other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from commons_graph.extract.dates import find_dates
from commons_graph.extract.knowledge import Knowledge
from commons_graph.extract.names.words import folded_name
from commons_graph.extract.records import LocalEntity, Mention, Relation
from commons_graph.model import CLASSES, Document

LITERAL = {"homepage": "iri", "date": "date", "foundedOn": "date"}
MOST = 200
"""Names, and relations, of one answer."""
Record = dict[str, str]


def schema(predicates: Sequence[str]) -> dict[str, Any]:
    """Give the JSON schema of an answer."""
    entity = {"label": {"type": "string"}, "class": {"enum": list(CLASSES)}, "quote": {"type": "string"}}
    ends = {"subject": {"type": "string"}, "predicate": {"enum": list(predicates)}, "object": {"type": "string"}}
    listed = {"entities": _objects(entity), "relations": _objects({**ends, "quote": {"type": "string"}})}
    return {"type": "object", "properties": listed, "required": list(listed), "additionalProperties": False}


def _objects(properties: dict[str, Any]) -> dict[str, Any]:
    item = {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
    return {"type": "array", "items": item}


@dataclass(frozen=True, slots=True)
class Believed:
    """What an answer adds to what was found without it."""

    entities: tuple[LocalEntity, ...]
    relations: tuple[Relation, ...]


class Checking:
    """Checks one answer about one document, beside the entities that were found without it."""

    def __init__(
        self, document: Document, held: Sequence[LocalEntity], knowledge: Knowledge, extractor: str, confidence: float
    ) -> None:
        self.document, self.knowledge = document, knowledge
        self.extractor, self.confidence = extractor, confidence
        self.by_name = {folded_name(name): each for each in held for name in (*each.aliases, each.label)}

    def believe(self, answer: str) -> Believed:
        """Give what the answer says and shows. An answer that is no JSON object says nothing."""
        try:
            told = json.loads(answer)
        except (ValueError, RecursionError):
            told = None
        told = told if isinstance(told, dict) else {}
        entities = tuple(self._entities(_records(told.get("entities"), ("label", "class", "quote"))))
        ends = ("subject", "predicate", "object", "quote")
        relations = tuple(self._relations(_records(told.get("relations"), ends)))
        return Believed(entities, relations)

    def _entities(self, records: Iterator[Record]) -> Iterator[LocalEntity]:
        for each in records:
            label, name = " ".join(each["label"].split()), folded_name(each["label"])
            span = self._evidence(each["quote"], each["label"])
            if not span or not name or name in self.by_name or each["class"] not in CLASSES:
                continue
            key = f"{self.document.source}:{self.document.document_id}#{label}"
            mention = Mention(*span)
            cls = next(known for known in CLASSES if known == each["class"])
            found = LocalEntity(key, label, cls, (mention,), confidence=self.confidence, extractor=self.extractor)
            self.by_name[name] = found
            yield found

    def _relations(self, records: Iterator[Record]) -> Iterator[Relation]:
        for each in records:
            subject = self.by_name.get(folded_name(each["subject"]))
            span = self._quoted(each["quote"])
            if subject is None or span is None or not _holds(each["quote"], each["subject"]):
                continue
            object = self._object(each, span)
            if object and each["predicate"] in self.knowledge.signatures.allowed.get((subject.cls, object[1]), ()):
                yield Relation(
                    subject.key, each["predicate"], object[0], *span, self.confidence, self.extractor, *object[2:]
                )

    def _object(self, each: Record, span: tuple[int, int]) -> tuple[str, ...] | None:
        """Give the key or literal of a relation's object, and its class, or None when the text does not show it."""
        kind = LITERAL.get(each["predicate"])
        if kind == "iri":
            shown = each["object"] in self.document.text or any(m.target == each["object"] for m in self.document.marks)
            return (each["object"], kind) if shown and re.match(r"^https?://[^\s<>\"]+$", each["object"]) else None
        if kind == "date":
            dates = find_dates(self.document.cut(*span), self.document.date, self.knowledge.dates)
            found = next((dated for dated in dates if dated.iso == each["object"]), None)
            verbatim = self.document.cut(span[0] + found.start, span[0] + found.end) if found else ""
            return (found.iso, kind, verbatim, found.anchor) if found else None
        entity = self.by_name.get(folded_name(each["object"]))
        return (entity.key, entity.cls) if entity and _holds(each["quote"], each["object"]) else None

    def _evidence(self, quote: str, label: str) -> tuple[int, int] | None:
        """Give the place of a label inside its quote, when both stand in the text."""
        span = self._quoted(quote)
        inside = _find(self.document.cut(*span), label) if span else None
        return (span[0] + inside[0], span[0] + inside[1]) if span and inside else None

    def _quoted(self, quote: str) -> tuple[int, int] | None:
        return _find(self.document.text, quote) if len(quote) <= 1_000 else None


def _find(text: str, words: str) -> tuple[int, int] | None:
    """Give where words stand in a text; white space may differ, nothing else."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    found = re.search(rf"(?<!\w){pattern}(?!\w)", text) if pattern else None
    return found.span() if found else None


def _holds(quote: str, name: str) -> bool:
    return _find(quote, name) is not None


def _records(told: Any, names: Sequence[str]) -> Iterator[Record]:
    """Give the records of a list that have all their texts, the first ones."""
    for each in told[:MOST] if isinstance(told, list) else ():
        if isinstance(each, dict) and all(isinstance(each.get(name), str) for name in names):
            yield {name: each[name].strip() for name in names}
