"""One page under the addresses that differ in `www.` or TLS only: a site that moves from one to another stays itself.

What belongs here: finding what is known of a page under another of its addresses. What does not: whether two addresses
are of one site (`site`), and the one form of each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

T = TypeVar("T")
SCHEMES = ("http", "https")
WWW = "www."
AT = "at"
"""The mark of a document that is under another address than its own now: which one."""


class Twins(Mapping[str, T]):
    """What is known of pages by address, found under their twins as well, where these are not known themselves."""

    def __init__(self, known: Mapping[str, T]) -> None:
        self._known = known

    def __getitem__(self, address: str) -> T:
        return self._known[self.named(address)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def named(self, address: str) -> str:
        """Give the address under which a page is known: this one, or that of a twin; this one where none is."""
        if address in self._known:
            return address
        return next((twin for twin in twins(address) if twin in self._known), address)


def twins(address: str) -> Iterator[str]:
    """Give the addresses that differ from one in `www.` or TLS only, itself among them; nothing for no web address."""
    scheme, _, rest = address.partition("://")
    bare = rest.removeprefix(WWW)
    if scheme in SCHEMES and bare:
        yield from (f"{each}://{place}" for each in SCHEMES for place in (bare, WWW + bare))
