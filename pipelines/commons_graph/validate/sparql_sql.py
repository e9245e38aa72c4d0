# ruff: noqa: S608  # SQL is put together here from names that the compiler made and terms that `quote` wrote

"""Simple SPARQL queries of sh:sparql as SQL: triple patterns and paths, IN and = with IRIs, NOT EXISTS, BIND of a name.

What belongs here: the translation of that much. A query with anything else is not translated, and pyoxigraph runs it
(sparql.py). `$this` is bound from the start, as the standard wants it: the focus nodes are joined with each pattern.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from rdflib import URIRef, Variable
from rdflib import paths as rdf
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.term import Node

from commons_graph.validate import paths
from commons_graph.validate.components.context import NOTHING, Context
from commons_graph.validate.parse_values import term
from commons_graph.validate.query import Query

Algebra: TypeAlias = Any  # rdflib's algebra is dictionaries with names


class UntranslatableError(Exception):
    """The query needs more of SPARQL than is translated."""


@dataclass(frozen=True, slots=True)
class Solutions:
    """A relation with a column for each variable."""

    name: str
    columns: dict[str, str]

    def column(self, node: Node) -> str | None:
        """Give the SQL of a constant or of a bound variable; None for a variable that is not bound yet."""
        if isinstance(node, Variable):
            return f"r.{self.columns[str(node)]}" if str(node) in self.columns else None
        return term(node).sql


def select(context: Context) -> str:
    """Solutions of the query: (focus, value, path), where value and path may be NULL."""
    query = context.query
    start = Solutions(query.add("this", f"SELECT focus AS c0 FROM {context.focus}"), {"this": "c0"})
    found = _pattern(query, prepareQuery(context.constraint.text).algebra.p, start)
    default = NOTHING if context.constraint.flags else "r.c0"
    value = f"r.{found.columns['value']}" if "value" in found.columns else default
    path = f"r.{found.columns['path']}" if "path" in found.columns else NOTHING
    return f"SELECT DISTINCT r.c0 AS focus, {value} AS value, {path} AS path FROM {found.name} r"


def translatable(text: str) -> bool:
    """Tell whether a query (its $PATH put in) is simple enough."""
    try:
        algebra = prepareQuery(text).algebra
        if set(algebra.PV) - {Variable("this"), Variable("value"), Variable("path")} or algebra.datasetClause:
            return False
        query = Query()
        _pattern(query, algebra.p, Solutions("this", {"this": "c0"}))
    except (UntranslatableError, RecursionError):
        return False
    return True


def properties_of(text: str) -> set[str] | None:
    """Give the properties that a translatable query asks for; None when it asks for any property."""
    listed, found = _listed(text), set[str]()
    for _, predicate, _ in patterns(text):
        if isinstance(predicate, Variable) and str(predicate) not in listed:
            return None
        found.update(listed[str(predicate)] if isinstance(predicate, Variable) else in_path(predicate))
    return found


def _listed(text: str) -> dict[str, set[str]]:
    """Give the IRIs that the filters of a translatable query, which all hold at once, leave to a variable."""
    found: dict[str, set[str]] = {}

    def visit(part: Algebra) -> None:
        if getattr(part, "name", "") == "RelationalExpression" and part.op in ("IN", "="):
            found[str(part.expr)] = {str(each) for each in (part.other if part.op == "IN" else [part.other])}

    traverse(prepareQuery(text).algebra, visitPre=visit)
    return found


def patterns(text: str) -> list[tuple[Any, Any, Any]]:
    """Give the triple patterns of a query, those in its groups included."""
    triples: list[tuple[Any, Any, Any]] = []

    def visit(part: Algebra) -> None:
        if getattr(part, "name", "") == "BGP":
            triples.extend(part.triples)
        if getattr(part, "name", "") == "TriplesBlock":  # inside NOT EXISTS, which rdflib leaves as it was parsed
            triples.extend(tuple(block[at : at + 3]) for block in part.triples for at in range(0, len(block), 3))

    traverse(prepareQuery(text).algebra, visitPre=visit)
    return triples


def in_path(path: Any) -> Iterator[str]:
    """Give the properties of a predicate or a path of rdflib's."""
    if isinstance(path, URIRef):
        yield str(path)
    for name in ("arg", "path"):
        yield from in_path(getattr(path, name, None)) if getattr(path, name, None) is not None else ()
    for part in getattr(path, "args", ()):
        yield from in_path(part)


def flat(text: str) -> bool:
    """Tell whether a query has no group, subquery or UNION inside, where binding $this late changes its meaning."""
    names: set[str] = set()
    traverse(parseQuery(text)[1], visitPre=lambda part: names.add(getattr(part, "name", "")))
    return not names & {"GroupOrUnionGraphPattern", "SubSelect", "OptionalGraphPattern"}


def _pattern(query: Query, part: Algebra, given: Solutions) -> Solutions:
    if part.name in ("Project", "Distinct"):
        return _pattern(query, part.p, given)
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
        return _join_path(query, subject, _path(predicate), object_, given)
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
    parts = group.part if group.name == "GroupGraphPatternSub" else []
    flat = [block for part in parts for block in (part.triples if part.name == "TriplesBlock" else [None])]
    triples = [tuple(block[at : at + 3]) for block in flat if block is not None for at in range(0, len(block), 3)]
    if None in flat or not triples or not all(isinstance(node, Node) for triple in triples for node in triple):
        raise UntranslatableError("NOT EXISTS")
    inner = _triples(query, triples, found)
    same = " AND ".join(f"i.{inner.columns[name]} = r.{column}" for name, column in found.columns.items())
    return _keep(query, found.columns, f"{found.name} r ANTI JOIN {inner.name} i ON {same}")


def _path(found: rdf.Path) -> paths.Path:
    def each(parts: Any) -> tuple[paths.Path, ...]:
        return tuple(_step(part) for part in parts)

    readers: dict[type[rdf.Path], Callable[[Any], paths.Path]] = {
        rdf.InvPath: lambda path: paths.Inverse(_step(path.arg)),
        rdf.SequencePath: lambda path: paths.Sequence(each(path.args)),
        rdf.AlternativePath: lambda path: paths.Alternative(each(path.args)),
        rdf.MulPath: lambda path: paths.Repeat(_step(path.path), int(not path.zero), path.more),
    }
    if type(found) not in readers:
        raise UntranslatableError("a path")
    return readers[type(found)](found)


def _step(found: Any) -> paths.Path:
    return _path(found) if isinstance(found, rdf.Path) else paths.Predicate(str(found))
