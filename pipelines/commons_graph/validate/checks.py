"""One check for each constraint that a shape with targets leads to: the unit that is compiled, run and explained.

What belongs here: targets, the chain of property shapes to a constraint, the one statement of a check, and who
runs it. What does not: what a constraint means (components/), running (run.py).
"""

# ruff: noqa: S608  # SQL is put together here from names that the compiler made and terms that `quote` wrote

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from commons_graph.validate import evaluate, messages, sparql_sql
from commons_graph.validate.components.context import instances
from commons_graph.validate.paths import text_of
from commons_graph.validate.query import Query
from commons_graph.validate.shapes import Constraint, Shape, Target, nested
from commons_graph.validate.terms import SH, quote

Engine = Literal["sql", "sparql", "pyshacl"]


@dataclass(frozen=True, slots=True)
class Check:
    """A constraint in its place: `chain` leads from a shape with targets over property shapes to the owner.

    `engine` says who runs it; `reason` why that is not SQL. `language` is the one of its message.
    """

    chain: tuple[Shape, ...]
    constraint: Constraint
    engine: Engine
    reason: str
    language: str

    @property
    def root(self) -> Shape:
        """The shape whose targets the check looks at."""
        return self.chain[0]

    @property
    def shape(self) -> Shape:
        """The shape that owns the constraint."""
        return self.chain[-1]

    @property
    def severity(self) -> str:
        """'Violation', 'Warning' or 'Info', or the IRI of a severity of the shape's author."""
        return self.shape.severity.removeprefix(SH)

    @property
    def path(self) -> str | None:
        """The path of its results as text; None for a node shape."""
        return text_of(self.shape.path) if self.shape.path is not None else None

    def sql(self, scoped: bool = False) -> str:
        """Give the statement, its rows those of sh_result: the columns of `Result`.

        With `scoped`, only focus nodes in the table sh_scope (focus). Its tables are those of encode.sql.
        """
        query = Query()
        focus = self.focus(query, scoped)
        nodes = query.add("nodes", f"SELECT DISTINCT focus FROM {focus}") if len(self.chain) > 1 else focus
        found = evaluate.values(query, self.shape, nodes)
        return self._results(query, focus, evaluate.breaking(query, self.constraint, nodes, found))

    def focus(self, query: Query, scoped: bool = False) -> str:
        """Add the relation (focus, root, times) of the nodes that the owner of the constraint looks at.

        `root` is the target node from which the chain leads there, `times` over how many nodes between: the standard
        wants a result for each.
        """
        chosen = targets(query, self.root.targets, scoped)
        focus = query.add("focus", f"SELECT focus, focus AS root, 1 AS times FROM {chosen}")
        for parent in self.chain[:-1]:
            nodes = query.add("nodes", f"SELECT DISTINCT focus FROM {focus}")
            reached = evaluate.values(query, parent, nodes)
            focus = query.add(
                "focus",
                f"SELECT v.value AS focus, f.root, sum(f.times) AS times "
                f"FROM {reached} v JOIN {focus} f ON f.focus = v.focus GROUP BY v.value, f.root",
            )
        return focus

    def _results(self, query: Query, focus: str, breaking: str) -> str:
        own = quote(self.path) if self.path is not None else "NULL::VARCHAR"
        value = "x.value"
        if self.constraint.component == "SPARQL" and self.path is None:
            value = "coalesce(x.value, x.focus)"
        with_path = self.constraint.component in ("Closed", "SPARQL")
        path = f"coalesce(p.text, {own})" if with_path else own
        constants = (self.constraint.iri, self.shape.name, self.severity, messages.message(self))
        named = zip(("component", "shape", "severity", "message"), constants, strict=True)
        return query.render(
            f"SELECT sh_text(f.text, f.kind, f.datatype, f.lang) AS focus, {path} AS path,\n"
            "  sh_text(v.text, v.kind, v.datatype, v.lang) AS value,\n"
            f"  {', '.join(f'{quote(text)} AS {name}' for name, text in named)},\n"
            "  sh_text(r.text, r.kind, r.datatype, r.lang) AS root, n.times\n"
            f"FROM (\n  {breaking}\n) x\n"
            f"JOIN {focus} n ON n.focus = x.focus JOIN sh_term r ON r.id = n.root\n"
            f"JOIN sh_term f ON f.id = x.focus LEFT JOIN sh_term v ON v.id = {value}"
            + (" LEFT JOIN sh_term p ON p.id = x.path" if with_path else "")
        )


def checks(shapes: tuple[Shape, ...], language: str) -> Iterator[Check]:
    """Give the checks of the shapes, in their order."""
    for shape in shapes:
        yield from _checks((shape,), language)


def _checks(chain: tuple[Shape, ...], language: str) -> Iterator[Check]:
    if chain[-1].deactivated:
        return
    for constraint in chain[-1].constraints:
        if constraint.component == "Property":
            yield from _checks((*chain, constraint.shapes[0]), language)
        else:
            yield Check(chain, constraint, *_engine(chain, constraint), language)


def _engine(chain: tuple[Shape, ...], constraint: Constraint) -> tuple[Engine, str]:
    if any(target.kind == "other" for target in chain[0].targets):
        return "pyshacl", "its target is of SHACL-AF"
    inner = [each for shape in constraint.shapes + constraint.siblings for each in nested(shape)]
    for part in (constraint, *(part for shape in inner for part in shape.constraints)):
        if part.component == "Custom":
            return "pyshacl", part.text
        if part.component == "SPARQL" and not sparql_sql.translatable(part.text):
            if part is not constraint or not sparql_sql.flat(part.text):
                return "pyshacl", "a SPARQL constraint in a nested shape, or with groups in its query"
            return "sparql", "a SPARQL constraint"
    return "sql", ""


def targets(query: Query, found: tuple[Target, ...], scoped: bool) -> str:
    """Add the relation (focus) of the nodes that targets choose."""
    parts = [_target(query, target) for target in found if target.kind != "other"] or [
        "SELECT id AS focus FROM sh_term LIMIT 0"
    ]
    union = query.add("target", " UNION ".join(parts))
    return query.add("scoped", f"SELECT focus FROM {union} SEMI JOIN sh_scope USING (focus)") if scoped else union


def _target(query: Query, target: Target) -> str:
    match target.kind:
        case "class":
            return f"SELECT focus FROM {instances(query, target.term)}"
        case "subjectsOf":
            return f"SELECT DISTINCT s AS focus FROM sh_edge WHERE p = {target.term.sql}"
        case "objectsOf":
            return f"SELECT DISTINCT o AS focus FROM sh_edge WHERE p = {target.term.sql}"
        case _:
            return f"SELECT {target.term.sql} AS focus"
