"""What the README prints runs as it is printed, and its figures are those of the sample."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb

from commons_graph.project import Project
from commons_graph.publish.release import publish
from commons_graph.publish.releases import current

CLASS = re.compile(r" (?:Concept|Document|Event) +\d+")
README = Path(__file__).parents[2] / "README.md"


def test_the_query_of_the_parquet_files(project: Project, warehouse: duckdb.DuckDBPyConnection, small: None) -> None:
    publish(project, warehouse, formats=["nt", "parquet"])
    printed = README.read_text(encoding="utf-8").split("\n$ python -c ")[1].split("\n│")[0]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    command = ["sh", "-c", f"python -c {printed}"]
    done = subprocess.run(command, cwd=project.root, env=os.environ | {"PATH": path}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert [line.split()[1:4:2] for line in done.stdout.splitlines() if "│ Group" in line] == [["Group", "1"]]


def test_the_figures_of_the_sample(sample: Project) -> None:
    counts = current(sample).manifest["counts"]
    entities, triples, statements = (str(counts[name]) for name in ("entity", "triple", "statement"))
    lines = README.read_text(encoding="utf-8").splitlines()
    assert f"{triples} triples from {statements} statements" in lines
    assert [entities, triples, statements, triples, "0"] in [line.split()[-5:] for line in lines]
    listed = {name: int(count) for name, count in (line.split() for line in lines if CLASS.fullmatch(line))}
    assert listed
    assert listed == {name: counts["classes"][name] for name in listed}
