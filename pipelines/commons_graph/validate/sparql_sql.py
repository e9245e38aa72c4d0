# ruff: noqa: S608  # SQL is put together here from names that the compiler made and terms that `quote` wrote

"""Simple SPARQL queries of sh:sparql as SQL: triple patterns and paths, IN and = with IRIs, NOT EXISTS, BIND of a name.

What belongs here: the translation of that much. A query with anything else is not translated, and pyoxigraph runs it
(sparql.py). `$this` is bound from the start, as the standard wants it: the focus nodes are joined with each pattern.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rdflib import BNode, URIRef, Variable
from rdflib import paths as rdf
from rdflib.term import Node

from commons_graph.validate import paths
from commons_graph.validate.components.context import NOTHING, Context
from commons_graph.validate.parse_values import term
from commons_graph.validate.query import Query
from commons_graph.validate.sparql_path import UntranslatableError, path_of
from commons_graph.validate.sparql_text import Algebra, algebra


@dataclass(frozen=True, slots=True)
class Solutions:
    """A relation with a column for each variable, and for each blank node of the query, which is one too."""

    name: str
    columns: dict[str, str]

    def column(self, node: Node) -> str | None:
        """Give the SQL of a constant or of a bound variable; None for a variable that is not bound yet."""
        if isinstance(node, (Variable, BNode)):
            found = self.columns.get(str(node))
            return f"r.{found}" if found and "." not in found else found
        return term(node).sql


def select(context: Context) -> str:
    """Solutions of the query: (focus, value, path), where value and path may be NULL."""
    query, asked = context.query, algebra(context.constraint.text)
    start = Solutions(query.add("this", f"SELECT focus AS c0 FROM {context.focus}"), {"this": "c0"})
    found = _pattern(query, asked.p, start)
    given = {name: f"r.{found.columns[name]}" for name in map(str, asked.PV) if name in found.columns}
    value = given.get("value", NOTHING if context.constraint.flags else "r.c0")
    path = given.get("path", NOTHING)
    return f"SELECT DISTINCT r.c0 AS focus, {value} AS value, {path} AS path FROM {found.name} r"


def translatable(text: str) -> bool:
    """Tell whether a query (its $PATH put in) is simple enough."""
    try:
        asked = algebra(text)
        if set(asked.PV) - {Variable("this"), Variable("value"), Variable("path")} or asked.datasetClause:
            return False
        query = Query()
        _pattern(query, asked.p, Solutions("this", {"this": "c0"}))
    except (UntranslatableError, RecursionError):
        return False
    return True


def _pattern(query: Query, part: Algebra, given: Solutions) -> Solutions:
    if part.name in ("Project", "Distinct"):
        return _pattern(query, part.p, given)
    if part.name == "Join" and part.p1.name == "BGP" and not part.p1.triples:
        return _pattern(query, part.p2, given)
    if part.name == "BGP":
        return _triples(query, list(part.triples), given)
    if part.name == "Filter":
        found = _pattern(query, part.p, given)
        return _filter(query, part.expr, found)
    if part.name == "Extend" and isinstance(part.expr, Variable):
        found = _pattern(query, part.p, given)
        name, source = str(part["var"]), str(part.expr)
        if source in found.columns and name not in found.columns:
            return Solutions(found.name, {**found.columns, name: found.columns[source]})
    raise UntranslatableError(part.name)


def _triples(query: Query, triples: list[tuple[Node, Any, Node]], given: Solutions) -> Solutions:
    """Join patterns one by one, first those that what is bound already leads to."""
    while triples:
        bound = [t for t in triples if given.column(t[0]) or given.column(t[2])]
        if not bound:
            raise UntranslatableError("a pattern that $this does not lead to")
        triples.remove(bound[0])
        given = _join(query, *bound[0], given)
    return given


def _join(query: Query, subject: Node, predicate: Any, object_: Node, given: Solutions) -> Solutions:
    if isinstance(predicate, rdf.Path):
        return _join_path(query, subject, path_of(predicate), object_, given)
    columns, where = dict(given.columns), []
    for node, column in ((subject, "e.s"), (predicate, "e.p"), (object_, "e.o")):
        bound = Solutions("", columns).column(node)
        if bound:
            where.append(f"{column} = {bound}")
        else:
            columns[str(node)] = column
    return _keep(query, columns, f"{given.name} r JOIN sh_edge e ON {' AND '.join(where)}")


def _join_path(query: Query, subject: Node, path: paths.Path, object_: Node, given: Solutions) -> Solutions:
    near, far = given.column(subject), given.column(object_)
    if near is None:
        near, far, object_, path = far, None, subject, paths.invert(path)
    start = query.add("from", f"SELECT DISTINCT {near} AS focus, {near} AS value FROM {given.name} r")
    reached = paths.follow(query, path, start)
    columns = given.columns if far else {**given.columns, str(object_): "e.value"}
    also = f" AND e.value = {far}" if far else ""
    return _keep(query, columns, f"{given.name} r JOIN {reached} e ON e.focus = {near}{also}")


def _keep(query: Query, columns: dict[str, str], source: str) -> Solutions:
    named = {name: f"c{at}" for at, name in enumerate(columns)}
    picked = ", ".join(
        f"{column if '.' in column else f'r.{column}'} AS {named[name]}" for name, column in columns.items()
    )
    return Solutions(query.add("solution", f"SELECT DISTINCT {picked} FROM {source}"), named)


def _filter(query: Query, expression: Algebra, found: Solutions) -> Solutions:
    if expression.name == "ConditionalAndExpression":
        for part in (expression.expr, *expression.other):
            found = _filter(query, part, found)
        return found
    if expression.name == "Builtin_NOTEXISTS":
        return _not_exists(query, expression.graph, found)
    if expression.name == "RelationalExpression":
        return _keep(query, found.columns, f"{found.name} r WHERE {_comparison(expression, found)}")
    raise UntranslatableError(expression.name)


def _comparison(expression: Algebra, found: Solutions) -> str:
    signs: dict[str, str] = {"=": "IN", "!=": "NOT IN", "IN": "IN", "NOT IN": "NOT IN"}
    others = expression.other if isinstance(expression.other, list) else [expression.other]
    left = found.column(expression.expr) if isinstance(expression.expr, Variable) else None
    if left is None or expression.op not in signs or not all(isinstance(each, URIRef) for each in others):
        raise UntranslatableError("a comparison")
    return f"{left} {signs[expression.op]} ({', '.join(term(each).sql for each in others)})"


def _not_exists(query: Query, group: Algebra, found: Solutions) -> Solutions:
    inner = _pattern(query, group, found)
    same = " AND ".join(f"i.{inner.columns[name]} = r.{column}" for name, column in found.columns.items())
    return _keep(query, found.columns, f"{found.name} r ANTI JOIN {inner.name} i ON {same}")
