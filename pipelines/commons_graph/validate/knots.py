# ruff: noqa: S608  # SQL is put together here from names of our own tables and terms that `quote` wrote

"""Knots: nodes whose healing can affect each other. What happens in one is the same whatever happens in others.

What belongs here: what ties nodes together, and which are. What does not: healing, which counts its turns by knot
(give_back.py) and is done again only where a knot changed (heal_again.py).
A node is the number of a term. All that a query may look at from afar is tied to the node 0, but for loops: what is on
one, as long as nothing waits, is all that can ever make one.
"""

# ruff: noqa: S608  # SQL is put together here from numbers of our own terms

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from string import Template

import duckdb
from rdflib import URIRef, Variable

from commons_graph.validate.checks import Check
from commons_graph.validate.compiling import Compiled
from commons_graph.validate.reach import named, unbounded
from commons_graph.validate.remedies import remedy
from commons_graph.validate.run import run
from commons_graph.validate.sparql_text import loop_of, only_adds, patterns
from commons_graph.validate.terms import Term

_HERE = Path(__file__).parent
_BEGIN = (_HERE / "begin.sql").read_text("utf-8")
_KNOTS = Template((_HERE / "knots.sql").read_text("utf-8"))
TABLES = ("sh_taken", "sh_link", "sh_kept", "sh_settled", "sh_settled_link", "sh_knot")


def separable(strict: Compiled) -> bool:
    """Tell whether it can be told how far each check looks. Else all is one knot.

    A query must find the less the fewer triples there are: then whom it can ever find is known from all of them.
    """
    return all(
        check.engine == "sql" and (_is_near(check) or (named(check) is not None and _only_adds(check)))
        for check in strict
    )


def begin(connection: duckdb.DuckDBPyConnection, strict: Compiled) -> None:
    """Make the tables of begin.sql, empty, but for what ties the nodes that queries find."""
    connection.execute(_BEGIN)
    far = tuple(check for check in strict if not _is_near(check))
    if not far or not separable(strict):
        return
    run(connection, replace(strict, checks=far), scoped=False)
    for number, check in enumerate(far):
        found = f"SELECT DISTINCT root FROM sh_found WHERE number = {number}"
        loop = f"FROM sh_edge WHERE p IN ({_numbers(_loop(check))}) AND s IN ({found}) AND o IN ({found})"
        rows = f"DISTINCT s, o {loop}" if _loop(check) else f"0, root FROM ({found})"
        connection.execute(f"INSERT INTO sh_link (one, other) SELECT {rows}")


def tie(connection: duckdb.DuckDBPyConnection, strict: Compiled) -> None:
    """Make the table sh_knot (node, knot) of all that stands in sh_link and sh_reach."""
    connection.execute(_KNOTS.substitute(afar=_afar(strict)))


def _afar(strict: Compiled) -> str:
    """Give the condition of what is tied to node 0: where queries found anything, all that they may look at."""
    if not separable(strict):
        return "true"
    asked = {iri for check in strict if not _is_near(check) and not _loop(check) for iri in named(check) or ()}
    at = f"origin IN (SELECT s FROM sh_edge WHERE p IN ({_numbers(asked)}))"
    return f"{at} AND EXISTS (SELECT 1 FROM sh_link WHERE one = 0)"


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


def _loop(check: Check) -> frozenset[str]:
    """Give the properties of a check that finds all nodes of each loop of these; else none."""
    if check.engine != "sql" or check.constraint.component != "SPARQL" or check.shape is not check.root:
        return frozenset()
    found, looked_at = (
        loop_of(check.constraint.text),
        {t.term.text for t in check.root.targets if t.kind == "subjectsOf"},
    )
    return found if found <= looked_at else frozenset()


def _numbers(iris: Iterable[str]) -> str:
    return ", ".join(Term(iri).sql for iri in sorted(iris)) or "NULL"


def _only_adds(check: Check) -> bool:
    return check.constraint.component == "SPARQL" and only_adds(check.constraint.text)
