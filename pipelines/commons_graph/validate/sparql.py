"""sh:sparql constraints that are not simple enough for SQL, run by pyoxigraph over all the data.

What belongs here: `$this` bound as the standard wants it: put in the query's place before it runs, once a focus node,
or joined afterwards where the query's own patterns bind it anyway. What does not: reading queries (parse_sparql.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import duckdb
import pyoxigraph as ox
from rdflib import Variable

from commons_graph.errors import CommonsError
from commons_graph.validate import messages, transfer
from commons_graph.validate.checks import Check
from commons_graph.validate.sparql_text import algebra
from commons_graph.validate.terms import Term

_PLACE = re.compile(r"\{[?$](\w+)\}")
_THIS = ox.Variable("this")


def run(connection: duckdb.DuckDBPyConnection, checks: Sequence[Check], scoped: bool) -> None:
    """Run checks and add their results to sh_result; raise CommonsError for data that is no RDF."""
    try:
        store = ox.Store()
        triples = (tuple(map(transfer.to_ox, triple)) for triple in transfer.triples(connection))
        store.bulk_extend(ox.Quad(*triple) for triple in triples)  # type: ignore[arg-type]
    except ValueError as error:
        raise CommonsError("data", f"not RDF: {error}", "correct the term in the table of triples") from None
    for check in checks:
        focus = transfer.focus(connection, check, scoped)
        rows = {_row(check, node, found) for node, found in _solutions(store, check.constraint.text, focus)}
        transfer.add_results(connection, check, sorted(rows, key=str))


Found = dict[str, Term]


def _solutions(store: ox.Store, text: str, focus: Sequence[Term]) -> Iterator[tuple[Term, Found]]:
    if _binds_this(text):
        wanted = set(focus)
        yield from ((found["this"], found) for found in _query(store, text, {}) if found["this"] in wanted)
        return
    for node in focus:
        yield from ((node, found) for found in _query(store, text, {_THIS: transfer.to_ox(node)}))


def _query(
    store: ox.Store, text: str, given: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal]
) -> Iterator[Found]:
    solutions = store.query(text, substitutions=given)  # type: ignore[arg-type]
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {name: transfer.from_ox(solution[name]) for name in names if solution[name] is not None}


def _row(check: Check, node: Term, found: Found) -> transfer.Row:
    value = found.get("value", node if check.path is None else None)
    path = found["path"].text if "path" in found else check.path
    return node.key, path, value.key if value else None, _message(check, {**found, "this": node})


def _message(check: Check, found: Found) -> str:
    """Give the message that the query found, or the constraint's or shape's own with what was found in its places."""
    if "message" in found:
        return found["message"].text
    return _PLACE.sub(lambda place: found[place[1]].text if place[1] in found else place[0], messages.message(check))


def _binds_this(text: str) -> bool:
    """Tell whether the query is one group whose own patterns bind $this, so that joining afterwards is the same."""
    part = algebra(text).p
    while part.name in ("Project", "Distinct", "Filter"):
        part = part.p
    return part.name == "BGP" and any(Variable("this") in (s, o) for s, _, o in part.triples)
