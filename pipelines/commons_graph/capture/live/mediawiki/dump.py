"""A dump of the wiki, where it spares the API: the first time, for every page that it has as the wiki has it now.

What does not belong here: how a dump is read (`capture.wiki`), and pages that it has not.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from commons_graph.capture import folder, wiki
from commons_graph.capture.export import Page
from commons_graph.capture.http import download
from commons_graph.capture.live.mediawiki.listing import Listed
from commons_graph.capture.live.visit import Visit
from commons_graph.errors import CommonsError
from commons_graph.model import Refusal


def is_there(visit: Visit) -> bool:
    """Say whether the source names a dump: an address in `options.dump`, or a file in `path`."""
    return bool(visit.source.options.get("dump") or (visit.local and visit.local.is_file()))


def pages(visit: Visit, wanted: Mapping[str, Listed]) -> Iterator[Page]:
    """Give those of the wanted pages that the dump has in the wanted revision and under the wanted title.

    Raises `CommonsError`, after the pages before it, when the dump cannot be had or is damaged.
    """
    with tempfile.TemporaryDirectory(prefix="commons-dump-") as name:
        path = visit.local if visit.local and visit.local.is_file() else _fetched(visit, Path(name))
        file = folder.one(path, path.name)
        if isinstance(file, Refusal):
            raise CommonsError(file.address, file.reason, file.remedy)
        for page, _ in wiki.pages(file):
            listed = wanted.get(page.values.get("page", ""))
            if listed and (page.values.get("revision"), page.values.get("title")) == (listed.revision, listed.title):
                yield page


def _fetched(visit: Visit, home: Path) -> Path:
    address = str(visit.source.options["dump"])
    path = home / (address.rpartition("/")[2] or "dump.xml")
    download(visit.client, address, path)
    return path
