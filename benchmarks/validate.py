"""Validation by compiled SQL as the graph grows, and beside pySHACL: same shapes, same graph, results compared.

python benchmarks/validate.py [triples, a million unless told]. Each size of the graph, 1, 10, 100 and 300 % of that,
runs in a process of its own, so that the memory shown is its own. pySHACL runs on a tenth, which takes minutes.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from string import Template

import duckdb
import pyshacl
from rdflib import SH, Graph
from rdflib.term import Node

from commons_graph.validate import Compiled, compile, graph, update, validate
from commons_graph.validate.parse_values import term
from commons_graph.validate.report import to_rdflib
from commons_graph.validate.terms import Term, literal

HERE = Path(__file__).parent
ONTOLOGY = HERE.parent / "ontology"
TRIPLES_AN_ENTITY = 10
Figures = dict[str, float]
Found = set[tuple[str, ...]]  # focus, shape, component, value


def shapes() -> Compiled:
    """Our shapes with the subclasses of our ontology."""
    return compile(graph(ONTOLOGY / "shapes.ttl"), graph(ONTOLOGY / "commons.ttl"))


def made(triples: int) -> duckdb.DuckDBPyConnection:
    """A database with a made graph in the table `triple`."""
    connection = duckdb.connect(config={"threads": 2})
    sql = Template((HERE / "validate.sql").read_text("utf-8"))
    connection.execute(sql.substitute(entities=triples // TRIPLES_AN_ENTITY, table="triple"))
    return connection


def timed(triples: int) -> Figures:
    """Validate a made graph, all and then one entity in a hundred; give seconds, results, memory in MB."""
    compiled, connection = shapes(), made(triples)
    began = time.perf_counter()
    report = validate(connection, compiled)
    whole = time.perf_counter() - began
    connection.execute("CREATE TABLE changed AS SELECT DISTINCT subject FROM triple WHERE hash(subject) % 100 = 0")
    began = time.perf_counter()
    again = update(connection, compiled, report, "changed", "triple", "triple")
    part = time.perf_counter() - began
    assert again.rows == report.rows
    number = connection.execute("SELECT count(*) FROM triple").fetchall()[0][0]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"triples": number, "whole": whole, "part": part, "results": len(report.rows), "memory": memory}


def by_sql(triples: int) -> tuple[float, Found]:
    """Validate a made graph; give CPU seconds and the results."""
    compiled, connection = shapes(), made(triples)
    began = time.process_time()
    report = validate(connection, compiled)
    return time.process_time() - began, {(row.focus, row.shape, row.component, row.value) for row in report.rows}


def by_pyshacl(triples: int) -> tuple[float, Found]:
    """Validate a made graph with pySHACL; give CPU seconds and the results."""
    found = Graph()
    for subject, predicate, text, kind, datatype, lang in made(triples).execute("SELECT * FROM triple").fetchall():
        object_ = literal(text, datatype, lang) if kind == "literal" else Term(text)
        found.add((to_rdflib(Term(subject)), to_rdflib(Term(predicate)), to_rdflib(object_)))
    rules, ontology = graph(ONTOLOGY / "shapes.ttl"), graph(ONTOLOGY / "commons.ttl")
    began = time.process_time()
    _, report, _ = pyshacl.validate(found, shacl_graph=rules, ont_graph=ontology, advanced=True)
    seconds = time.process_time() - began
    assert isinstance(report, Graph)
    told = (SH.focusNode, SH.sourceShape, SH.sourceConstraintComponent, SH.value)
    results = {tuple(_key(report.value(each, name)) for name in told) for each in report.objects(None, SH.result)}
    return seconds, results


def _key(node: Node | None) -> str:
    return term(node).key if node is not None else ""


def apart(triples: int) -> Figures:
    """The figures of one size, from a new process."""
    done = subprocess.run([sys.executable, __file__, "--one", str(triples)], capture_output=True, check=True, text=True)
    return dict(json.loads(done.stdout))


def main(triples: int) -> None:
    """Print the figures of all sizes and the ratio to pySHACL."""
    print(f"{len(shapes())} constraints")
    print(f"{'triples':>10} {'all s':>8} {'1 % s':>8} {'results':>8} {'MB':>6}")
    by_size = {share: apart(int(triples * share)) for share in (0.01, 0.1, 1, 3)}
    for row in by_size.values():
        print(
            f"{row['triples']:>10,} {row['whole']:>8.2f} {row['part']:>8.2f} {row['results']:>8} {row['memory']:>6.0f}"
        )
    seconds, results = by_pyshacl(triples // 10)
    ours, same = by_sql(triples // 10)
    assert results == same, sorted(results ^ same)[:10]
    print(
        f"{by_size[0.1]['triples']:,} triples: pySHACL {seconds:.1f} s of CPU, SQL {ours:.2f}, "
        f"{seconds / ours:.0f} times, the same {len(same)} results"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(timed(int(sys.argv[2]))))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
