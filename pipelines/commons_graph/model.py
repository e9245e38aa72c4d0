"""The few types that stages hand each other.

What belongs here: frozen records that cross a stage's border, and how their identifiers are made.
What does not: anything that reads, writes or decides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Literal

BlockKind = Literal["title", "heading", "paragraph", "item", "cell", "field", "quote", "data"]
MarkKind = Literal["wiki", "web", "bold", "italic", "time"]
EntityClass = Literal["Person", "Organization", "Group", "Event", "Document", "Project", "Place", "Concept"]
CLASSES: tuple[EntityClass, ...] = (
    "Person",
    "Organization",
    "Group",
    "Event",
    "Document",
    "Project",
    "Place",
    "Concept",
)
BUCKETS = 64


def content_id(*parts: str) -> str:
    """Give the 128-bit identity of some text, as 32 hexadecimal digits (BLAKE2b; parts joined by NUL)."""
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


def bucket_of(address: str) -> int:
    """Give the bucket, 0 to 63, that an address belongs to: its hash modulo `BUCKETS`, the same on every machine."""
    return int.from_bytes(hashlib.blake2b(address.encode(), digest_size=4).digest()) % BUCKETS


@dataclass(frozen=True, slots=True)
class Capture:
    """One page, letter or file as a source gave it, with what only the source knows of it.

    `payload` holds the exact bytes of this one document (one page of a dump, one message of a mailbox);
    `digest` is their SHA-256. `hints` may give title, language, kind, date, redirect, revision, homepage.
    """

    source: str
    address: str
    media_type: str
    payload: bytes
    digest: str
    captured_at: datetime
    hints: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Archived:
    """A capture that lies in the archive: what is known of it (`capture` without payload), and how to read its bytes.

    A document that has not changed is recognised without reading them.
    """

    capture: Capture
    load: Callable[[], bytes]

    @classmethod
    def of(cls, capture: Capture) -> Archived:
        """Give a capture whose bytes were read already in this form."""
        return cls(replace(capture, payload=b""), partial(bytes, capture.payload))

    def read(self) -> Capture:
        """Give the capture with its bytes. Raises `CommonsError` when they are lost or damaged."""
        return replace(self.capture, payload=self.load())


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that a source holds and we do not read, or could not: counted and listed, never fatal for the rest."""

    address: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or cell: half-open offsets into the document's text, in code points.

    `level` is a heading's level (1 to 6) or an item's depth; `name` is a field's name (template, front matter). A block
    of "data" is one value of the structured data of a page, behind its text: see `commons_graph.schema_org`.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked span of the text: a link (`target` is a page title or an absolute IRI), emphasis, a `<time>`."""

    kind: MarkKind
    start: int
    end: int
    target: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One normalised text. Its first block is its title; blocks are in order and do not overlap.

    `date` is the document's own date, as precise as known: "", "2025", "2025-01" or "2025-01-17".
    `redirect` is the title of the page that this one only points to, or "".
    No e-mail address and no telephone number is in `text`, `marks` or `title`.
    """

    document_id: str
    source: str
    address: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...]
    language: str
    kind: str
    date: str = ""
    categories: tuple[str, ...] = ()
    redirect: str = ""
    capture: str = ""

    @property
    def key(self) -> str:
        """The key of the thing that this document is about, as this document knows it."""
        return f"{self.source}:{self.title}" if self.kind == "wiki entry" else f"{self.source}:{self.document_id}"

    def cut(self, start: int, end: int) -> str:
        """Give the text between two offsets."""
        return self.text[start:end]


@dataclass(frozen=True, slots=True)
class Statement:
    """One sourced claim: subject, property, value, evidence. DESIGN.md, "The statement is the unit".

    `property` is a CURIE of the ontology. Exactly one of `value` (a literal, with `datatype` as a CURIE or `lang`)
    and `object_key` (a key, or an absolute IRI, or a CURIE for classes and concepts) is not empty.
    `quote` is the sentence around the evidence, at most 300 characters, for people to read.
    """

    statement_id: str
    subject_key: str
    property: str
    value: str
    object_key: str
    datatype: str
    lang: str
    document_id: str
    evidence_start: int
    evidence_end: int
    quote: str
    extractor: str
    extractor_version: str
    confidence: float


def statement_id(subject_key: str, property: str, value: str, document_id: str) -> str:
    """Give a statement's identity: the hash of subject key, property, value (or object key) and document."""
    return content_id(subject_key, property, value, document_id)
