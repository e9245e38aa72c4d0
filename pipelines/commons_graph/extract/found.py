"""What one document says: its subject, its entities, their relations; and all of it as statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from commons_graph.extract import structured
from commons_graph.extract.knowledge import Knowledge
from commons_graph.extract.names.find import Named, find_entities
from commons_graph.extract.records import LocalEntity, Relation
from commons_graph.extract.relation.find import find_relations, surest
from commons_graph.extract.relation.layout import Layout, lay_out
from commons_graph.extract.statements import Writer
from commons_graph.extract.structured import Told
from commons_graph.extract.tokens import tokens_of
from commons_graph.extract.uncollected import uncollected
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
    (found,) = find_all([document], knowledge)
    return found


@uncollected()
def find_all(documents: Sequence[Document], knowledge: Knowledge) -> list[Found]:
    """Read documents together, which costs less than one by one and says the same: see `batches`."""
    texts = [structured.prose(each) for each in documents]
    named = find_entities(texts, knowledge)
    told = [_told(document, each, knowledge) for document, each in zip(documents, named, strict=True)]
    each = zip(texts, named, told, strict=True)
    layouts = [_layout(text, names, said, knowledge) for text, names, said in each if said]
    relations = find_relations(layouts, knowledge)
    return [
        _found(names.own, said, next(relations), knowledge) if said else Found(names.own, None, (), ())
        for names, said in zip(named, told, strict=True)
    ]


def _told(document: Document, named: Named, knowledge: Knowledge) -> Told | None:
    """Join what is named in a document with its structured data; None where it says nothing."""
    if named.subject is None:
        return None
    return structured.tell(document, named.subject, named.entities, knowledge.vocabulary)


def _layout(text: Document, named: Named, told: Told, knowledge: Knowledge) -> Layout:
    entities = tuple(told.prose.values())
    tokens = named.tokens or tokens_of(text)
    return lay_out(text, tokens, told.subject, entities, named.dates, knowledge.cues, knowledge.word_kinds)


def _found(own: str, told: Told, in_prose: Sequence[Relation], knowledge: Knowledge) -> Found:
    relations = surest(structured.relations(told, in_prose, knowledge.signatures), knowledge.signatures)
    return Found(own, told.subject, tuple(_confirmed(told.entities(), relations)), relations)


def _confirmed(entities: Iterable[LocalEntity], relations: Iterable[Relation]) -> Iterator[LocalEntity]:
    """Give the entities, as sure as the phrases that only fit their class: whom to contact is a person."""
    told = {each.object: each.confidence for each in relations if each.predicate == "hasContact"}
    for entity in entities:
        surer = told.get(entity.key, 0.0) > entity.confidence
        yield replace(entity, confidence=told[entity.key]) if surer else entity


def statements(found: Found, document: Document, knowledge: Knowledge, version: str) -> list[Statement]:
    """Give what was found as statements, each with its evidence."""
    writer = Writer(document, version, knowledge.properties)
    classes: dict[str, str] = {entity.key: entity.cls for entity in found.entities}
    made = [statement for entity in found.entities for statement in writer.entity(entity)]
    return made + [statement for relation in found.relations for statement in writer.relation(relation, classes)]
