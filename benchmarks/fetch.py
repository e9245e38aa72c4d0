"""Fetching beside Scrapy over the loopback address, politeness off on both sides: the same pages, in turns.

    python benchmarks/fetch.py [--pages 2000] [--rounds 3]

Three tasks: to fetch alone; to visit a site (read each page's title and links, keep every exchange: ours as WARC,
Scrapy's in its own cache); and to visit it again when nothing has changed. Each side is a process of its own, its start
included. What belongs here: our side, and the measure. What does not: `fetch_scrapy`, `fetch_server`.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
Taken = dict[str, list[tuple[float, float]]]


def bare(base: str, count: int) -> None:
    """Fetch pages with our client and nothing else."""
    from commons_graph.capture.http import Client

    with Client(private=True, pause=0, robots=False) as client:
        assert all(len(client.get(f"{base}/{number}").body) > 10_000 for number in range(count))


def visit(base: str, count: int, folder: Path) -> None:
    """Visit pages as a source, with links, WARC and state."""
    from commons_graph.capture import archive
    from commons_graph.project import Project
    from commons_graph.source import Source

    options = {"pause": 0, "pages": [f"{base}/{number}" for number in range(count)]}
    source = Source("site", "Site", "web", base, "en", base, "Nobody", private=True, options=options)
    kept = archive.keep(source, Project(folder, folder))
    assert (kept.new + kept.known, kept.refused) == (count, ()), kept


@contextmanager
def served(pages: int) -> Iterator[str]:
    """Serve pages from another process."""
    command = [sys.executable, str(HERE / "fetch_server.py"), str(pages)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        yield f"http://127.0.0.1:{server.stdout.readline().strip()}"
        server.communicate()


def took(command: Sequence[str]) -> tuple[float, float]:
    """Run a process to its end; give its seconds by the clock and of CPU."""
    began = time.monotonic()
    process = subprocess.Popen(command)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"{command} failed"
    return time.monotonic() - began, used.ru_utime + used.ru_stime


def measure(pages: int, rounds: int) -> dict[str, Taken]:
    """Time both sides in turns; the kept pages of a visit are what the next task begins with."""
    told: dict[str, Taken] = {task: {"ours": [], "Scrapy": []} for task in ("fetch", "visit", "visit again")}
    with served(pages) as base, tempfile.TemporaryDirectory() as home:
        for _ in range(rounds):
            for task, what in (("fetch", "bare"), ("visit", "visit"), ("visit again", "visit")):
                for side, script in (("ours", "fetch.py"), ("Scrapy", "fetch_scrapy.py")):
                    told[task][side].append(took(_command(script, what, base, pages, f"{home}/{side}")))
            for side in ("ours", "Scrapy"):
                shutil.rmtree(f"{home}/{side}", ignore_errors=True)
    return told


def _command(script: str, what: str, base: str, pages: int, folder: str) -> list[str]:
    return [sys.executable, str(HERE / script), what, base, str(pages), folder]


def report(told: dict[str, Taken], pages: int) -> None:
    """Print medians, ranges, pages a second and ratios to ours."""
    for task, taken in told.items():
        print(f"\n{task}, {pages} pages: median (range) of {len(taken['ours'])} rounds")
        ours = [statistics.median(times) for times in zip(*taken["ours"], strict=True)]
        for side, rows in taken.items():
            wall, cpu = ([row[at] for row in rows] for at in (0, 1))
            middle = statistics.median(wall), statistics.median(cpu)
            print(
                f"{side:7} {middle[0]:6.2f} s ({min(wall):.2f} to {max(wall):.2f}), {pages / middle[0]:5.0f} pages/s, "
                f"{middle[0] / ours[0]:5.2f} times ours; CPU {middle[1]:6.2f} s ({min(cpu):.2f} to {max(cpu):.2f}), "
                f"{middle[1] / ours[1]:5.2f} times ours"
            )


def main() -> int:
    """Read the command line and measure; give 1 when Scrapy is not there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    if importlib.util.find_spec("scrapy") is None:
        print("fetch: Scrapy is not installed; install the extra `bench`: make install-dev", file=sys.stderr)
        return 1
    report(measure(given.pages, given.rounds), given.pages)
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["bare"]:
        bare(sys.argv[2], int(sys.argv[3]))
    elif sys.argv[1:2] == ["visit"]:
        visit(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
    else:
        sys.exit(main())
