"""What two features of a page say together: "a network" in a page of the category of books is no group of people.

What belongs here: which features are joined. What does not: the features themselves (`page_features`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_FORM = ("kinds=", "person=", "name ", "ns=", "prep=", "plural", "form=", "bracket=", "tl=", "ts=")
_HEADS = ("tag head=", "is head=")
_ADDRESS = (" same=", " end=")
CATEGORIES = 8


def page_pairs(groups: Sequence[Sequence[str]]) -> Iterator[str]:
    """Give the joined features of a page; `groups` are the single ones, in the order of `page_features.GROUPS`."""
    title, lead, _, definition, said, layout, address, category, _ = groups
    categories = [feature for feature in category if feature.startswith("c=")][:CATEGORIES] or ["c="]
    form = [feature for feature in title if feature.startswith(_FORM)]
    heads = sorted({feature for feature in definition if feature.startswith(_HEADS)}) or ["head="]
    opening = [feature for feature in lead if feature.startswith("first=")]
    hosts = [feature for feature in address if any(part in feature for part in _ADDRESS)][:3] or ["host="]
    first = [feature for feature in layout if feature.startswith("h1=")] or ["h1="]
    cases = [feature for feature in said if feature.startswith("said ")]
    shape = [*opening, *hosts, *first]
    yield from _joined(categories, [*form, *heads, *shape])
    yield from _joined(form, [*heads, *shape, *cases])
    yield from _joined(heads, [*shape, *cases])
    yield from _joined(opening, [*hosts, *first, *cases])
    yield from _joined(first, [*hosts, *cases])


def _joined(left: Sequence[str], right: Sequence[str]) -> Iterator[str]:
    return (f"{one}&{other}" for one in left for other in right)
