"""Whose the working groups of a document are: the organisation that the document is about, or mostly speaks of.

What belongs here: this one default. What does not: relations that the text states (`patterns`, `find`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from commons_graph.extract.names.subject import WIKI
from commons_graph.extract.records import Relation
from commons_graph.extract.relation.certainty import Certainty
from commons_graph.extract.relation.layout import Item, Layout
from commons_graph.extract.relation.signatures import Signatures

EXTRACTOR = "hosts"
WORKING_GROUP = "cg:WorkingGroup"
OFTEN = 2
NEAR = 4
"""Names before a mention that may hold it."""


def find_hosts(layout: Layout, signatures: Signatures, certainty: Certainty) -> Iterator[Relation]:
    """Give for each working group the organisation that hosts it, with the group's first mention as evidence."""
    host = host_of(layout)
    if host is None or "partOf" not in signatures.allowed.get(("Group", host.cls), ()):
        return
    for item in layout.items:
        if item.cls == "Group" and item.entity and item.entity.kind == WORKING_GROUP and item.number != host.number:
            place = item.places[0]
            sure = certainty.of(EXTRACTOR, "partOf", item, host)
            yield Relation(item.key, "partOf", host.key, place.start, place.end, sure, EXTRACTOR)


def host_of(layout: Layout) -> Item | None:
    """Give the organisation that the document is about or mostly speaks of; None without one.

    A wiki's page quotes whom it finds: whom it mostly speaks of hosts no group there.
    """
    subject = next((item for item in layout.items if item.is_subject), None)
    if subject is not None and subject.cls == "Organization":
        return subject
    if layout.document.kind == WIKI:
        return None
    taken = sorted(
        (place.start, -place.end, place.item) for item in layout.items if item.entity for place in item.places
    )
    free = {item.number: _free(item, taken) for item in layout.items if item.cls == "Organization"}
    named = [item for item in layout.items if free.get(item.number, 0) >= OFTEN]
    return max(named, key=lambda item: (free[item.number], -item.number), default=None)


def _free(item: Item, taken: Sequence[tuple[int, int, int]]) -> int:
    """Count the mentions that lie in no longer name: "Mutuelle de l'Ambre" does not speak of the Ambre."""
    count = 0
    for place in item.places:
        before = bisect_right(taken, (place.start, -place.end - 1, 0))  # they start earlier, or here and are longer
        count += not any(-end >= place.end for _, end, _ in taken[max(before - NEAR, 0) : before])
    return count
