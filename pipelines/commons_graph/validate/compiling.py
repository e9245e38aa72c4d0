"""From a shapes graph to checks: the first of the two things that a caller does.

What belongs here: `compile` and what it gives. What does not: running it (run.py).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rdflib import Graph

from commons_graph.validate.checks import Check, checks
from commons_graph.validate.encode import Triple
from commons_graph.validate.parse import parse
from commons_graph.validate.parse_graph import Other, undone
from commons_graph.validate.parse_values import term
from commons_graph.validate.shapes import Shape
from commons_graph.validate.sparql_text import constants
from commons_graph.validate.terms import Term

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Compiled:
    """Shapes ready to run: the checks in a stable order, and the ontology's triples that join the data.

    `graph` is the shapes graph itself, which pySHACL needs; `undone` what it asks for and nobody does (parse_graph.py).
    """

    shapes: tuple[Shape, ...]
    checks: tuple[Check, ...]
    background: tuple[Triple, ...]
    graph: Graph
    undone: tuple[Other, ...] = ()

    def __iter__(self) -> Iterator[Check]:
        return iter(self.checks)

    def __len__(self) -> int:
        return len(self.checks)

    @property
    def constants(self) -> tuple[Term, ...]:
        """Every term that the shapes name, in order."""
        named = {target.term for check in self.checks for target in check.root.targets}
        for part in {part for check in self.checks for part in check.parts}:
            named.update(map(term, constants(part.text)) if part.component == "SPARQL" else part.terms)
        return tuple(sorted(named))

    @property
    def not_sql(self) -> tuple[Check, ...]:
        """The checks that SQL does not run; `engine` and `reason` say who does and why."""
        return tuple(check for check in self.checks if check.engine != "sql")

    @property
    def others(self) -> tuple[Other, ...]:
        """All that SQL does not do: who does, or that nobody does, and why."""
        return (*((check.shape.name, check.engine, check.reason) for check in self.not_sql), *self.undone)


def compile(shapes_graph: Graph, ontology: Graph | Iterable[Triple] | None = None, language: str = "en") -> Compiled:
    """Compile the shapes of a graph that have targets.

    `ontology`, a graph or terms, is added to the data when it is validated, as pySHACL does it: subclasses and terms
    that the data use without stating them. `language` is the one of the messages, where a shape has it.
    Raises CommonsError, with the shape's name, for any shape that is broken, and for an entailment.
    """
    shapes = parse(shapes_graph)
    every = tuple(checks(shapes, language))
    compiled = Compiled(shapes, every, _background(ontology), shapes_graph, undone(shapes_graph))
    for name, engine, reason in compiled.others:
        log.info("%s is run by %s: %s", name, engine, reason)
    return compiled


def _background(ontology: Graph | Iterable[Triple] | None) -> tuple[Triple, ...]:
    if isinstance(ontology, Graph):
        return tuple(sorted((term(s), term(p), term(o)) for s, p, o in ontology))
    return tuple(ontology or ())
