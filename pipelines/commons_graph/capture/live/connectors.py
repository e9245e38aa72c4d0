"""The connectors of live sources by name: a new one is one line here, one in sources/schema.json, and its module.

What does not belong here: the connectors, and connectors that read files (`capture.reading`).
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from commons_graph.capture.live.visit import Connector
from commons_graph.errors import CommonsError
from commons_graph.project import Project
from commons_graph.source import Source

# The module of each below `capture.live`; it is imported when needed, and its function is `visit`.
MODULES = {
    "web": "web",
    "feed": "feed",
    "wordpress": "wordpress",
    "mediawiki-api": "mediawiki_api",
    "mail": "mail",
    "imap": "imap",
}
LOCAL = frozenset({"mediawiki-api", "mail"})
"""Those that can read a folder or a file on this machine too."""


def is_live(source: Source) -> bool:
    """Say whether a source is visited, rather than read from files."""
    return source.connector in MODULES


def of(source: Source) -> Connector:
    """Give the connector of a live source."""
    connector: Connector = import_module(f"{__package__}.{MODULES[source.connector]}").visit
    return connector


def local(source: Source, project: Project, named: Path | None) -> Path | None:
    """Give the source's folder or file on this machine, where its connector has use for one.

    Raises `CommonsError` when one is named for a connector that reads the network only.
    """
    if named and source.connector not in LOCAL:
        remedy = "leave --from out, or change the source's connector to `folder`"
        raise CommonsError(source.place, f"the connector `{source.connector}` reads no local copy", remedy)
    return named or (project.root / source.path if source.path and source.connector in LOCAL else None)
