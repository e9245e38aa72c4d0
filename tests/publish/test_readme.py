"""What the README prints for other tools runs as it is printed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb

from commons_graph.project import Project
from commons_graph.publish.release import publish

README = Path(__file__).parents[2] / "README.md"


def test_the_query_of_the_parquet_files(project: Project, warehouse: duckdb.DuckDBPyConnection, small: None) -> None:
    publish(project, warehouse, formats=["nt", "parquet"])
    printed = README.read_text(encoding="utf-8").split("\n$ python -c ")[1].split("\n│")[0]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    command = ["sh", "-c", f"python -c {printed}"]
    done = subprocess.run(command, cwd=project.root, env=os.environ | {"PATH": path}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert [line.split()[1:4:2] for line in done.stdout.splitlines() if "│ Group" in line] == [["Group", "1"]]
