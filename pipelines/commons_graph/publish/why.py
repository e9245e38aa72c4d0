"""Where what is said of a thing comes from.

What belongs here: the statements that tell of a thing, with their evidence. What does not: finding which thing is meant
(`meant`), and showing them (the command line and the pages do).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from commons_graph.publish import meant
from commons_graph.publish.meant import Named
from commons_graph.publish.namespaces import prefixes as read_prefixes
from commons_graph.publish.namespaces import shorten
from commons_graph.publish.releases import Release
from commons_graph.publish.sql import open_public, read

MOST = 200
"""So many statements are shown of what half the graph may name, such as a class."""


@dataclass(frozen=True, slots=True)
class Sourced:
    """One published statement: what it says, the words that say it, and where they are. `property` is a CURIE.

    `subject` is the CURIE of what it is about, and `about` the label. `value` is a literal, or the label of the entity
    in `object` (its IRI where nothing is known of it).
    """

    subject: str
    property: str
    value: str
    object: str
    lang: str
    quote: str
    evidence_start: int
    evidence_end: int
    document: str
    address: str
    source: str
    licence: str
    extractor: str
    confidence: float
    first_seen: date | None
    last_seen: date | None
    statement: str
    about: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A thing and what is published of it: of an entity all; of a statement that one; of a document what it says; of a
    concept, class, property, source or address the statements that name it, the first `MOST` of all `count`.

    `about`, `asked` and `homonyms` as in `meant.Meant`.
    """

    name: str
    cls: str
    label: str
    statements: tuple[Sourced, ...]
    count: int
    about: str = ""
    asked: str = ""
    homonyms: tuple[Named, ...] = ()


def why(release: Release, text: str) -> Explanation:
    """Explain what a text names: by identifier (`e1`, `cgid:e1`), IRI (also in `<>`), CURIE or label. Of several with a
    label the one with most statements is explained. Raises `CommonsError` when the release knows nothing of the kind.
    """
    names = read_prefixes(release.ontology)
    with open_public(release.database) as connection:
        found = meant.find(connection, release, text)
        count = _count(connection, found)
        most = count if found.column == "subject" else MOST
        asked = read("why.sql").format(column=found.column)
        rows = connection.execute(asked, {"value": found.value, "most": most}).fetchall()
    statements, thing = tuple(_sourced(row, names) for row in rows), found.thing
    told = (found.about, found.asked, found.homonyms)
    return Explanation(thing.name, thing.cls, thing.label, statements, count, *told)


def _count(connection: duckdb.DuckDBPyConnection, found: meant.Meant) -> int:
    counted = connection.execute(read("why_count.sql").format(column=found.column), [found.value]).fetchone()
    return int(counted[0]) if counted else 0


def _sourced(row: tuple[Any, ...], names: dict[str, str]) -> Sourced:
    subject, predicate, value, obj, *rest = row
    shown = shorten(obj, names) if obj and value == obj else value
    return Sourced(shorten(subject, names), shorten(predicate, names), shown, obj, *rest)
