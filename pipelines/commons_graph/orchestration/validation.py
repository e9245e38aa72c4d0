"""Validation as a step of the warehouse's build: quarantine what breaks a shape, then say what is published.

What belongs here: our shapes with our ontology, and the order of the parts. What does not: the parts. `validate`
knows nothing of the warehouse, so that others can use it.
"""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

from commons_graph import validate
from commons_graph.code import PACKAGE, version_of
from commons_graph.errors import CommonsError
from commons_graph.project import Project
from commons_graph.resolve import graph
from commons_graph.validate import Compiled
from commons_graph.validate.quarantine import heal
from commons_graph.warehouse import Connection, Step, attached

BACKGROUND = ("commons.ttl", "concepts.ttl")


def step(project: Project) -> Step:
    """Give the step that fills `quarantine`, `triple` and `violation`.

    Healing goes on from the warehouse before, and notes what the next one needs. When it runs, it raises `CommonsError`
    for a broken shape, and when a violation is left that no statement causes.
    """

    reads = [project.ontology_dir / name for name in ("shapes.ttl", *BACKGROUND)]
    version = version_of(PACKAGE / "validate", *reads)

    def run(connection: Connection, old: Path | None) -> None:
        compiled = ours(project)
        with attached(connection, old) if old else nullcontext("") as last:
            healing = heal(connection, compiled, mark=version, last=last)
        graph.publishable(connection)
        report = validate.validate(connection, compiled)
        report.store(connection)
        if healing.remaining:
            focus, shape, message = healing.remaining[0]
            raise CommonsError(shape, f"{focus}: {message}", "correct the ontology; no statement causes this")

    return Step(version, run)


def ours(project: Project) -> Compiled:
    """Give the project's shapes, compiled with its ontology."""
    background = [triple for name in BACKGROUND for triple in validate.triples(project.ontology_dir / name)]
    return validate.compile_file(project.ontology_dir / "shapes.ttl", background)
