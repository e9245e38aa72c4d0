"""Validation by compiled SQL beside other engines on one made graph: CPU seconds, results, ratio.

    python benchmarks/validate_engines.py [--triples 1000000] [--engines pyshacl-turbo pyshifty] [--environment DIR]

The engines are installed into an environment of their own, made where it is not there. Both sides read the same
N-Triples file, the same shapes and the same subclasses. A run of over `--seconds` is ended and told as such. Results
are the same when they have the same focus nodes, shapes and components.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

import duckdb

from commons_graph.validate import graph, load, validate

sys.path.insert(0, str(Path(__file__).parent))
from validate import ONTOLOGY, made, shapes

HERE = Path(__file__).parent
Results = list[list[str]]
ENGINES = {"pyshacl-turbo": "0.6.5", "pyshifty": "0.5.1"}
WRITTEN = """COPY (SELECT '<' || subject || '> <' || predicate || '> ' || CASE
  WHEN object_kind = 'iri' THEN '<' || object || '>' WHEN lang <> '' THEN '"' || object || '"@' || lang
  WHEN datatype <> '' THEN '"' || object || '"^^<' || datatype || '>' ELSE '"' || object || '"' END || ' .'
FROM triple) TO '{}' (FORMAT csv, HEADER false, QUOTE '', DELIMITER '\x01')"""


def environment(folder: Path) -> Path:
    """Give the Python of the engines' environment; make it where it is not there."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    wanted = [f"{name}=={version}" for name, version in ENGINES.items()]
    subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted], check=True)
    return python


def by_sql(data: Path) -> tuple[float, Results]:
    """Load and validate a file; give CPU seconds and the results."""
    with duckdb.connect(config={"threads": 2}) as connection:
        began = time.process_time()
        load(connection, data)
        report = validate(connection, shapes())
        seconds = time.process_time() - began
    return seconds, sorted([row.focus, row.shape, row.component] for row in report.rows)


def by_engine(python: Path, engine: str, data: Path, rules: Path, most: float) -> tuple[float, Results] | None:
    """Give another engine's CPU seconds and results; None when it took too long."""
    command = [python, HERE / "validate_engine.py", engine, data, rules]
    try:
        done = subprocess.run(command, capture_output=True, check=True, text=True, timeout=most)
    except subprocess.TimeoutExpired:
        return None
    told = json.loads(done.stdout.splitlines()[-1])
    return told["seconds"], told["results"]


def main() -> None:
    """Print a line for each engine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--environment", type=Path, default=Path(tempfile.gettempdir()) / "commons-shacl-engines")
    parser.add_argument("--seconds", type=float, default=600)
    asked = parser.parse_args()
    python = environment(asked.environment)
    with tempfile.TemporaryDirectory() as folder:
        data, rules = Path(folder) / "data.nt", Path(folder) / "shapes.ttl"
        with made(asked.triples) as connection:
            connection.execute(WRITTEN.format(data))
        (graph(ONTOLOGY / "shapes.ttl") + graph(ONTOLOGY / "commons.ttl")).serialize(rules, format="turtle")
        ours, results = by_sql(data)
        print(f"compiled SQL, file read: {ours:.1f} s of CPU, {len(results)} results")
        for engine in asked.engines:
            found = by_engine(python, engine, data, rules, asked.seconds)
            told = "not done"
            if found is not None:
                same = "the same" if found[1] == results else "others"
                told = f"{found[0]:.1f} s of CPU, {len(found[1])} results ({same}), {found[0] / ours:.1f} times"
            print(f"{engine} {ENGINES[engine]}: {told}", flush=True)


if __name__ == "__main__":
    main()
