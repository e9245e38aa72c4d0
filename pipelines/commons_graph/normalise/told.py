"""What a reader of one media type gives back: the record only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from commons_graph.normalise.build import Builder


@dataclass(slots=True)
class Told:
    """What a reader found: the blocks (the title first), and what the document says of itself.

    `address` is where else the document says that it can be read, such as a letter's copy on the web.
    `title_is_text` says that the title is words of the text, so that the document may hold nothing else.
    `notes` say what of it could not be read, each as a reason: the rest was.
    `data` are the nodes of its structured data, all of them: `structured` keeps what the project's vocabulary names.
    """

    language: str = ""
    date: str = ""
    kind: str = ""
    redirect: str = ""
    address: str = ""
    title_is_text: bool = False
    categories: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)
    data: list[dict[str, Any]] = field(default_factory=list)
    builder: Builder = field(default_factory=Builder)
