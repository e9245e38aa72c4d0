"""One check for each constraint that a shape with targets leads to: the unit that is compiled, run and explained.

What belongs here: targets, the chain of property shapes to a constraint, and the one statement of a check. What does
not: what a constraint means (components/), who runs it (engines.py), running (run.py).
"""

# ruff: noqa: S608  # SQL is put together here from names that the compiler made and terms that `quote` wrote

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from commons_graph.validate import evaluate
from commons_graph.validate.components.context import NOTHING, instances
from commons_graph.validate.engines import Engine, engine, parts
from commons_graph.validate.path_text import text_of
from commons_graph.validate.query import Query
from commons_graph.validate.shapes import Constraint, Shape, Target
from commons_graph.validate.terms import SH


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
    def parts(self) -> tuple[Constraint, ...]:
        """The constraint, and every one of the shapes that it refers to, at any depth."""
        return tuple(parts(self.constraint))

    @property
    def severity(self) -> str:
        """'Violation', 'Warning' or 'Info', or the IRI of a severity of the shape's author."""
        return self.shape.severity.removeprefix(SH)

    @property
    def path(self) -> str | None:
        """The path of its results as text; None for a node shape."""
        return text_of(self.shape.path) if self.shape.path is not None else None

    @property
    def is_direct(self) -> bool:
        """Tell whether the nodes that the owner looks at are the target nodes themselves."""
        return all(shape.path is None for shape in self.chain[:-1])

    def sql(self) -> str:
        """Give the statement alone, for people: `final` with all that it needs."""
        query = Query()
        return query.render(self.final(query))

    def final(self, query: Query, scoped: bool = False) -> str:
        """Give the SELECT of a row (focus, value, path, root, times) for each thing that breaks the constraint.

        All but `times` are hashes of terms, `value` and `path` NULL when there is none or the shape has it; decode.sql
        makes texts of them. With `scoped`, only target nodes in the table sh_scope. Its tables are those of encode.sql
        and the parts that it adds to the query, which it may share with other checks.
        """
        focus = self.focus(query, scoped)
        nodes = focus if self.is_direct else query.add("nodes", f"SELECT DISTINCT focus FROM {focus}")
        breaking = evaluate.breaking(query, self.constraint, nodes, evaluate.values(query, self.shape, nodes))
        path = "x.path" if self.constraint.component in ("Closed", "SPARQL") else NOTHING
        if self.is_direct:
            return f"SELECT x.focus, x.value, {path} AS path, x.focus AS root, 1 AS times\nFROM ({breaking}) x"
        return (
            f"SELECT x.focus, x.value, {path} AS path, n.root, n.times\n"
            f"FROM ({breaking}) x JOIN {focus} n ON n.focus = x.focus"
        )

    def focus(self, query: Query, scoped: bool = False) -> str:
        """Add the relation (focus), for a longer chain (focus, root, times), of the nodes that the owner looks at.

        `root` is the target node from which the chain leads there, `times` over how many nodes between: the standard
        wants a result for each.
        """
        chosen = targets(query, self.root.targets, scoped)
        if self.is_direct:
            return chosen
        focus = query.add("focus", f"SELECT focus, focus AS root, 1 AS times FROM {chosen}")
        for parent in self.chain[:-1]:
            nodes = query.add("nodes", f"SELECT DISTINCT focus FROM {focus}")
            reached = evaluate.values(query, parent, nodes).name
            focus = query.add(
                "focus",
                f"SELECT v.value AS focus, f.root, sum(f.times) AS times "
                f"FROM {reached} v JOIN {focus} f ON f.focus = v.focus GROUP BY v.value, f.root",
            )
        return focus


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
            yield Check(chain, constraint, *engine(chain, constraint), language)


def targets(query: Query, found: tuple[Target, ...], scoped: bool) -> str:
    """Add the relation (focus) of the nodes that targets choose."""
    parts = [_target(target) for target in found if target.kind != "other"] or [
        f"SELECT {NOTHING} AS focus WHERE false"
    ]
    union = query.add("target", " UNION ".join(parts))
    return query.add("scoped", f"SELECT focus FROM {union} SEMI JOIN sh_scope USING (focus)") if scoped else union


def _target(target: Target) -> str:
    match target.kind:
        case "class":
            return instances(target.term)
        case "subjectsOf":
            return f"SELECT DISTINCT s AS focus FROM sh_edge WHERE p = {target.term.sql}"
        case "objectsOf":
            return f"SELECT DISTINCT o AS focus FROM sh_edge WHERE p = {target.term.sql}"
        case _:
            return f"SELECT {target.term.sql} AS focus"
