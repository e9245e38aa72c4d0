"""Validation itself: the second of the two things that a caller does.

What belongs here: the order of things, and which engine runs which check. What does not: what any check means.
"""

# ruff: noqa: S608  # SQL is put together here from names that the compiler made and terms that `quote` wrote

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

import duckdb
from rdflib import Graph

from commons_graph.errors import CommonsError
from commons_graph.validate import encode, fallback, messages, regex, relevant, shared, sparql
from commons_graph.validate.checks import Check
from commons_graph.validate.compiling import Compiled, compile
from commons_graph.validate.components import ordering
from commons_graph.validate.query import Query
from commons_graph.validate.reach import unbounded
from commons_graph.validate.report import Report, Result
from commons_graph.validate.wanted import wanted


def validate(
    connection: duckdb.DuckDBPyConnection, shapes: Compiled | Graph, data: str = "triple", focus: str | None = None
) -> Report:
    """Validate the triples of a table or view and give everything that breaks a shape.

    `data` has the columns subject, predicate, object, object_kind ('iri', 'blank', 'literal'), datatype, lang; a plain
    string's datatype may be ''. `focus` names a table with a column `subject`: only those focus nodes are looked at.
    Only temporary tables are made, and removed again. Raises CommonsError for a broken shape or a table that is none.
    """
    compiled = shapes if isinstance(shapes, Compiled) else compile(shapes)
    with found(connection, compiled, data, focus):
        return report(connection, compiled)


def report(connection: duckdb.DuckDBPyConnection, compiled: Compiled) -> Report:
    """Give what stands in sh_result as a report."""
    rows = connection.execute(
        "SELECT shape, component, focus, coalesce(path, ''), coalesce(value, ''), severity, message, root, "
        "sum(times)::BIGINT FROM sh_result GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    by_name = {check.shape.name: check.shape for check in compiled}
    return Report(tuple(Result(*row) for row in rows), compiled.others, by_name)


@contextmanager
def encoded(connection: duckdb.DuckDBPyConnection, compiled: Compiled, data: str) -> Iterator[None]:
    """Inside, the data stand in the temporary tables of encode.sql."""
    _expect(connection, data, "subject, predicate, object, object_kind, datatype, lang")
    try:
        encode.encode(connection, data, compiled.background, compiled.constants, wanted(compiled))
        if any(part.component in ordering.COMPONENTS for check in compiled for part in check.parts):
            encode.prepare_order(connection)
        yield
    finally:
        encode.drop(connection)


@contextmanager
def found(
    connection: duckdb.DuckDBPyConnection, compiled: Compiled, data: str, focus: str | None = None
) -> Iterator[None]:
    """Run all checks; inside, the results stand in sh_result, beside the encoded data."""
    with encoded(connection, compiled, data):
        if focus is not None:
            _expect(connection, focus, "subject")
            encode.scope(connection, focus)
        run(connection, compiled, focus is not None)
        yield


def run(connection: duckdb.DuckDBPyConnection, compiled: Compiled, scoped: bool, queried: bool = True) -> None:
    """Run the checks on the encoded data, each with its engine, and put their results into sh_result.

    With `scoped`, only target nodes in sh_scope; without `queried`, checks with queries look at all of theirs then too.
    """
    connection.execute(encode.RESULT)
    by_engine: dict[str, list[Check]] = {"sql": [], "sparql": [], "pyshacl": []}
    for check in compiled:
        by_engine[check.engine].append(check)
    with _python_regex(connection, by_engine["sql"]):
        _run_sql(connection, by_engine["sql"], scoped, queried)
    if by_engine["sparql"]:
        sparql.run(connection, by_engine["sparql"], scoped and queried)
    if by_engine["pyshacl"]:
        fallback.run(connection, compiled, by_engine["pyshacl"], scoped and queried)


def _run_sql(connection: duckdb.DuckDBPyConnection, checks: Sequence[Check], scoped: bool, queried: bool) -> None:
    described = [
        (str(number), each.shape.name, each.constraint.iri, each.path, each.severity, messages.message(each))
        for number, each in enumerate(checks)
    ]
    encode.load(connection, "sh_check", ("number", "shape", "component", "path", "severity", "message"), described)
    connection.execute(encode.FOUND)
    used = relevant.in_use(connection, scoped)
    query = Query()
    finals = {
        number: each.final(query, scoped and (queried or not unbounded(each)))
        for number, each in enumerate(checks)
        if relevant.relevant(each, used) or (not queried and unbounded(each))
    }
    with closing(shared.statements(connection, query, list(finals.values()))) as whole:
        for number, statement in zip(finals, whole, strict=True):
            with _named(checks[number]):
                connection.execute(f"INSERT INTO sh_found SELECT {number}, * FROM ({statement})")
    if connection.execute("SELECT 1 FROM sh_found LIMIT 1").fetchone():
        encode.decode(connection)


@contextmanager
def _named(check: Check) -> Iterator[None]:
    """Name the shape in what DuckDB cannot do: a statement too deep, memory or disk that does not suffice."""
    try:
        yield
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise CommonsError(check.shape.name, f"DuckDB cannot run it: {reason}", "simplify the shape") from error


def _expect(connection: duckdb.DuckDBPyConnection, name: str, columns: str) -> None:
    try:
        connection.execute(f"SELECT {columns} FROM {encode.relation(name)} LIMIT 0")
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise CommonsError(name, str(error).splitlines()[0], f"give a table with the columns {columns}") from None


@contextmanager
def _python_regex(connection: duckdb.DuckDBPyConnection, checks: Sequence[Check]) -> Iterator[None]:
    """Lend DuckDB Python's regular expressions where a pattern needs them; left there, they leak at exit."""
    patterns = {part for check in checks for part in check.parts if part.component == "Pattern"}
    needed = any(regex.translate(part.text, part.flags, "sh:pattern").engine == "python" for part in patterns)
    if needed:
        connection.create_function("sh_python_match", regex.python_match)
    try:
        yield
    finally:
        if needed:
            connection.remove_function("sh_python_match")
