"""Where what is said of an entity comes from.

What belongs here: finding the entity somebody means and its statements with their evidence. What does not: showing
them (the command line and the pages do).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from commons_graph.errors import CommonsError
from commons_graph.publish.namespaces import ENTITY, shorten
from commons_graph.publish.namespaces import prefixes as read_prefixes
from commons_graph.publish.releases import Release
from commons_graph.publish.sql import open_public, read


@dataclass(frozen=True, slots=True)
class Sourced:
    """One published statement: what it says, the words that say it, and where they are. `property` is a CURIE.

    `value` is a literal, or the label of the entity in `object` (its IRI where nothing is known of it).
    """

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


@dataclass(frozen=True, slots=True)
class Named:
    """An entity by identifier, class and label."""

    entity: str
    cls: str
    label: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """An entity and all that is published of it. `asked` is the identifier it had before a merge, or "".

    `homonyms` are the other entities that the label asked for fits.
    """

    entity: str
    cls: str
    label: str
    statements: tuple[Sourced, ...]
    homonyms: tuple[Named, ...] = ()
    asked: str = ""


def why(release: Release, entity: str) -> Explanation:
    """Explain an entity, named by identifier (`e1`, `cgid:e1`), IRI (also in `<>`) or label. Of several with a label
    the one with most statements is explained. Raises `CommonsError` when the release knows no such entity.
    """
    names = read_prefixes(release.ontology)
    with open_public(release.database) as connection:
        identifier, asked = _followed(connection, _identifier(entity, names))
        found = _by_identifier(connection, identifier) or _by_label(connection, entity)
        if not found:
            remedy = "give its identifier, IRI or one of its names in full, or look for it with `commons query`"
            raise CommonsError(entity, "the release knows no such entity", remedy)
        first, *others = found
        rows = connection.execute(read("why.sql"), {"subject": ENTITY + first.entity}).fetchall()
        statements = tuple(_sourced(row, names) for row in rows)
    return Explanation(first.entity, first.cls, first.label, statements, tuple(others), asked)


def _identifier(text: str, names: dict[str, str]) -> str:
    name = text.strip().removeprefix("<").removesuffix(">")
    prefix, colon, local = name.partition(":")
    iri = names[prefix] + local if colon and prefix in names else name
    return iri.removeprefix(ENTITY)


def _followed(connection: duckdb.DuckDBPyConnection, identifier: str) -> tuple[str, str]:
    found = connection.execute("SELECT replaced_by FROM redirect WHERE entity = ?", [identifier]).fetchone()
    return (str(found[0]), identifier) if found else (identifier, "")


def _by_identifier(connection: duckdb.DuckDBPyConnection, identifier: str) -> list[Named]:
    rows = connection.execute("SELECT entity, class, label FROM entity WHERE entity = ?", [identifier]).fetchall()
    return [Named(*row) for row in rows]


def _by_label(connection: duckdb.DuckDBPyConnection, text: str) -> list[Named]:
    # A text pasted from a Mac has its accents apart; a keyboard writes ' where print has ’.
    label = unicodedata.normalize("NFC", " ".join(text.split())).replace("’", "'")
    return [Named(*row) for row in connection.execute(read("why_label.sql"), {"label": label}).fetchall()]


def _sourced(row: tuple[Any, ...], names: dict[str, str]) -> Sourced:
    predicate, value, obj, *rest = row
    shown = shorten(obj, names) if obj and value == obj else value
    return Sourced(shorten(predicate, names), shown, obj, *rest)
