"""Which entities the items of a page's structured data are: those that its prose names too, its subject, or new ones.

What does not belong here: what is said of them (`relations`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from commons_graph.extract.names.words import folded_name
from commons_graph.extract.records import LocalEntity, Mention
from commons_graph.extract.structured.items import Item, Value, is_name, items
from commons_graph.model import Document, EntityClass
from commons_graph.schema_org import ALIAS, SchemaOrg

EXTRACTOR = "structured-data"
SURE = 0.95


@dataclass(slots=True)
class Told:
    """The entities of a document with what its structured data says of their classes.

    `prose` are those that the prose names, the subject first of all; `mentions` where the data names each entity, by
    key; `made` are those that only the data names. `keys` finds the entity of a name and class.
    """

    document: Document
    subject: LocalEntity
    prose: dict[str, LocalEntity]
    items: list[Item] = field(default_factory=list)
    made: dict[str, LocalEntity] = field(default_factory=dict)
    mentions: dict[str, list[Mention]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    def entity(self, words: str) -> LocalEntity | None:
        """Give the entity that some words name in the data, if any."""
        key = self.keys.get(folded_name(words), "")
        return self.made.get(key) or self.prose.get(key)

    def entities(self) -> Iterator[LocalEntity]:
        """Give all entities, with the places where the data names them: first of all where that made their class."""
        for entity in self.prose.values():
            said = tuple(self.mentions.get(entity.key, ()))
            classed = entity.extractor == EXTRACTOR
            yield replace(entity, mentions=(*said, *entity.mentions) if classed else (*entity.mentions, *said))
        for entity in self.made.values():
            yield replace(entity, mentions=tuple(self.mentions[entity.key]))


def tell(document: Document, subject: LocalEntity, entities: Sequence[LocalEntity], vocabulary: SchemaOrg) -> Told:
    """Join the items of a document with the entities that its prose names."""
    told = Told(document, subject, {entity.key: entity for entity in entities})
    known = {folded_name(name): entity.key for entity in entities for name in (*entity.aliases, entity.label)}
    found = list(items(document, vocabulary))
    own = _own_text(found, document)
    for item in found:
        if item.cls == "Document":
            if item is own:
                told.items.append(item)
                told.keys[""] = subject.key
        elif name := item.name:
            _add(told, known, name, item.cls, vocabulary.kinds.get(item.type, ""), _aliases(item))
            told.items.append(item)
    for value in (value for item in told.items for value in item.values):
        if value.property.named and is_name(value.words, value.property.named):
            _add(told, known, value, value.property.named)
    told.subject = told.prose[subject.key]
    return told


def _own_text(found: list[Item], document: Document) -> Item | None:
    """Give the item that is the page's own text: the one with its title, or the only one."""
    texts = [item for item in found if item.cls == "Document"]
    title = folded_name(document.title)
    named = (item for item in texts if any(folded_name(value.words) == title for value in item.values))
    return next(named, texts[0] if len(texts) == 1 else None)


def _aliases(item: Item) -> list[Value]:
    return [value for value in item.values if value.says == ALIAS and is_name(value.words, item.cls)]


def _add(
    told: Told, known: dict[str, str], name: Value, cls: EntityClass, kind: str = "", aliases: Sequence[Value] = ()
) -> None:
    """Note that the data names an entity; of two classes for one name, the first counts."""
    folded = folded_name(name.words)
    key = known.get(folded, "")
    if not key or key.startswith("cgc:"):
        key = f"{told.document.source}:{told.document.document_id}#{name.words}"
    first = folded not in told.keys
    told.keys[folded] = key
    told.mentions.setdefault(key, []).extend(Mention(each.start, each.end) for each in (name, *aliases))
    names = tuple(each.words for each in aliases)
    if held := told.prose.get(key):
        others = dict.fromkeys(each for each in (*held.aliases, *names) if each != held.label)
        held = replace(held, aliases=tuple(others))
        told.prose[key] = _reclassed(held, cls, kind) if first else held
    elif first:
        told.made[key] = LocalEntity(key, name.words, cls, (), names, kind, "", SURE, EXTRACTOR)


def _reclassed(entity: LocalEntity, cls: EntityClass, kind: str) -> LocalEntity:
    same = entity.cls == cls
    return replace(entity, cls=cls, kind=kind or (entity.kind if same else ""), confidence=SURE, extractor=EXTRACTOR)
