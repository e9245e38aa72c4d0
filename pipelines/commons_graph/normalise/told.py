"""What a reader of one media type gives back: the record only."""

from __future__ import annotations

from dataclasses import dataclass, field

from commons_graph.normalise.build import Builder


@dataclass(slots=True)
class Told:
    """What a reader found: the blocks (the title first), and what the document says of itself.

    `address` is where else the document says that it can be read, such as a letter's copy on the web.
    """

    language: str = ""
    date: str = ""
    kind: str = ""
    redirect: str = ""
    address: str = ""
    categories: tuple[str, ...] = ()
    builder: Builder = field(default_factory=Builder)
