"""Checks that only pySHACL can run, on the focus nodes' neighbourhood.

What belongs here: handing over data and shapes, and taking results back. What does not: deciding which checks.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from commons_graph.validate.checks import Check
from commons_graph.validate.compiling import Compiled


def run(connection: duckdb.DuckDBPyConnection, compiled: Compiled, checks: Sequence[Check], scoped: bool) -> None:
    """Run checks with pySHACL and add their results to sh_result."""
    raise NotImplementedError(checks)
