"""What the items of a page's structured data say of each other, of dates and of addresses.

What does not belong here: which entities they are (`entities`), which predicates are theirs (ontology/schema_org.yaml).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from commons_graph.extract.records import LocalEntity, Relation
from commons_graph.extract.relation.find import identity
from commons_graph.extract.relation.signatures import Signatures
from commons_graph.extract.structured.entities import EXTRACTOR, SURE, Told
from commons_graph.extract.structured.items import Item, Value
from commons_graph.schema_org import ADDRESSES, DATES

ISO = re.compile(r"((?:1[5-9]|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?(?![\d-])", re.ASCII)


ONE = frozenset({"date", "homepage", "foundedOn"})
"""Predicates of which the data is believed alone where it gives one."""


def relations(told: Told, prose: Sequence[Relation], signatures: Signatures) -> list[Relation]:
    """Give what the items say, and what the prose says beside it: however sure, it does not take their place.

    What `signatures` does not allow between two classes is passed over.
    """
    said = list(_said(told, signatures))
    answered = {(each.subject, each.predicate) for each in said if each.predicate in ONE}
    known = {identity(each, signatures) for each in said}
    news = (each for each in prose if (each.subject, each.predicate) not in answered)
    return said + [each for each in news if identity(each, signatures) not in known]


def _said(told: Told, signatures: Signatures) -> Iterator[Relation]:
    for item in told.items:
        name = item.name
        entity = told.subject if item.cls == "Document" else told.entity(name.words) if name else None
        if entity is None or (item.cls == "Document") != (entity.cls == "Document"):
            continue
        yield from _dates(item, entity, signatures)
        for value in item.values:
            if value.says in ADDRESSES:
                yield from _address(told, entity, value, signatures)
            elif value.says not in DATES:
                yield from _relation(told, entity, value, signatures)


def _address(told: Told, entity: LocalEntity, value: Value, signatures: Signatures) -> Iterator[Relation]:
    """Give an address of an entity; that of the page itself is no news."""
    is_own = value.address.rstrip("/") == told.document.address.rstrip("/") and entity.cls == "Document"
    if value.address and not is_own and value.says in signatures.allowed.get((entity.cls, "iri"), ()):
        yield _made(entity.key, value.says, value.address, value)


def _relation(told: Told, entity: LocalEntity, value: Value, signatures: Signatures) -> Iterator[Relation]:
    other = told.entity(value.words)
    if other is None or other.key == entity.key:
        return
    subject, object = (other, entity) if value.property.inverse else (entity, other)
    if value.says in signatures.allowed.get((subject.cls, object.cls), ()):
        yield _made(subject.key, value.says, object.key, value)


def _dates(item: Item, entity: LocalEntity, signatures: Signatures) -> Iterator[Relation]:
    said = {value.says: value for value in reversed(item.values) if value.says in DATES and _iso(value.words)}
    first, last = said.get("start") or said.get("date"), said.get("end")
    if first and "date" in signatures.allowed.get((entity.cls, "date"), ()):
        start, end = _iso(first.words), _iso(last.words) if last else ""
        if last and end > start:
            words = f"{first.words}/{last.words}"
            place = (min(first.start, last.start), max(first.end, last.end))
            yield Relation(entity.key, "date", f"{start}/{end}", *place, SURE, EXTRACTOR, words)
        else:
            yield _made(entity.key, "date", start, first, first.words)
    founded = said.get("foundedOn")
    if founded and "foundedOn" in signatures.allowed.get((entity.cls, "date"), ()):
        yield _made(entity.key, "foundedOn", _iso(founded.words), founded, founded.words)


def _made(subject: str, predicate: str, object: str, value: Value, verbatim: str = "") -> Relation:
    return Relation(subject, predicate, object, value.start, value.end, SURE, EXTRACTOR, verbatim)


def _iso(words: str) -> str:
    """Give the date that words begin with, as precise as they are; "" for none, or one that is in no calendar."""
    found = ISO.match(words)
    if found is None:
        return ""
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        date(year, month, day)
    except ValueError:
        return ""
    return found[0]
