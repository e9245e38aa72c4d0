"""Compiled validation against SQL written by hand for eight of our shapes: same graph, same results, ratio printed.

python benchmarks/validate_by_hand.py [triples, 100,000 unless told]: at 1, 10 and 100 % of that size. CPU seconds,
the least of three runs. The compiled side also turns the data into numbers, as it does for any shapes.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
from rdflib import OWL, RDF, RDFS
from validate import ONTOLOGY, made, shapes

from commons_graph.validate import Compiled, graph, validate
from commons_graph.validate.terms import local_name

BY_HAND = (Path(__file__).parent / "validate_by_hand.sql").read_text("utf-8")
NAMES = {
    "LabelPresent", "LabelOnePerLanguage", "LabelForm", "LabelLength",
    "LabelNoMarkup", "HomepageOne", "PersonOnly", "AltLabelNotPreferred",
}  # fmt: skip
Found = set[tuple[str, str]]


def chosen() -> Compiled:
    """The compiled checks of the shapes that are written by hand as well."""
    every = shapes()
    return replace(every, checks=tuple(check for check in every if local_name(check.shape.name) in NAMES))


def add_classes(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table `below` from the ontology."""
    ontology = graph(ONTOLOGY / "commons.ttl")
    classes = {*ontology.subjects(RDF.type, OWL.Class), *ontology.objects(None, RDFS.subClassOf)}
    rows = [(str(each), str(sub)) for each in classes for sub in ontology.transitive_subjects(RDFS.subClassOf, each)]
    connection.execute("CREATE TABLE below (class VARCHAR, subclass VARCHAR)")
    connection.executemany("INSERT INTO below VALUES (?, ?)", rows)


def least(run: Callable[[], Found]) -> tuple[float, Found]:
    """Run three times; give the least CPU seconds and what was found."""
    spent = []
    for _ in range(3):
        began = time.process_time()
        found = run()
        spent.append(time.process_time() - began)
    return min(spent), found


def main(triples: int) -> None:
    """Print both sides at three sizes; fail where they find different things."""
    compiled = chosen()
    print(f"{'triples':>10} {'compiled':>9} {'by hand':>8} {'ratio':>6} {'results':>8}")
    for share in (0.01, 0.1, 1):
        with made(int(triples * share)) as connection:
            add_classes(connection)
            ours, found = least(
                lambda: {(row.focus, local_name(row.shape)) for row in validate(connection, compiled).rows}
            )
            hand, same = least(lambda: set(connection.execute(BY_HAND).fetchall()))
            assert found == same, sorted(found ^ same)[:10]
            number = connection.table("triple").count("*").fetchall()[0][0]
        print(f"{number:>10,} {ours:>9.2f} {hand:>8.2f} {ours / hand:>6.1f} {len(same):>8}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
