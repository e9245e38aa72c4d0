"""What one question to a server was, and its answer: the records, and the form in which an address is asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlsplit

CONDITIONS = frozenset({"if-none-match", "if-modified-since"})
Headers = tuple[tuple[str, str], ...]


NO_SIGN = re.compile(r"[^\x21-\x7e]+")


def path_of(address: str) -> str:
    """Give path and query as they are asked for: letters that no address has are escaped."""
    parts = urlsplit(address)
    asked = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    return NO_SIGN.sub(lambda found: quote(found[0]), asked)


@dataclass(frozen=True, slots=True)
class Condition:
    """What a server said of the copy that we have: asked again with it, it may answer 304 and no body."""

    etag: str = ""
    last_modified: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """The request headers that tell the server of our copy; what cannot stand in a header is not told again."""
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in told.items() if value and value.isascii() and value.isprintable()}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its whole answer, with the body unpacked. `redirects` were asked before `address`."""

    address: str
    status: int
    reason: str
    version: str
    asked: Headers
    headers: Headers
    body: bytes
    at: datetime
    redirects: tuple[str, ...] = ()

    def header(self, name: str) -> str:
        """Give a header of the answer, or ""."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def media_type(self) -> str:
        """The media type without parameters, or ""."""
        return self.header("content-type").partition(";")[0].strip().lower()

    @property
    def unchanged(self) -> bool:
        """Whether the server said that our copy is as it was, and was told of one."""
        return self.status == 304 and any(name.lower() in CONDITIONS for name, _ in self.asked)

    @property
    def condition(self) -> Condition:
        """What to ask with the next time."""
        return Condition(self.header("etag"), self.header("last-modified"))
