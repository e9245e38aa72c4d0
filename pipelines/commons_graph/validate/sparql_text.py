"""What a SPARQL query asks for, read without running it: properties, patterns, whether $this may be bound late.

What belongs here: questions about the query's text alone. What does not: translating it (sparql_sql.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, TypeAlias

from rdflib import Literal, URIRef, Variable
from rdflib.paths import MulPath
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.term import Node

Algebra: TypeAlias = Any  # rdflib's algebra is dictionaries with names


@cache
def algebra(text: str) -> Algebra:
    """Give a query's algebra, read once: each look at the checks asks for it again. Nobody may change it."""
    return prepareQuery(text).algebra


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
    for part in _every(algebra(text), False):
        if part.name == "RelationalExpression" and part.op in ("IN", "="):
            found[str(part.expr)] = {str(each) for each in (part.other if part.op == "IN" else [part.other])}
    return found


def patterns(text: str) -> list[tuple[Any, Any, Any]]:
    """Give the triple patterns of a query, those in its groups included."""
    return [triple for part in _every(algebra(text), True) if part.name == "BGP" for triple in part.triples]


def constants(text: str) -> set[Node]:
    """Give the terms that the patterns of a query name, but for its properties."""
    found = {node for subject, _, object_ in patterns(text) for node in (subject, object_)}
    return {node for node in found if isinstance(node, (URIRef, Literal))}


def _every(part: Algebra, also_exists: bool) -> list[Algebra]:
    """Give the parts of a query's algebra; where asked those inside of EXISTS too, which rdflib does not visit."""
    found: list[Algebra] = []

    def visit(inner: Algebra) -> None:
        if hasattr(inner, "name"):
            found.append(inner)
            found.extend(_every(inner.graph, True) if also_exists and inner.name.endswith("EXISTS") else ())

    traverse(part, visitPre=visit)
    return found


def in_path(path: Any) -> Iterator[str]:
    """Give the properties of a predicate or a path of rdflib's."""
    if isinstance(path, URIRef):
        yield str(path)
    for name in ("arg", "path"):
        yield from in_path(getattr(path, name, None)) if getattr(path, name, None) is not None else ()
    for part in getattr(path, "args", ()):
        yield from in_path(part)


def loop_of(text: str) -> frozenset[str]:
    """Give the properties of a query for all that they lead back to, in one step or more; none of any other query."""
    this, found = Variable("this"), patterns(text)
    parts = {part.name for part in _every(algebra(text), True)}
    if len(found) != 1 or parts - {"SelectQuery", "Distinct", "Project", "BGP"}:
        return frozenset()
    subject, path, object_ = found[0]
    is_loop = subject == object_ == this and isinstance(path, MulPath) and path.mod == "+"
    steps = getattr(path.path, "args", [path.path]) if is_loop else []
    return frozenset(map(str, steps)) if all(isinstance(step, URIRef) for step in steps) else frozenset()


def only_adds(text: str) -> bool:
    """Tell whether a translatable query finds no less where there are more triples: it asks for none to be missing."""
    return not any(part.name.endswith("EXISTS") for part in _every(algebra(text), False))


def flat(text: str) -> bool:
    """Tell whether a query has no group, subquery or UNION inside, where binding $this late changes its meaning."""
    names: set[str] = set()
    traverse(parseQuery(text)[1], visitPre=lambda part: names.add(getattr(part, "name", "")))
    return not names & {"GroupOrUnionGraphPattern", "SubSelect", "OptionalGraphPattern"}
