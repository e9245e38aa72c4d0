"""Which addresses of a site its source wants, as the YAML's `options` say.

What belongs here: the settings of web sources and what they mean for one address. What does not: asking.
"""

from __future__ import annotations

import fnmatch
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from commons_graph.capture.live import site
from commons_graph.source import Source

MOST = 5_000
DEPTH = 3
ALIKE = 200
"""More addresses than this that differ only in numbers are a calendar without end, unless `include` names them."""
Patterns = tuple[re.Pattern[str], ...]


@dataclass(slots=True)
class Scope:
    """What a source wants: `starts` are always asked; `depth` links away from them, what `wants` lets through."""

    source: Source
    starts: tuple[str, ...]
    sitemap: str
    depth: int
    most: int
    include: Patterns
    exclude: Patterns
    endless: set[str] = field(default_factory=set)
    _alike: Counter[str] = field(default_factory=Counter)

    def wants(self, address: str) -> bool:
        """Say whether a link is to be followed: inside the site, a page, let through by the patterns."""
        start = self.source.address
        if not site.same_site(address, start) or not self.lists(address):
            return False
        return bool(self.include) or site.path_of(address).startswith(site.folder(start))

    def lists(self, address: str) -> bool:
        """Say whether an address of the sitemap is wanted: a page, let through by the patterns."""
        path = site.path_of(address)
        included = not self.include or _any(self.include, path)
        return included and site.is_page(address) and not _any(self.exclude, path)

    def takes(self, address: str) -> bool:
        """Say whether a new address is taken: not when too many alike were. `endless` then names their shape."""
        if self.include:
            return True
        shape = site.shape(address)
        self._alike[shape] += shape != address
        if self._alike[shape] > ALIKE:
            self.endless.add(shape)
        return shape not in self.endless


def of(source: Source) -> Scope:
    """Give the scope of a source: its list, its sitemap, and where it has neither, a crawl from its address."""
    options = source.options
    pages = tuple(filter(None, map(site.tidy, options.get("pages", ()))))
    sitemap = str(options.get("sitemap", ""))
    listed = bool(pages or sitemap)
    depth = int(options.get("depth", 0 if listed else DEPTH))
    return Scope(
        source=source,
        starts=pages if listed else (site.tidy(source.address),),
        sitemap=sitemap,
        depth=depth,
        most=int(options.get("most", MOST)),
        include=_patterns(options.get("include", ())),
        exclude=_patterns(options.get("exclude", ())),
    )


def _patterns(given: Sequence[str]) -> Patterns:
    return tuple(re.compile(fnmatch.translate(each)) for each in given)


def _any(patterns: Patterns, path: str) -> bool:
    return any(pattern.match(path) for pattern in patterns)
