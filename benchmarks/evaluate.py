"""Measures extraction on the dev gold, and fails when a figure is under its recorded floor.

    python benchmarks/evaluate.py ../shared/gold

The floors (benchmarks/floors.json) are there so that no change makes extraction worse unseen. The dev files only
measure: nothing is tuned on them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from commons_graph.commands.evaluate import show, tallies
from commons_graph.extract.knowledge import Knowledge
from commons_graph.project import find

FLOORS = Path(__file__).with_name("floors.json")
EXPORT = "../corpora/p2pfoundation-wiki.xml.bz2"


def main(gold: Path) -> int:
    """Print the tables; give 1 when a figure is under its floor."""
    knowledge = Knowledge.load(find().root)
    documents = tallies(knowledge, gold / "documents-dev.jsonl")
    pages = tallies(knowledge, gold / "pages-dev.jsonl", pages=gold / EXPORT)
    show(documents)
    show(pages)
    figures = {what: tally.f1 for (what, of_which), tally in (documents | pages).items() if not of_which}
    floors: dict[str, float] = json.loads(FLOORS.read_text(encoding="utf-8"))
    low = {name: figures[name] for name, floor in floors.items() if figures[name] < floor}
    for name, figure in low.items():
        print(f"{name}: {figure:.3f} is under its floor {floors[name]:.3f}", file=sys.stderr)
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
