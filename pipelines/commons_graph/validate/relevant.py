# ruff: noqa: S608  # SQL is put together here from names of our own tables

"""Checks that can find nothing in the data at hand, so that they need not run: planning a statement takes longer.

What belongs here: telling that from the classes and properties in use. What does not: guessing; a check is left out
only when it has no target node, or no value node (of a kind) while only that could break it.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from commons_graph.validate.checks import Check
from commons_graph.validate.parameters import NODE_KINDS
from commons_graph.validate.paths import Predicate
from commons_graph.validate.shapes import Constraint, Target
from commons_graph.validate.terms import SH

_CLASSES = "(SELECT sh_iri(text) AS id, text FROM sh_constant WHERE kind = 'iri')"
_WITHOUT_VALUES = ("MinCount", "HasValue", "QualifiedMinCount", "Equals", "SPARQL")


@dataclass(frozen=True, slots=True)
class InUse:
    """The classes and properties in use: of possible focus nodes (`classes`, `own`), and of any node (`any`).

    `of_class` are the pairs of a class and a property that one focus node has, `kinds` those of a property and a kind
    of its objects (iri, blank, literal).
    """

    classes: frozenset[str]
    of_class: frozenset[tuple[str, str]]
    own: frozenset[str]
    any: frozenset[str]
    kinds: frozenset[tuple[str, str]]


def in_use(connection: duckdb.DuckDBPyConnection, scoped: bool) -> InUse:
    """Look at the encoded data; with `scoped`, focus nodes are those in sh_scope."""
    instances = "sh_instance SEMI JOIN sh_scope USING (focus)" if scoped else "sh_instance"
    edges = "sh_edge SEMI JOIN sh_scope ON focus = s" if scoped else "sh_edge"
    own = _texts(connection, "sh_property", f"SELECT DISTINCT p FROM {edges}")
    kinds = _kinds(connection)
    return InUse(
        _texts(connection, _CLASSES, f"SELECT DISTINCT class FROM {instances}"),
        _pairs(connection, instances),
        own,
        frozenset(iri for iri, _ in kinds),
        kinds,
    )


def _kinds(connection: duckdb.DuckDBPyConnection) -> frozenset[tuple[str, str]]:
    pairs = "SELECT DISTINCT p, kind FROM sh_edge"
    rows = connection.execute(f"SELECT p.text, e.kind FROM ({pairs}) e JOIN sh_property p ON p.id = e.p").fetchall()
    return frozenset(rows)


def _texts(connection: duckdb.DuckDBPyConnection, names: str, ids: str) -> frozenset[str]:
    rows = connection.execute(f"SELECT text FROM {names} WHERE id IN ({ids})").fetchall()
    return frozenset(text for (text,) in rows)


def _pairs(connection: duckdb.DuckDBPyConnection, instances: str) -> frozenset[tuple[str, str]]:
    pairs = f"SELECT DISTINCT class, p FROM {instances} JOIN sh_edge ON focus = s"
    rows = connection.execute(
        f"SELECT c.text, p.text FROM ({pairs}) f JOIN {_CLASSES} c ON c.id = f.class JOIN sh_property p ON p.id = f.p"
    ).fetchall()
    return frozenset(rows)


def relevant(check: Check, used: InUse) -> bool:
    """Tell whether a check may find anything."""
    if not any(_has_nodes(target, used) for target in check.root.targets):
        return False
    path = check.shape.path
    if not isinstance(path, Predicate) or check.constraint.component in _WITHOUT_VALUES:
        return True
    if check.constraint.component == "NodeKind" and not _has_other_kinds(check.constraint, path.iri, used):
        return False
    if not check.is_direct:
        return path.iri in used.any
    return any(_has_values(target, path.iri, used) for target in check.root.targets)


def _has_other_kinds(constraint: Constraint, iri: str, used: InUse) -> bool:
    right = NODE_KINDS[constraint.terms[0].text.removeprefix(SH)]
    return any(kind not in right for predicate, kind in used.kinds if predicate == iri)


def _has_values(target: Target, iri: str, used: InUse) -> bool:
    return (target.term.text, iri) in used.of_class if target.kind == "class" else iri in used.own


def _has_nodes(target: Target, used: InUse) -> bool:
    match target.kind:
        case "class":
            return target.term.text in used.classes
        case "subjectsOf":
            return target.term.text in used.own
        case "objectsOf":
            return target.term.text in used.any
        case _:
            return True
