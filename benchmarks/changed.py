"""What a changed page costs: a cut of a wiki's dump is refreshed, and again after some of its pages changed.

    python benchmarks/changed.py DUMP.xml.bz2 [--pages 2000] [--changed 20]

Each refresh is a process of its own in a new project; wall seconds, and CPU seconds with those of its children. The
third one finds nothing changed. With `--pages 0` the whole dump is read, which takes some fifteen minutes.
"""

from __future__ import annotations

import argparse
import bz2
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

COMMONS = Path(sys.executable).parent / "commons"
SOURCE = "p2pfoundation-wiki"
PAGE = re.compile(r"  <page>.*?</page>\n", re.DOTALL)
SENTENCE = "\n\nThe group met Awa Diarra in Lyon."


def main() -> None:
    """Print what each refresh took, and its share of the first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dump", type=Path)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--changed", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        head, pages = _pages(given.dump, given.pages)
        changed = _changed(pages, given.changed)
        before, after = _dump(folder / "before", head, pages), _dump(folder / "after", head, changed)
        at = _project(folder / "project")
        first = _refresh(at, before)
        print(f"{len(pages)} pages: wall {first[0]:.1f} s, CPU {first[1]:.1f} s", flush=True)
        for what, dump in ((f"{sum(map(str.__ne__, pages, changed))} changed", after), ("nothing changed", after)):
            wall, cpu = _refresh(at, dump)
            shares = f"{100 * wall / first[0]:.0f} % of the wall time, {100 * cpu / first[1]:.0f} % of the CPU time"
            print(f"{what}: wall {wall:.1f} s, CPU {cpu:.1f} s, {shares}", flush=True)


def _pages(dump: Path, wanted: int) -> tuple[str, list[str]]:
    """Give what stands before the pages, and pages drawn evenly from all."""
    whole = bz2.decompress(dump.read_bytes()).decode()
    pages = PAGE.findall(whole)
    return whole[: whole.index("  <page>")], pages[:: max(len(pages) // wanted, 1) if wanted else 1]


def _changed(pages: Sequence[str], wanted: int) -> list[str]:
    """Give the pages with a sentence more in some of them, evenly drawn; redirects stay as they are."""
    step = max(len(pages) // wanted, 1)
    last = step * wanted
    return [_longer(page) if number % step == 0 and number < last else page for number, page in enumerate(pages)]


def _longer(page: str) -> str:
    at = page.rfind("</text>")
    return page if at < 0 or "#redirect" in page.lower() else page[:at] + SENTENCE + page[at:]


def _dump(folder: Path, head: str, pages: Sequence[str]) -> Path:
    folder.mkdir()
    (folder / f"{SOURCE}.xml").write_text(head + "".join(pages) + "</mediawiki>\n", encoding="utf-8")
    return folder


def _project(folder: Path) -> Path:
    """Make a project that expects no certain number of documents of the wiki."""
    subprocess.run([COMMONS, "init", folder], check=True, stdout=subprocess.DEVNULL)
    settings = folder / "sources" / f"{SOURCE}.yaml"
    settings.write_text(re.sub(r"documents: \d+", "documents: 1", settings.read_text(encoding="utf-8")))
    return folder


def _refresh(project: Path, dump: Path) -> tuple[float, float]:
    before, start = os.times(), time.monotonic()
    asked = [COMMONS, "--project", project, "refresh", SOURCE, "--from", dump]
    subprocess.run(asked, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.monotonic() - start, cpu


if __name__ == "__main__":
    main()
