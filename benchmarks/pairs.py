"""How well resolution tells pairs of wiki titles: of those it says are one, how many are, and how many it finds.

    python benchmarks/pairs.py ../shared/gold/pairs-dev.jsonl [PROJECT] [--errors]

Asks the warehouse that the last refresh of p2pfoundation-wiki built. What belongs here: the measure. What does not:
anything that learns from it.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from commons_graph import project, warehouse

SOURCE = "p2pfoundation-wiki"


def main(gold: Path, folder: Path | None, errors: bool) -> None:
    """Print precision, recall and F1, and what was found by kind of pair."""
    pairs = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    with warehouse.connect(project.find(folder), read_only=True) as connection:
        query = "SELECT key, entity FROM identity WHERE starts_with(key, ? || ':')"
        entities = dict(connection.execute(query, [SOURCE]).fetchall())
    counts: Counter[tuple[str, bool, bool]] = Counter()
    for pair in pairs:
        a, b = (entities.get(f"{SOURCE}:{pair[side]}") for side in "ab")
        said = a is not None and a == b
        counts[pair["kind"], pair["same"], said] += 1
        if errors and said != pair["same"]:
            print(f"{pair['a']} | {pair['b']}: said {'same' if said else 'different'}", file=sys.stderr)
    report(counts)


def report(counts: Counter[tuple[str, bool, bool]]) -> None:
    """Print the figures: for all pairs, then for each kind."""
    for kind in ("all", *sorted({kind for kind, _, _ in counts})):
        chosen = Counter[tuple[bool, bool]]()
        for (of, same, said), number in counts.items():
            chosen[same, said] += number if kind in ("all", of) else 0
        found, missed, wrong = chosen[True, True], chosen[True, False], chosen[False, True]
        precision, recall = (found / max(1, found + other) for other in (wrong, missed))
        score = 2 * found / max(1, 2 * found + wrong + missed)
        right = chosen[True, True] + chosen[False, False]
        print(
            f"{kind:<24} P {precision:.3f}  R {recall:.3f}  F1 {score:.3f}  "
            f"right {right} of {sum(chosen.values())} ({found} found, {missed} missed, {wrong} wrong)"
        )


if __name__ == "__main__":
    given = [Path(word) for word in sys.argv[1:] if not word.startswith("--")]
    main(given[0], given[1] if len(given) > 1 else None, "--errors" in sys.argv)
