"""`commons validate`: any RDF file against any shapes, or the newest release against ours."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import duckdb

from commons_graph import terminal, validate
from commons_graph.errors import CommonsError
from commons_graph.orchestration.validation import ours
from commons_graph.project import Project
from commons_graph.publish import choose
from commons_graph.validate import Compiled, Report
from commons_graph.validate.explain import explain
from commons_graph.warehouse import QUIET

FORMATS = ("table", "json", "ttl")
LANGUAGES = ("en", "fr")


def run(project: Project, data: Path | None, shapes: Path | None, format: str, name: str | None) -> int:
    """Print the report (or a shape's SQL); give 0 when the data conforms."""
    if format not in FORMATS:
        raise CommonsError(f"--format {format}", "there is no such format", f"choose one of {', '.join(FORMATS)}")
    compiled = validate.compile_file(shapes) if shapes else ours(project)
    if name:
        print(explain(compiled, name))
        return 0
    report = _report(project, data, compiled)
    if shapes and not compiled.shapes:  # a wrong file would be taken for right data
        told = "it holds none that is applied to anything, so all data conforms"
        print(f"no shapes  {shapes}: {told}", file=sys.stderr)
    for shape, engine, reason in report.others:
        print(f"not SQL    {shape}: {engine}: {reason}", file=sys.stderr)
    if format != "table":
        terminal.for_programs()
    print(_shown(report, format))
    return 1 if report.violations else 0


def _shown(report: Report, format: str) -> str:
    if format == "json":
        hints = {language: report.hints(language) for language in LANGUAGES}
        rows = [asdict(row) | {"hint": _hint(hints, row.shape)} for row in report.rows]
        return json.dumps(rows, ensure_ascii=False, indent=1)
    return report.turtle() if format == "ttl" else report.table()


def _hint(hints: dict[str, dict[str, str]], shape: str) -> dict[str, str]:
    return {language: by_shape[shape] for language, by_shape in hints.items() if shape in by_shape}


def _report(project: Project, data: Path | None, compiled: Compiled) -> Report:
    with duckdb.connect() as connection:
        connection.execute(QUIET)
        if data is not None:
            validate.load(connection, data)
        else:
            release = choose.one(project, None)
            for name in ("graph.nt", "provenance.nt"):
                validate.load(connection, release.path / name)
        return validate.validate(connection, compiled)
