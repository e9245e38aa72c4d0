"""What extractors hand each other inside this stage: names found in one document, and relations between them.

What does not belong here: statements (the stage's product, see `commons_graph.model`) and anything that decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from commons_graph.model import EntityClass


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of the document's text that names something."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LocalEntity:
    """An entity as one document knows it.

    `key` is unique in the document. `label` is the fullest name the text gives; `aliases` every other form.
    `mentions` are in text order and never empty: the first is the evidence of the label.
    `kind` refines the class: the CURIE of a subclass (`cg:WorkingGroup`) or of a concept (`cgc:general-assembly`).
    `page` is the title of the wiki page that the text links to with this name, or "".
    """

    key: str
    label: str
    cls: EntityClass
    mentions: tuple[Mention, ...]
    aliases: tuple[str, ...] = ()
    kind: str = ""
    page: str = ""
    confidence: float = 1.0
    extractor: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of GUIDELINES.md, between two entities of a document or an entity and a literal.

    `subject` and `object` are keys of local entities; for `homepage`, `date` and `foundedOn`, `object` is the literal
    (an absolute IRI; an ISO 8601 date, partial or a range `a/b`). `start` and `end` cut the evidence from the text.
    For dates, `verbatim` is the text's own words and `anchor` the date that completed them, or "".
    """

    subject: str
    predicate: str
    object: str
    start: int
    end: int
    confidence: float
    extractor: str
    verbatim: str = ""
    anchor: str = ""
