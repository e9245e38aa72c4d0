"""Which IRIs may be published.

What belongs here: the check of one IRI and of all IRIs of a graph. What does not: writing files.
A dump with one bad IRI is a dump that no strict reader opens, so what is no IRI never gets out.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
from pyoxigraph import NamedNode

from commons_graph.publish.sql import script

# `mailto:` and `tel:` would publish personal data, `javascript:` and `data:` attack whoever shows the graph.
SCHEMES = frozenset({"http", "https", "ftp", "urn", "mid", "tag", "info", "geo", "git", "ipfs", "irc", "ircs", "xmpp"})


def publishable(iri: str) -> bool:
    """Tell whether this is an absolute IRI (RFC 3987) with a scheme that may be published and, for the web, a host."""
    scheme, _, rest = iri.partition(":")
    if scheme.lower() not in SCHEMES or (scheme.lower() in {"http", "https"} and not _has_host(rest)):
        return False
    try:
        NamedNode(iri)
    except ValueError:
        return False
    return True


def _has_host(rest: str) -> bool:
    return rest.startswith("//") and len(rest) > 2 and rest[2] not in "/?#:"


def collect_bad(connection: duckdb.DuckDBPyConnection) -> int:
    """Fill the temporary table `bad_iri` with all IRIs of the warehouse that may not be published; give their number.

    SQL passes the plain ones by a strict pattern; the few others are parsed one by one.
    """
    script(connection, Path(__file__).with_name("iris.sql"))
    bad = [iri for (iri,) in connection.execute("FROM suspect_iri").fetchall() if not publishable(iri)]
    connection.execute("INSERT INTO bad_iri SELECT unnest(?::VARCHAR[])", [bad])
    return len(bad)
