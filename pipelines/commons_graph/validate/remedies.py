"""How each check's violations are healed, as the tables that quarantine.sql reads.

What belongs here: choosing a remedy from a check alone. What does not: choosing statements (quarantine.sql).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pyarrow as pa
from rdflib import URIRef
from rdflib.plugins.sparql.algebra import traverse

from commons_graph.validate.checks import Check
from commons_graph.validate.paths import Inverse, Predicate
from commons_graph.validate.shapes import Shape, nested
from commons_graph.validate.sparql_text import in_path, patterns
from commons_graph.validate.terms import Term

_EXCESS = ("MaxCount", "UniqueLang", "QualifiedMaxCount")
_MISSING = ("MinCount", "HasValue", "QualifiedMinCount")


def remedy(check: Check, entities_only: bool) -> str:
    """Give the remedy of a check: 'types', 'value', 'excess', 'mentioned' or 'entity'."""
    component, path = check.constraint.component, check.shape.path
    if entities_only or component in _MISSING:
        return "entity"
    if component == "Closed":
        return "value"
    if path is None:
        if component == "SPARQL":
            return "value" if "?path" in check.constraint.text or "$path" in check.constraint.text else "mentioned"
        return "types" if component in ("Not", "Xone") and _classes(check) else "entity"
    if component in _EXCESS:
        return "excess" if isinstance(path, Predicate) else "entity"
    simple = isinstance(path, Predicate) or (isinstance(path, Inverse) and isinstance(path.path, Predicate))
    return "value" if simple else "entity"


def prepare(connection: duckdb.DuckDBPyConnection, checks: tuple[Check, ...], entities_only: bool) -> None:
    """Make the temporary tables sh_remedy, sh_mention and sh_class of checks, over the encoded data."""
    rows = [
        {**_key(check), "remedy": remedy(check, entities_only), "keep": _keep(check), "other": _other(check)}
        for check in checks
    ]
    _table(
        connection, "sh_remedy", rows, "shape VARCHAR, component VARCHAR, remedy VARCHAR, keep BIGINT, other VARCHAR"
    )
    mentions = [{**_key(check), "predicate": iri} for check in checks for iri in _mentioned(check)]
    _table(connection, "sh_mention", mentions, "shape VARCHAR, component VARCHAR, predicate VARCHAR")
    classes = [{**_key(check), "class": each.text} for check in checks if not check.path for each in _classes(check)]
    _table(connection, "sh_class_named", classes, "shape VARCHAR, component VARCHAR, class VARCHAR")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE sh_class AS SELECT n.shape, n.component, n.class, b.text AS subclass "
        "FROM sh_class_named n JOIN (SELECT DISTINCT c.class, t.text FROM sh_subclass c JOIN sh_term t USING (id)) b "
        "ON b.class = sh_iri(n.class)"
    )


def _key(check: Check) -> dict[str, str]:
    return {"shape": check.shape.name, "component": check.constraint.iri}


def _keep(check: Check) -> int:
    return 1 if check.constraint.component == "UniqueLang" else check.constraint.number


def _other(check: Check) -> str:
    return check.constraint.terms[0].text if check.constraint.component == "Equals" else ""


def _classes(check: Check) -> list[Term]:
    inner: list[Shape] = [each for shape in check.constraint.shapes for each in nested(shape)]
    named = [term for shape in inner for part in shape.constraints if part.component == "Class" for term in part.terms]
    return named + [target.term for target in check.root.targets if target.kind == "class"] if named else []


def _mentioned(check: Check) -> Iterator[str]:
    if check.constraint.component != "SPARQL":
        return
    found: set[str] = set()

    def visit(node: Any) -> None:
        if isinstance(node, URIRef):
            found.add(str(node))

    for triple in patterns(check.constraint.text):
        traverse(triple, visitPre=visit)
        found.update(in_path(triple[1]))
    yield from sorted(found)


def _table(connection: duckdb.DuckDBPyConnection, name: str, rows: list[Any], columns: str) -> None:
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({columns})")
    if rows:
        connection.register("sh_rows", pa.Table.from_pylist(rows))
        connection.execute(f"INSERT INTO {name} BY NAME SELECT * FROM sh_rows")  # noqa: S608
        connection.unregister("sh_rows")
