"""SHACL compiled to SQL over DuckDB.

A library of its own: of commons_graph it imports the error that people read, and nothing else.

- `compile` a shapes graph (rdflib), or `compile_file`, once; then `validate` tables of triples: each gives a `Report`.
- `update` brings a report up to date after a change; `affected` gives the focus nodes that the change can touch.
- `heal` finds the statements to keep out so that no sh:Violation is left.
- `load`, `graph`, `triples` read RDF files; `explain` shows the SQL of a shape.

What belongs here: shapes, checks, results. What does not: where the data come from and what is published.
"""

from __future__ import annotations

from commons_graph.validate.compiling import Compiled, compile
from commons_graph.validate.explain import explain
from commons_graph.validate.incremental import affected, merge, update
from commons_graph.validate.load import graph, load, triples
from commons_graph.validate.quarantine import heal
from commons_graph.validate.report import Report, Result
from commons_graph.validate.rounds import Healing
from commons_graph.validate.run import validate
from commons_graph.validate.shapes_file import compile_file

__all__ = [
    "Compiled",
    "Healing",
    "Report",
    "Result",
    "affected",
    "compile",
    "compile_file",
    "explain",
    "graph",
    "heal",
    "load",
    "merge",
    "triples",
    "update",
    "validate",
]
