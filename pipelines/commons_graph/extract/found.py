"""What one document says: its subject, its entities, their relations; and all of it as statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from commons_graph.extract import structured
from commons_graph.extract.knowledge import Knowledge
from commons_graph.extract.names.find import find_entities
from commons_graph.extract.records import LocalEntity, Relation
from commons_graph.extract.relation.find import find_relations, surest
from commons_graph.extract.statements import Writer
from commons_graph.model import Document, Statement


@dataclass(frozen=True, slots=True)
class Found:
    """`page_class` is what the page is about, "Other" for housekeeping; `entities` holds the subject, if any."""

    page_class: str
    subject: LocalEntity | None
    entities: tuple[LocalEntity, ...]
    relations: tuple[Relation, ...]


def find(document: Document, knowledge: Knowledge) -> Found:
    """Read a document. A page that only redirects, or is housekeeping, says nothing."""
    text = structured.prose(document)
    page_class, subject, entities = find_entities(text, knowledge)
    if subject is None:
        return Found(page_class, None, (), ())
    told = structured.tell(document, subject, entities, knowledge.vocabulary)
    in_prose = find_relations(text, told.subject, tuple(told.prose.values()), knowledge)
    relations = surest(structured.relations(told, in_prose, knowledge.signatures), knowledge.signatures)
    return Found(page_class, told.subject, tuple(_confirmed(told.entities(), relations)), relations)


def _confirmed(entities: Iterable[LocalEntity], relations: Iterable[Relation]) -> Iterator[LocalEntity]:
    """Give the entities, as sure as the phrases that only fit their class: whom to contact is a person."""
    told = {each.object: each.confidence for each in relations if each.predicate == "hasContact"}
    for entity in entities:
        yield replace(entity, confidence=max(entity.confidence, told.get(entity.key, 0.0)))


def statements(found: Found, document: Document, knowledge: Knowledge, version: str) -> list[Statement]:
    """Give what was found as statements, each with its evidence."""
    writer = Writer(document, version, knowledge.properties)
    classes: dict[str, str] = {entity.key: entity.cls for entity in found.entities}
    made = [statement for entity in found.entities for statement in writer.entity(entity)]
    return made + [statement for relation in found.relations for statement in writer.relation(relation, classes)]
