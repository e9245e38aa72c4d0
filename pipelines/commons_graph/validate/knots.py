# ruff: noqa: S608  # SQL is put together here from names of our own tables and terms that `quote` wrote

"""Knots: nodes whose healing can affect each other. What happens in one is the same whatever happens in others.

What belongs here: what ties nodes together, and which are. What does not: healing, which counts its turns by knot
(give_back.py) and is done again only where a knot changed (heal_again.py).
A node is the number of a term. All that a query may look at from afar is tied to the node 0.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
from rdflib import URIRef, Variable

from commons_graph.validate.checks import Check
from commons_graph.validate.compiling import Compiled
from commons_graph.validate.reach import named, unbounded
from commons_graph.validate.remedies import remedy
from commons_graph.validate.run import run
from commons_graph.validate.sparql_text import only_adds, patterns
from commons_graph.validate.terms import Term

_KNOTS = (Path(__file__).parent / "knots.sql").read_text("utf-8")
TABLES = ("sh_link", "sh_taken", "sh_knot")
_NONE = (
    "CREATE OR REPLACE TEMP TABLE sh_link (one UBIGINT, other UBIGINT)",
    "CREATE OR REPLACE TEMP TABLE sh_taken (subject VARCHAR, object VARCHAR, is_class BOOLEAN)",
    "CREATE OR REPLACE TEMP TABLE sh_named (id UBIGINT, text VARCHAR)",
)


def separable(strict: Compiled) -> bool:
    """Tell whether it can be told how far each check looks. Else all is one knot.

    A query must find the less the fewer triples there are: then whom it can ever find is known from all of them.
    """
    return all(
        check.engine == "sql" and (_is_near(check) or (named(check) is not None and _only_adds(check)))
        for check in strict
    )


def begin(connection: duckdb.DuckDBPyConnection, strict: Compiled) -> None:
    """Make empty tables of what was taken (sh_taken) and what that ties (sh_link), but for what queries find."""
    for table in _NONE:
        connection.execute(table)
    far = tuple(check for check in strict if not _is_near(check))
    if separable(strict) and far:
        run(connection, replace(strict, checks=far), scoped=False)
        connection.execute("INSERT INTO sh_link SELECT DISTINCT 0, root FROM sh_found")


def tie(connection: duckdb.DuckDBPyConnection, strict: Compiled) -> None:
    """Make the table sh_knot (node, knot) of all that stands in sh_link and sh_reach.

    Where a query found anything, what it may look at is tied to that.
    """
    if separable(strict):
        asked = {iri for check in strict if not _is_near(check) for iri in named(check) or ()}
        connection.execute(
            "INSERT INTO sh_link SELECT DISTINCT 0, s FROM sh_edge SEMI JOIN sh_reach ON origin = s "
            f"WHERE p IN ({', '.join(Term(iri).sql for iri in sorted(asked)) or 'NULL'}) "
            "AND EXISTS (SELECT 1 FROM sh_link WHERE one = 0)"
        )
    else:
        connection.execute("INSERT INTO sh_link SELECT DISTINCT 0, origin FROM sh_reach")
    connection.execute(_KNOTS)


def _is_near(check: Check) -> bool:
    """Tell whether a check looks no farther than its ways lead: a query only at triples of the focus node."""
    if not unbounded(check):
        return True
    if check.engine != "sql" or check.constraint.component != "SPARQL" or remedy(check, False) == "mentioned":
        return False
    return all(
        subject == Variable("this") and isinstance(predicate, (URIRef, Variable))
        for subject, predicate, _ in patterns(check.constraint.text)
    )


def _only_adds(check: Check) -> bool:
    return check.constraint.component == "SPARQL" and only_adds(check.constraint.text)
