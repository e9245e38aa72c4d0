"""One visit to a live source: what a connector is given, and through which it asks.

What belongs here: the visit and the form of a connector. What does not: any one connector, the state's files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from commons_graph.capture.http import Client, Condition, Exchange
from commons_graph.capture.live.patience import Patience
from commons_graph.capture.live.records import Found, Gone, Known, Moved, Told, Unchanged
from commons_graph.model import Refusal
from commons_graph.source import Source

Answer = Found | Unchanged | Gone | Moved | Refusal
"""What a connector says of one document."""
Connector = Callable[["Visit"], Iterator[Answer]]
"""Gives what changed as it reads, so that a visit that breaks off keeps what it has.

Raises `CommonsError` when the source cannot be read on: then the other documents stay as they were, the error is
listed, and `cursor` is not kept. A single document that fails is a `Refusal` of its address: its last state stays.
"""


@dataclass(slots=True)
class Visit:
    """What a connector works with. `known` is by address, as the last visit left it, without what is gone; it finds a
    page under the addresses that differ in `www.` or TLS only, too, and what is answered under one is taken for it.

    `cursor` is the connector's own note for the next visit (the last change's time, the mailbox's last number): it
    writes into it, and it is kept when the visit ends well. `whole` says whether what the visit does not mention is
    missing (a full listing: the default) or unchanged (only changes were told): the connector sets it. `local` is the
    source's folder or file on this machine, for connectors that have one: what `--from` names, else the project's
    `path`; it may not be there.
    """

    source: Source
    client: Client
    known: Mapping[str, Known]
    cursor: Told
    whole: bool = True
    local: Path | None = None
    patience: Patience = field(default_factory=Patience)

    def get(self, address: str, conditional: bool = True) -> Exchange:
        """Ask for an address, with what is known of our copy of it unless told not to.

        Raises as `Client.get` does, and `CommonsError` when its server has not answered several times in a row.
        """
        known = self.known.get(address) if conditional else None
        marks = known.marks if known else {}
        condition = Condition(marks.get("etag", ""), marks.get("last_modified", ""))
        return self.patience.ask(address, lambda: self.client.get(address, condition))
