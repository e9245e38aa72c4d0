"""Writing N-Triples: ours against pyoxigraph and rdflib, on the same triples, in turns; and a whole release in steps.

    python benchmarks/export.py --triples 100000 --rounds 3
    python benchmarks/export.py --release 1000000

What belongs here: measuring publication. What does not: measuring other stages.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import duckdb
import pyoxigraph
import rdflib

from commons_graph.project import Project
from commons_graph.publish import ntriples, public
from commons_graph.publish.release import publish
from commons_graph.publish.sql import open_public

ROOT = Path(__file__).parents[1]
Writer = Callable[[duckdb.DuckDBPyConnection, Path], None]


def made_warehouse(path: Path, triples: int) -> None:
    """Make a warehouse of so many triples and statements."""
    with duckdb.connect(str(path)) as connection:
        for script in sorted((ROOT / "warehouse" / "migrations").glob("*.sql")):
            connection.execute(script.read_text(encoding="utf-8"))
        text = (ROOT / "benchmarks" / "made_graph.sql").read_text(encoding="utf-8")
        connection.execute(text.replace("$triples", str(triples)))


def by_pyoxigraph(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write what `connection` holds row by row through pyoxigraph."""
    node, literal = pyoxigraph.NamedNode, pyoxigraph.Literal
    rows = connection.execute("SELECT subject, predicate, object, object_kind, lang FROM triple").fetchall()
    triples = (
        pyoxigraph.Triple(node(s), node(p), node(o) if kind == "iri" else literal(o, language=lang))
        for s, p, o, kind, lang in rows
    )
    pyoxigraph.serialize(triples, path, format=pyoxigraph.RdfFormat.N_TRIPLES)


def by_rdflib(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write what `connection` holds through an rdflib graph."""
    graph = rdflib.Graph()
    rows = connection.execute("SELECT subject, predicate, object, object_kind, lang FROM triple").fetchall()
    for s, p, o, kind, lang in rows:
        value = rdflib.URIRef(o) if kind == "iri" else rdflib.Literal(o, lang=lang)
        graph.add((rdflib.URIRef(s), rdflib.URIRef(p), value))
    graph.serialize(path, format="nt", encoding="utf-8")


WRITERS: dict[str, Writer] = {"ours": ntriples.write_graph, "pyoxigraph": by_pyoxigraph, "rdflib": by_rdflib}


def compare(folder: Path, triples: int, rounds: int) -> None:
    """Print the CPU seconds and the ratios of all writers, and that they wrote the same triples."""
    made_warehouse(folder / "warehouse.duckdb", triples)
    with duckdb.connect(str(folder / "warehouse.duckdb")) as warehouse:
        public.make(warehouse, folder / "public.duckdb")
    taken: dict[str, list[float]] = {name: [] for name in WRITERS}
    with open_public(folder / "public.duckdb") as connection:
        connection.execute("SET threads = 1")
        for _ in range(rounds):
            for name, write in WRITERS.items():
                start = _cpu()
                write(connection, folder / f"{name}.nt")
                taken[name].append(_cpu() - start)
    written = {name: set(pyoxigraph.parse(path=folder / f"{name}.nt")) for name in WRITERS}
    assert written["ours"] == written["pyoxigraph"] == written["rdflib"], "the writers disagree"
    size = (folder / "ours.nt").stat().st_size / 1e6
    print(f"{len(written['ours']):,} triples, {size:.0f} MB of N-Triples, {rounds} rounds, CPU seconds (median, range)")
    ours = statistics.median(taken["ours"])
    for name, times in taken.items():
        middle = statistics.median(times)
        print(f"{name:12} {middle:7.2f}  {min(times):.2f} to {max(times):.2f}   {middle / ours:5.1f} times ours")


def release(folder: Path, triples: int) -> None:
    """Print what each step of a release takes, and what its files weigh."""
    made_warehouse(folder / "warehouse.duckdb", triples)
    shutil.copytree(ROOT / "ontology", folder / "ontology")
    marks: list[tuple[str, float, float]] = []
    settings: dict[str, str | bool | int | float | list[str]] = {"memory_limit": "2GB"}
    with duckdb.connect(str(folder / "warehouse.duckdb"), config=settings) as connection:
        project = Project(folder, folder / "warehouse")
        made = publish(project, connection, tell=lambda step: marks.append((step, time.monotonic(), _cpu())))
        marks.append(("done", time.monotonic(), _cpu()))
        start = time.monotonic()
        assert publish(project, connection).unchanged
        again = time.monotonic() - start
    for (step, since, used), (_, until, spent) in pairwise(marks):
        print(f"{step:14} {until - since:6.1f} s   {spent - used:6.1f} s CPU (the store is made beside)")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"all {marks[-1][1] - marks[0][1]:.1f} s, CPU {marks[-1][2] - marks[0][2]:.1f} s, peak memory {peak:.2f} GB")
    print(f"a second time, with nothing new: {again:.1f} s; {made.manifest['counts']['store']:,} triples in the store")
    for path in sorted(made.path.iterdir()):
        files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
        print(f"{sum(file.stat().st_size for file in files) / 1e6:10.1f} MB  {path.name}")


def _cpu() -> float:
    times = os.times()
    return times.user + times.system


def main() -> None:
    """Read the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--release", type=int, default=0)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        if told.release:
            release(Path(name), told.release)
        else:
            compare(Path(name), told.triples, told.rounds)


if __name__ == "__main__":
    main()
