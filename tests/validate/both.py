"""The same data against the same shapes by SQL and by pySHACL, what they find in one form."""

from __future__ import annotations

import pyarrow as pa
import pyshacl
from fresh import fresh
from hypothesis import Phase
from rdflib import RDF, SH, Graph

from commons_graph.validate import Compiled, validate
from commons_graph.validate.parse_values import term
from commons_graph.validate.report import to_rdflib
from commons_graph.validate.terms import Term

Triple = tuple[Term, Term, Term]
Found = set[tuple[str, str, str, str]]  # focus, value, component, source shape
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # shrinking a failure takes minutes: done by hand when wanted


def by_sql(compiled: Compiled, data: list[Triple]) -> Found:
    rows = [(s.text, p.text, o.text, o.kind, o.datatype, o.lang) for s, p, o in data]
    columns = ("subject", "predicate", "object", "object_kind", "datatype", "lang")
    with fresh() as connection:
        table = pa.table({name: pa.array([row[at] for row in rows], pa.string()) for at, name in enumerate(columns)})
        connection.register("triple", table)
        report = validate(connection, compiled)
    nodes = {name: shape.node.key for name, shape in report.shapes.items()}
    return {(row.focus, row.value, row.component, nodes[row.shape]) for row in report.rows}


def by_pyshacl(shapes: Graph, data: list[Triple]) -> Found:
    found = Graph()
    for triple in data:
        found.add(tuple(to_rdflib(each) for each in triple))  # type: ignore[arg-type]
    _, report, _ = pyshacl.validate(found, shacl_graph=shapes, advanced=True)
    assert isinstance(report, Graph)
    tops = set(report.objects(None, SH.result))
    return {
        tuple(  # type: ignore[misc]
            "" if (value := report.value(result, name)) is None else term(value).key
            for name in (SH.focusNode, SH.value, SH.sourceConstraintComponent, SH.sourceShape)
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
        if result in tops
    }
