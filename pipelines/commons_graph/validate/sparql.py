"""sh:sparql constraints run by pyoxigraph, over the triples that their query can see.

What belongs here: running a query once for all focus nodes, when that gives what the standard's pre-binding gives.
What does not: other queries; they go to pySHACL (fallback.py), one focus node at a time.
"""

from __future__ import annotations

import duckdb

from commons_graph.validate.checks import Check


def run(connection: duckdb.DuckDBPyConnection, check: Check, scoped: bool) -> bool:
    """Run a check and add its results to sh_result; give False, nothing done, when the query does not allow it."""
    return False
