"""`commons validate`: any RDF file against any shapes, or the newest release against ours."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from commons_graph import validate
from commons_graph.errors import CommonsError
from commons_graph.project import Project
from commons_graph.publish import choose
from commons_graph.validate import Compiled, Report
from commons_graph.validate.explain import explain

FORMATS = ("table", "json", "ttl")


def run(project: Project, data: Path | None, shapes: Path | None, format: str, name: str | None) -> int:
    """Print the report (or a shape's SQL); give 0 when the data conforms."""
    if format not in FORMATS:
        raise CommonsError(f"--format {format}", "there is no such format", f"choose one of {', '.join(FORMATS)}")
    compiled = validate.compile(validate.graph(shapes or project.ontology_dir / "shapes.ttl"))
    if name:
        print(explain(compiled, name))
        return 0
    report = _report(project, data, compiled)
    sys.stdout.write(report.show(format))
    return 0 if report.conforms else 1


def _report(project: Project, data: Path | None, compiled: Compiled) -> Report:
    with duckdb.connect() as connection:
        if data is not None:
            validate.load(connection, data)
        else:
            release = choose.one(project, None)
            for name in ("graph.nt", "provenance.nt"):
                validate.load(connection, release.path / name)
        return validate.validate(connection, compiled)
