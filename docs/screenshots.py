"""Takes the pictures of docs/stewards.md from the real UI: Dagster reads the sample, Chromium looks.

    python docs/screenshots.py          # needs chromium (apt install chromium); writes docs/pictures/dagster-*.png

Everything runs on the loopback address and in a temporary folder, and ends with this script.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

PICTURES = Path(__file__).parent / "pictures"
BIN = Path(sys.executable).parent
MODULE = "commons_graph.orchestration.definitions"
PAGES = {
    "assets": ("/assets/release?view=lineage&lineageScope=upstream&lineageDepth=7", 1700, 640),
    "run": ("/runs/{run}", 1440, 800),
    "checks": ("/assets/validation?view=checks&checkDetail=section_relations", 1440, 960),
    "automation": ("/automation", 1440, 700),
    "source": ("/assets/source/sample", 1440, 760),
}
"""Each picture's address, width and height."""
DONE = "{runsOrError(filter: {statuses: [SUCCESS]}) {... on Runs {results {runId}}}}"
LONGEST = 600.0


def main() -> None:
    """Take all pictures. Raises where a program is lacking or Dagster does not come to a release in time."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or sys.exit("apt install chromium")
    with tempfile.TemporaryDirectory(prefix="commons-") as temporary:
        project = Path(temporary) / "commons"
        subprocess.run([str(BIN / "commons"), "init", str(project)], check=True)
        with (project / "sources" / "sample.yaml").open("a", encoding="utf-8") as sample:
            sample.write('schedule: "0 3 * * *"\nwatch: true\n')
        with _dagster(project) as address:
            run = _first_run(address)
            for name, (path, width, height) in PAGES.items():
                _picture(browser, address + path.format(run=run), PICTURES / f"dagster-{name}.png", width, height)


@contextmanager
def _dagster(project: Path) -> Iterator[str]:
    """Run the daemon and the UI until the pictures are taken; give the UI's address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    environment = os.environ | {"DAGSTER_HOME": str(project), "COMMONS_PROJECT": str(project)}
    (project / "warehouse" / "dagster").mkdir(parents=True)
    with (project / "warehouse" / "dagster" / "log").open("w") as log:
        commands = [["dagster-daemon", "run"], ["dagster-webserver", "-h", "127.0.0.1", "-p", port]]
        started = {"cwd": project, "env": environment, "stdout": log, "stderr": log}
        running = [subprocess.Popen([str(BIN / name), *rest, "-m", MODULE], **started) for name, *rest in commands]
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            for process in running:
                process.terminate()
                process.wait(60)


def _first_run(address: str) -> str:
    """Wait until the sample has been read, since its folder is watched; give the run."""
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        time.sleep(5)
        try:
            told = httpx.post(f"{address}/graphql", json={"query": DONE}, timeout=30).json()
        except httpx.HTTPError:
            continue
        if runs := told["data"]["runsOrError"]["results"]:
            return str(runs[0]["runId"])
    raise TimeoutError("no run has ended")


def _picture(browser: str, address: str, path: Path, width: int, height: int) -> None:
    """Take one picture."""
    window = f"--window-size={width},{height}"
    quiet = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--virtual-time-budget=25000"]
    subprocess.run([browser, *quiet, window, f"--screenshot={path}", address], check=True, stderr=subprocess.DEVNULL)
    print(path)


if __name__ == "__main__":
    main()
