"""From entities to the graph: what is published of the statements, in absolute IRIs.

What belongs here: running the queries in their order, and refusing CURIEs that mean nothing. What does not: which
keys are one (`identify`), and what breaks a shape (`commons_graph.validate`).
"""

from __future__ import annotations

from pathlib import Path

from commons_graph.errors import CommonsError
from commons_graph.warehouse import Connection, attached

HERE = Path(__file__).parent
UNKNOWN = "SELECT curie FROM expanded JOIN claim ON curie IN (property, datatype) WHERE iri IS NULL ORDER BY 1 LIMIT 1"


def fill(connection: Connection) -> None:
    """Fill `resolved`, `entity` and `unpublished` from what `identify` made.

    Raises `CommonsError` when a statement's property or datatype has a prefix that ontology/prefixes.yaml lacks.
    """
    _run(connection, "claims.sql")
    unknown = connection.execute(UNKNOWN).fetchone()
    if unknown:
        problem = f"the prefix of `{unknown[0]}`, which a statement uses, is missing"
        raise CommonsError("ontology/prefixes.yaml", problem, "add it, or correct the extractor")
    for script in ("choose.sql", "graph.sql"):
        _run(connection, script)


def publishable(connection: Connection) -> int:
    """Fill `triple` with what may be published, once `quarantine` is filled; give the number of triples.

    May be called again after `quarantine` changed. Needs no table but `resolved` and `quarantine`.
    """
    connection.execute("BEGIN")
    _run(connection, "publishable.sql")
    connection.execute("COMMIT")
    return int(connection.execute("SELECT count(*) FROM triple").fetchall()[0][0])


def replace_identifiers(connection: Connection, old: Path) -> None:
    """Fill `redirect` with the identifiers of the warehouse at `old` that are no longer used."""
    with attached(connection, old):
        _run(connection, "replaced.sql")


def _run(connection: Connection, script: str) -> None:
    connection.execute((HERE / script).read_text(encoding="utf-8"))
