"""The SQL gives what pySHACL gives on what the whole job made of the sample, quarantined statements included."""

from __future__ import annotations

from pathlib import Path

import duckdb
from both import Triple, by_pyshacl, by_sql

from commons_graph.project import Project
from commons_graph.validate import compile, graph
from commons_graph.validate.parse_values import term
from commons_graph.validate.terms import Term, literal
from commons_graph.warehouse import warehouse_path


def test_on_the_sample(sample: Project) -> None:
    data = statements(warehouse_path(sample)) + background(sample.ontology_dir)
    shapes = graph(sample.ontology_dir / "shapes.ttl")
    found = by_sql(compile(shapes), data)
    assert len(data) > 1000
    assert found
    assert found == by_pyshacl(shapes, data)


def statements(warehouse: Path) -> list[Triple]:
    """What was found, before quarantine, as triples."""
    columns = "subject, predicate, object, object_kind, datatype, lang"
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = connection.execute(f"SELECT DISTINCT {columns} FROM resolved").fetchall()
    return [
        (Term(subject), Term(predicate), literal(text, datatype, lang) if kind == "literal" else Term(text))
        for subject, predicate, text, kind, datatype, lang in rows
    ]


def background(ontology: Path) -> list[Triple]:
    """The ontology and the concepts, which shapes see beside the data."""
    every = graph(ontology / "commons.ttl") + graph(ontology / "concepts.ttl")
    return [(term(s), term(p), term(o)) for s, p, o in every]
