"""What two features of a page say together: "a network" in a page of the category of books is no group of people.

What belongs here: which features are joined. What does not: the features themselves (`page_features`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from commons_graph.extract.page_hashes import joined

_FORM = ("kinds=", "person=", "name ", "ns=", "prep=", "plural", "form=", "bracket=", "tl=", "ts=")
_HEADS = ("tag head=", "is head=")
_ADDRESS = (" same=", " end=")
CATEGORIES = 8


def page_pairs(groups: Sequence[Sequence[str]], seed: int) -> Iterator[int]:
    """Give the hashes of a page's joined features; `groups` are the single ones, ordered as `page_features.GROUPS`."""
    title, lead, _, definition, said, layout, address, category, _ = groups
    categories = [feature for feature in category if feature.startswith("c=")][:CATEGORIES] or ["c="]
    form = [feature for feature in title if feature.startswith(_FORM)]
    heads = sorted({feature for feature in definition if feature.startswith(_HEADS)}) or ["head="]
    opening = [feature for feature in lead if feature.startswith("first=")]
    hosts = [feature for feature in address if any(part in feature for part in _ADDRESS)][:3] or ["host="]
    first = [feature for feature in layout if feature.startswith("h1=")] or ["h1="]
    cases = [feature for feature in said if feature.startswith("said ")]
    shape = [*opening, *hosts, *first]
    return chain(
        joined(categories, [*form, *heads, *shape], seed),
        joined(form, [*heads, *shape, *cases], seed),
        joined(heads, [*shape, *cases], seed),
        joined(opening, [*hosts, *first, *cases], seed),
        joined(first, [*hosts, *cases], seed),
    )
