"""What validation found: rows, the standard's report in RDF, and a table for people.

What belongs here: the report and its forms. What does not: finding anything.
"""

# ruff: noqa: S608  # SQL is put together here from names that the compiler made and terms that `quote` wrote

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import duckdb
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib import SH as SHACL
from rdflib.term import Node

from commons_graph.validate.encode import load, relation
from commons_graph.validate.messages import choose
from commons_graph.validate.path_text import text_of
from commons_graph.validate.report_path import add_path
from commons_graph.validate.shapes import Shape
from commons_graph.validate.terms import LANG_STRING, SH, STRING, Term, from_key, local_name


@dataclass(frozen=True, slots=True, order=True)
class Result:
    """One thing that breaks a shape.

    `focus` and `value` are terms as `Term.key` writes them, `path` a property's IRI or a SPARQL property path,
    `component` and `shape` IRIs (a shape without one has its owner's, with its place there), `severity`
    'Violation', 'Warning', 'Info' or another IRI; `path`, `value` are '' when there is none. Where a property
    shape inside another led to the focus node, `root` is the target node it began at (else the focus node itself) and
    `times` the number of ways between: the standard wants a result for each.
    """

    shape: str
    component: str
    focus: str
    path: str
    value: str
    severity: str
    message: str
    root: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Report:
    """Every result, sorted; `others` says which checks were not run by SQL, by whom and why."""

    rows: tuple[Result, ...]
    others: tuple[tuple[str, str, str], ...] = ()
    shapes: dict[str, Shape] = field(default_factory=dict)

    @property
    def conforms(self) -> bool:
        """Tell whether nothing was found, of any severity, as the standard has it."""
        return not self.rows

    @property
    def violations(self) -> tuple[Result, ...]:
        """The results of severity sh:Violation: what may not be published."""
        return tuple(row for row in self.rows if row.severity == "Violation")

    def counts(self) -> list[tuple[str, str, str, int]]:
        """Give (severity, shape, message, how many), the most frequent first."""
        counted = Counter((row.severity, row.shape, row.message) for row in self.rows)
        return sorted(((*key, number) for key, number in counted.items()), key=lambda row: (-row[3], row))

    def hints(self, language: str = "en") -> dict[str, str]:
        """Give what a steward can do about what was found, by shape, where the shape says so (cgs:hint)."""
        broken = sorted({row.shape for row in self.rows} & self.shapes.keys())
        return {shape: choose(self.shapes[shape].hints, language) for shape in broken if self.shapes[shape].hints}

    def table(self, most: int = 100) -> str:
        """Give the first results as lines of columns for a terminal, the hints, and a last line with the counts."""
        lines = [
            f"{row.severity:<9}  {row.focus}  {row.path or '-'}  {row.value[:80] or '-'}  {row.message}"
            for row in self.rows[:most]
        ]
        if len(self.rows) > most:
            lines.append(f"… and {len(self.rows) - most} more")
        lines += [f"to do      {local_name(shape)}: {hint}" for shape, hint in self.hints().items()]
        by_severity = Counter(row.severity for row in self.rows)
        counted = ", ".join(f"{number} {severity}" for severity, number in sorted(by_severity.items()))
        return "\n".join([*lines, f"{len(self.rows)} results: {counted}" if self.rows else "conforms"])

    def graph(self) -> Graph:
        """Give the sh:ValidationReport of the standard."""
        graph = Graph()
        graph.bind("sh", SHACL)
        report = BNode("report")
        graph.add((report, RDF.type, SHACL.ValidationReport))
        graph.add((report, SHACL.conforms, Literal(self.conforms)))
        repeated = (row for row in self.rows for _ in range(row.times))
        for number, row in enumerate(repeated):
            result = BNode(f"result{number}")
            graph.add((report, SHACL.result, result))
            self._add(graph, result, row)
        return graph

    def _add(self, graph: Graph, result: BNode, row: Result) -> None:
        shape = self.shapes.get(row.shape)
        severity = row.severity if ":" in row.severity else SH + row.severity
        graph.add((result, RDF.type, SHACL.ValidationResult))
        graph.add((result, SHACL.focusNode, to_rdflib(from_key(row.focus))))
        graph.add((result, SHACL.resultSeverity, URIRef(severity)))
        graph.add((result, SHACL.sourceConstraintComponent, URIRef(row.component)))
        graph.add((result, SHACL.sourceShape, to_rdflib(shape.node) if shape else URIRef(row.shape)))
        for message in _messages(shape, row):
            graph.add((result, SHACL.resultMessage, message))
        if row.path:
            own = shape.path if shape and shape.path is not None and text_of(shape.path) == row.path else None
            graph.add((result, SHACL.resultPath, add_path(graph, own) if own is not None else URIRef(row.path)))
        if row.value:
            graph.add((result, SHACL.value, to_rdflib(from_key(row.value))))

    def turtle(self) -> str:
        """Give the standard's report as Turtle."""
        return self.graph().serialize(format="turtle")

    def ntriples(self) -> str:
        """Give the standard's report as N-Triples, in a stable order."""
        return "".join(sorted(self.graph().serialize(format="nt").splitlines(keepends=True)))

    def store(self, connection: duckdb.DuckDBPyConnection, table: str = "violation") -> None:
        """Replace the rows of a table (focus, path, value, component, shape, severity, message) by the results."""
        columns = ("focus", "path", "value", "component", "shape", "severity", "message")
        rows = [tuple(getattr(row, name) or None for name in columns) for row in self.rows]
        load(connection, "sh_stored", columns, rows)
        connection.execute(f"DELETE FROM {relation(table)}")
        connection.execute(f"INSERT INTO {relation(table)} BY NAME SELECT * FROM sh_stored")
        connection.execute("DROP TABLE sh_stored")


def _messages(shape: Shape | None, row: Result) -> list[Node]:
    """Give what a result says in every language that the shape, or its SPARQL constraint, says it in."""
    queries = [each.terms for each in shape.constraints if each.component == "SPARQL"] if shape else []
    for said in (shape.messages if shape else (), *queries):
        if any(each.text == row.message for each in said):
            return [to_rdflib(each) for each in said]
    return [Literal(row.message)]


def to_rdflib(term: Term) -> Node:
    """Give a term as rdflib's, the lexical form of a literal untouched."""
    if term.kind == "iri":
        return URIRef(term.text)
    if term.kind == "blank":
        return BNode(term.text.removeprefix("_:"))
    if term.lang:
        return Literal(term.text, lang=term.lang)
    datatype = None if term.datatype in (STRING, LANG_STRING) else URIRef(term.datatype)
    return Literal(term.text, datatype=datatype, normalize=False)
