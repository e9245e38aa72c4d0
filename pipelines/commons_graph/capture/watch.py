"""Whether a source has changed, without reading it: a mark that is cheap to have and differs after a change.

What belongs here: the marks. What does not: when they are looked at and what follows (`orchestration.watching`).
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from commons_graph.capture import folder
from commons_graph.capture.http import Client
from commons_graph.capture.http.bounds import Limits
from commons_graph.capture.live.keeping import PAUSE
from commons_graph.capture.live.mediawiki.api import Api
from commons_graph.capture.live.mediawiki.newest import newest
from commons_graph.capture.live.mediawiki_api import NAMESPACES
from commons_graph.errors import CommonsError
from commons_graph.project import Project
from commons_graph.source import WIKI, Source

QUICK = Limits(size=1_000_000, seconds=20)
"""A look asks once and waits little: the next one is soon."""


def mark(source: Source, project: Project) -> str:
    """Give the mark of a source as it is now. Raises `CommonsError` when it cannot be had."""
    return of_wiki(source) if source.connector == WIKI else of_files(project.root / source.path)


def of_wiki(source: Source) -> str:
    """Ask a wiki for its newest change, once, with all manners of a visit."""
    pause = float(source.options.get("pause", PAUSE))
    with Client(source.private, pause, QUICK, attempts=1) as client:
        api = Api(client, source.api or source.address, attempts=1)
        return newest(api, source.options.get("namespaces", NAMESPACES))


def of_files(path: Path) -> str:
    """Give a digest of the name, size and time of each file below a folder, or of one file; contents are not read."""
    try:
        found = sorted(folder.walk(path)) if path.is_dir() else [path]
        told = [(str(each.relative_to(path.parent)), each.lstat()) for each in found]
    except OSError as error:
        raise CommonsError(str(path), f"cannot be read ({error.strerror})", "check the path") from error
    lines = [(name, about.st_size, about.st_mtime_ns) for name, about in told]
    return hashlib.sha256(json.dumps(lines).encode()).hexdigest()[:32]
