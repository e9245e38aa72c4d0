"""What somebody means who names a thing of a release: by label, identifier, prefixed name or address.

What belongs here: finding the entity, the statement, the document or what else statements tell of. What does not:
what is said of it (`why`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import duckdb

from commons_graph.errors import CommonsError
from commons_graph.publish import described
from commons_graph.publish.namespaces import ENTITY, STATEMENT, prefixes, shorten
from commons_graph.publish.releases import Release
from commons_graph.publish.sql import read

SOURCE = "cgsrc"
NAMING = {
    "object": "SELECT 1 FROM statement WHERE object = ? AND object_kind = 'iri' LIMIT 1",
    "predicate": "SELECT 1 FROM statement WHERE predicate = ? LIMIT 1",
}
"""Where else an address may stand in statements, and whether one has it there."""


@dataclass(frozen=True, slots=True)
class Named:
    """A thing by its name (a CURIE, or an IRI where no prefix fits), what it is, and its label."""

    name: str
    cls: str
    label: str


@dataclass(frozen=True, slots=True)
class Meant:
    """A thing, and which statements tell of it: those with `value` in `column` of the table `statement`.

    `about` says what it means, where the ontology does. `asked` is the identifier it had before a merge, or "".
    `homonyms` are the other things that the text fits.
    """

    thing: Named
    column: str
    value: str
    about: str = ""
    asked: str = ""
    homonyms: tuple[Named, ...] = ()


def find(connection: duckdb.DuckDBPyConnection, release: Release, text: str) -> Meant:
    """Give what a text means, which is the first of: an entity's identifier, a statement, a document, any other address
    of the graph or its ontology, a label. Raises `CommonsError` when the release knows nothing of the kind.
    """
    names = prefixes(release.ontology)
    iri = _expanded(text, names)
    ways = (_entities(connection, iri), _statements(connection, iri), _documents(connection, iri, names))
    found = next((found for found in map(list, ways) if found), None)
    found = found or list(_others(connection, release, iri, names)) or list(_labelled(connection, text))
    if not found:
        raise CommonsError(text, *_unknown(iri))
    first, *others = found
    return replace(first, homonyms=tuple(other.thing for other in others))


def _expanded(text: str, names: dict[str, str]) -> str:
    """Give the IRI that a CURIE stands for; any other text as it is."""
    name = text.strip().removeprefix("<").removesuffix(">")
    prefix, colon, local = name.partition(":")
    return names[prefix] + local if colon and prefix in names else name


def _entities(connection: duckdb.DuckDBPyConnection, iri: str) -> Iterator[Meant]:
    asked = iri.removeprefix(ENTITY)
    moved = connection.execute("SELECT replaced_by FROM redirect WHERE entity = ?", [asked]).fetchone()
    identifier = str(moved[0]) if moved else asked
    rows = connection.execute("SELECT entity, class, label FROM entity WHERE entity = ?", [identifier]).fetchall()
    return (replace(_entity(row), asked=asked if moved else "") for row in rows)


def _labelled(connection: duckdb.DuckDBPyConnection, text: str) -> Iterator[Meant]:
    # A text pasted from a Mac has its accents apart; a keyboard writes ' where print has ’.
    label = unicodedata.normalize("NFC", " ".join(text.split())).replace("’", "'")
    return map(_entity, connection.execute(read("why_label.sql"), {"label": label}).fetchall())


def _entity(row: Sequence[str]) -> Meant:
    entity, cls, label = row
    return Meant(Named(f"cgid:{entity}", cls, label), "subject", ENTITY + entity)


def _statements(connection: duckdb.DuckDBPyConnection, iri: str) -> Iterator[Meant]:
    """Give the one statement of this identifier, under the name of what it is about."""
    identifier = iri.removeprefix(STATEMENT)
    asked = (
        "SELECT entity, class, label FROM statement JOIN entity ON subject = $base || entity WHERE statement_id = $id"
    )
    rows = connection.execute(asked, {"base": ENTITY, "id": identifier}).fetchall()
    return (Meant(_entity(row).thing, "statement_id", identifier) for row in rows)


def _documents(connection: duckdb.DuckDBPyConnection, iri: str, names: dict[str, str]) -> Iterator[Meant]:
    asked = "SELECT document_id, iri, kind, title FROM document WHERE $iri IN (iri, address, document_id) ORDER BY iri"
    for identifier, own, kind, title in connection.execute(asked, {"iri": iri}).fetchall():
        yield Meant(Named(shorten(own, names), kind, title), "document_id", identifier)


def _others(
    connection: duckdb.DuckDBPyConnection, release: Release, iri: str, names: dict[str, str]
) -> Iterator[Meant]:
    """Give a source, a concept, class or property of the ontology, or an address that statements point to."""
    if ":" not in iri:
        return
    if iri.startswith(names.get(SOURCE, "\0")):
        yield from _sources(connection, iri.removeprefix(names[SOURCE]))
        return
    term = described.term(release.ontology, iri)
    columns = [column for column, asked in NAMING.items() if connection.execute(asked, [iri]).fetchone()]
    if columns or term.kind:
        thing = Named(shorten(iri, names), term.kind or "address", term.label or iri)
        yield Meant(thing, columns[0] if columns else "object", iri, term.about)


def _sources(connection: duckdb.DuckDBPyConnection, name: str) -> Iterator[Meant]:
    rows = connection.execute("SELECT source, title FROM source WHERE source = ?", [name]).fetchall()
    return (Meant(Named(f"{SOURCE}:{source}", "source", title), "source", source) for source, title in rows)


def _unknown(iri: str) -> tuple[str, str]:
    if iri.startswith(STATEMENT):
        return "the release holds no such statement", "those that are held back: commons waiting"
    remedy = "give its identifier, its address or one of its names in full, or look for it with `commons query`"
    return "the release knows no such entity, statement, document or concept", remedy
