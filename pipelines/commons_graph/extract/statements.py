"""From what was found in a document to statements: classes, labels and relations, each with its evidence.

What belongs here: how a finding becomes a property and a value. What does not: finding (`find`, `relation`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any

from commons_graph import ontology_file
from commons_graph.extract.records import LocalEntity, Relation
from commons_graph.model import Document, EntityClass, Statement, statement_id

TYPES: dict[EntityClass, str] = {
    "Person": "foaf:Person",
    "Organization": "org:Organization",
    "Group": "cg:Group",
    "Event": "schema:Event",
    "Document": "foaf:Document",
    "Project": "cg:Project",
    "Place": "schema:Place",
    "Concept": "skos:Concept",
}
DATED = frozenset({"date", "foundedOn"})
ADDRESSES = frozenset({"homepage", "seeAlso"})
PRECISION = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀ-Þ«“\"(])")
MOST = 300
FAR = 2 * MOST
"""Characters on either side of a span in which its sentence is looked for: a longer one is cut there anyway."""


@dataclass(frozen=True, slots=True)
class Properties:
    """Which property says a predicate, by the classes of its ends: ontology/predicates.yaml."""

    told: dict[str, dict[str, Any]]

    @classmethod
    def load(cls, ontology: Path) -> Properties:
        """Read predicates.yaml of an ontology folder. Raises `CommonsError` for a wrong line."""
        return cls(ontology_file.load(ontology, "predicates.yaml"))

    def of(self, predicate: str, subject: str, object: str) -> str:
        """Give the CURIE of the property."""
        says = self.told[predicate]
        when: dict[str, str] = says.get("when", {})
        return str(when.get(f"{subject}>{object}") or when.get(subject) or says["property"])


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the statements of one document."""

    document: Document
    version: str
    properties: Properties

    def entity(self, entity: LocalEntity) -> Iterator[Statement]:
        """Give an entity's class, kind, label and other names. A concept of our scheme has its own."""
        first = entity.mentions[0]
        place = (first.start, first.end, entity.confidence, entity.extractor)
        if entity.key.startswith("cgc:"):
            return
        yield self._make(entity.key, "rdf:type", "", TYPES[entity.cls], *place)
        if entity.kind:
            kind = "dct:type" if entity.kind.startswith("cgc:") else "rdf:type"
            yield self._make(entity.key, kind, "", entity.kind, *place)
        lang = self.document.language
        yield self._make(entity.key, "skos:prefLabel", entity.label, "", *place, lang=lang)
        where = self._forms(entity) if entity.aliases else {}
        for alias in entity.aliases:
            start, end = where.get(alias, (first.start, first.end))
            confidence = entity.confidence
            yield self._make(
                entity.key, "skos:altLabel", alias, "", start, end, confidence, entity.extractor, lang=lang
            )

    def relation(self, relation: Relation, classes: dict[str, str]) -> Iterator[Statement]:
        """Give a relation's statement; a date gives its words, its parts and what completed it as well."""
        place = (relation.start, relation.end, relation.confidence, relation.extractor)
        subject = classes[relation.subject]
        if relation.predicate in DATED:
            yield from self._date(relation, self.properties.of(relation.predicate, subject, "date"), place)
        elif relation.predicate in ADDRESSES:
            curie = self.properties.of(relation.predicate, subject, "iri")
            yield self._make(relation.subject, curie, "", relation.object, *place)
        else:
            curie = self.properties.of(relation.predicate, subject, classes[relation.object])
            yield self._make(relation.subject, curie, "", relation.object, *place)

    def _date(self, relation: Relation, curie: str, place: tuple[int, int, float, str]) -> Iterator[Statement]:
        start, _, end = relation.object.partition("/")
        key = relation.subject
        yield self._make(key, curie, start, "", *place, datatype=PRECISION[len(start)])
        if relation.predicate != "date" or curie == "dct:date":
            return
        if end:
            yield self._make(key, "schema:endDate", end, "", *place, datatype=PRECISION[len(end)])
        words = relation.verbatim or self.document.cut(relation.start, relation.end)
        yield self._make(key, "cg:dateText", " ".join(words.split())[:MOST], "", *place, lang=self.document.language)
        yield self._make(key, "cg:edtf", relation.object, "", *place)
        if relation.anchor:
            yield self._make(key, "cg:dateAnchor", relation.anchor, "", *place, datatype=_precision(relation.anchor))

    def _forms(self, entity: LocalEntity) -> dict[str, tuple[int, int]]:
        """Give where each spelling of an entity's mentions stands first."""
        spans = ((mention.start, mention.end) for mention in reversed(entity.mentions))
        return {self.document.cut(*span): span for span in spans}

    def _make(
        self,
        subject: str,
        property: str,
        value: str,
        object: str,
        start: int,
        end: int,
        confidence: float,
        extractor: str,
        datatype: str = "",
        lang: str = "",
    ) -> Statement:
        return Statement(
            statement_id=statement_id(subject, property, value or object, self.document.document_id),
            subject_key=subject,
            property=property,
            value=value,
            object_key=object,
            datatype=datatype,
            lang=lang,
            document_id=self.document.document_id,
            evidence_start=start,
            evidence_end=end,
            quote=quote(self.document, start, end),
            extractor=extractor,
            extractor_version=self.version,
            confidence=round(confidence, 3),
        )


def quote(document: Document, start: int, end: int) -> str:
    """Give the sentence around a span, at most 300 characters of it, cut at words."""
    at = bisect_right(document.blocks, start, key=attrgetter("start")) - 1
    block = document.blocks[at] if at >= 0 and start < document.blocks[at].end else None
    left, right = (block.start, max(block.end, end)) if block else (start, end)
    low, high = max(left, start - FAR), min(right, end + FAR)
    return _sentence(document.cut(low, high), start - low, end - low)


def _sentence(text: str, start: int, end: int) -> str:
    bounds = [0, *(found.end() for found in SENTENCE.finditer(text)), len(text)]
    left = max(bound for bound in bounds if bound <= start)
    right = min((bound for bound in bounds if bound >= end), default=len(text))
    if right - left > MOST:
        margin = max(MOST - (end - start), 0) // 2
        left, right = max(left, start - margin), min(right, max(end + margin, start + MOST))
        left = text.find(" ", left, start) + 1 or left
    return " ".join(text[left:right].split())[:MOST]


def _precision(date: str) -> str:
    return PRECISION.get(len(date), "xsd:string")
