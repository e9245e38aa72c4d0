"""Shapes as the compiler reads them: frozen records with every reference followed, so that a shape is a tree.

What belongs here: the records and what can be asked of them alone. What does not: RDF (parse.py) and SQL.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from commons_graph.validate.paths import Path
from commons_graph.validate.terms import SH, Term

TargetKind = Literal["class", "node", "subjectsOf", "objectsOf", "other"]


@dataclass(frozen=True, slots=True)
class Target:
    """Where a shape's focus nodes come from; 'other' is a target that only pySHACL understands (SHACL-AF)."""

    kind: TargetKind
    term: Term


@dataclass(frozen=True, slots=True)
class Constraint:
    """One constraint of a shape, by the local name of its component ('MinCount', 'Class', …).

    `terms` holds the values of its parameters (a list's members, a bound, a class), `number` a count or a length,
    `shapes` the shapes it refers to, `siblings` those that sh:qualifiedValueShapesDisjoint excludes, `text` a
    regular expression (with `flags`) or a SPARQL query (its `flags` are 'path' on a property shape), or the reason of
    a constraint that only pySHACL understands.
    """

    component: str
    terms: tuple[Term, ...] = ()
    number: int = 0
    shapes: tuple[NodeShape | PropertyShape, ...] = ()
    siblings: tuple[NodeShape | PropertyShape, ...] = ()
    text: str = ""
    flags: str = ""

    @property
    def iri(self) -> str:
        """The component's IRI, as results name it (a custom component's own, kept in `terms`)."""
        if self.component == "Custom":
            return self.terms[0].text
        return f"{SH}{self.component}ConstraintComponent"


@dataclass(frozen=True, slots=True)
class NodeShape:
    """What a node itself must be. `name` is its IRI, or for a blank shape its owner's name and its place in it."""

    name: str
    node: Term
    targets: tuple[Target, ...]
    constraints: tuple[Constraint, ...]
    severity: str
    messages: tuple[Term, ...]
    deactivated: bool
    hints: tuple[Term, ...]

    @property
    def path(self) -> Path | None:
        """None: a node shape looks at the focus node itself."""
        return None


@dataclass(frozen=True, slots=True)
class PropertyShape:
    """What the values of a path must be."""

    name: str
    node: Term
    path: Path
    targets: tuple[Target, ...]
    constraints: tuple[Constraint, ...]
    severity: str
    messages: tuple[Term, ...]
    deactivated: bool
    hints: tuple[Term, ...]


Shape = NodeShape | PropertyShape


def nested(shape: Shape) -> Iterator[Shape]:
    """Give the shape and every shape it refers to, at any depth."""
    yield shape
    for constraint in shape.constraints:
        for inner in (*constraint.shapes, *constraint.siblings):
            yield from nested(inner)
