"""All side-by-side measurements one after the other: `make bench`. benchmarks/README.md holds the last figures."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
DUMP = HERE.parent / ".." / "shared" / "corpora" / "p2pfoundation-wiki.xml.bz2"


def main() -> int:
    """Run each measurement in a process of its own; give 1 when one failed."""
    dump = [str(DUMP)] if DUMP.exists() else []
    runs = [
        ["normalise.py", *dump],
        ["export.py"],
        ["fetch.py"],
        ["validate.py"],
        ["validate_by_hand.py", "1000000"],
        ["validate_engines.py"],
        *([["extract.py", *dump], ["changed.py", *dump], ["job.py", *dump]] if dump else []),
    ]
    failed = 0
    for run in runs:
        print(f"== {' '.join(run)}", flush=True)
        failed |= subprocess.run([sys.executable, str(HERE / run[0]), *run[1:]], check=False).returncode
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
