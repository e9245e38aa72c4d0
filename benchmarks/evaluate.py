"""Measures extraction on the dev gold with its own score.py, and fails when a figure is under its recorded floor.

    python benchmarks/evaluate.py ../shared/gold

The floors (benchmarks/floors.json) are there so that no change makes extraction worse unseen. The dev files only
measure: nothing is tuned on them.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from commons_graph.commands.extract import gold_form
from commons_graph.extract.knowledge import Knowledge
from commons_graph.extract.training.gold import read
from commons_graph.project import find

FLOORS = Path(__file__).with_name("floors.json")
FIGURE = re.compile(r"^(entities \(name\)|entities \(name and class\)|relations): .*F1 ([\d.]+)", re.MULTILINE)


def predict(gold: Path, out: Path) -> None:
    """Write what extraction gives for each dev document."""
    knowledge = Knowledge.load(find().root)
    with out.open("w", encoding="utf-8") as lines:
        for line in (gold / "documents-dev.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            document = read(gold / "documents-dev" / row["doc"], row)
            lines.write(json.dumps(gold_form(row["doc"], document, knowledge), ensure_ascii=False) + "\n")


def main(gold: Path) -> int:
    """Print the table; give 1 when a figure is under its floor."""
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted.jsonl"
        predict(gold, predicted)
        command = [
            sys.executable,
            str(gold / "score.py"),
            "documents",
            str(gold / "documents-dev.jsonl"),
            str(predicted),
        ]
        table = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    print(table)
    figures = {name: float(value) for name, value in FIGURE.findall(table)}
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    low = {name: figures.get(name, 0.0) for name, floor in floors.items() if figures.get(name, 0.0) < floor}
    for name, figure in low.items():
        print(f"{name}: {figure:.3f} is under its floor {floors[name]:.3f}", file=sys.stderr)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
