"""The main job on real input: the wiki's dump (whole, or a cut), the Coop des Communs texts, the newsletter archive.

`make corpus` runs it on the whole dump, `make corpus-cut` on COMMONS_CORPUS_PAGES pages of it. Prints what it took:
those figures stand in benchmarks/README.md. Runs where ../shared is there.
"""

from __future__ import annotations

import bz2
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from commons_graph.commands import init
from commons_graph.project import Project
from commons_graph.publish.releases import Release, current, releases

CORPORA = Path(__file__).parents[2] / ".." / "shared" / "corpora"
PAGES = int(os.environ.get("COMMONS_CORPUS_PAGES", "0"))
SOURCES = ("p2pfoundation-wiki", "coop-des-communs", "gazette-bluehats")
PAGE = re.compile(rb"  <page>.*?</page>\n", re.DOTALL)

pytestmark = pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not here")


def cut(dump: Path, out: Path, pages: int) -> None:
    """Write an export with about that many pages of the dump, evenly drawn."""
    whole = bz2.decompress(dump.read_bytes())
    found = PAGE.findall(whole)
    head = whole[: whole.index(b"  <page>")]
    out.write_bytes(head + b"".join(found[:: max(len(found) // pages, 1)]) + b"</mediawiki>\n")


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder to read --from: the real one, or one with a cut of the dump."""
    if not PAGES:
        return CORPORA
    folder = tmp_path_factory.mktemp("corpora")
    for name in SOURCES[1:]:
        shutil.copytree(CORPORA / name, folder / name)
    cut(CORPORA / "p2pfoundation-wiki.xml.bz2", folder / "p2pfoundation-wiki.xml", PAGES)
    return folder


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project folder that does not expect all pages of the wiki."""
    root = tmp_path_factory.mktemp("corpus") / "project"
    init.run(root)
    for name in SOURCES:
        path = root / "sources" / f"{name}.yaml"
        path.write_text(re.sub(r"documents: \d+", "documents: 1", path.read_text()), encoding="utf-8")
    return Project(root, root / "warehouse")


def refresh(project: Project, corpora: Path) -> float:
    """Run the command; give the seconds it took."""
    start = time.monotonic()
    script = "from commons_graph.cli import main; main()"
    command = [
        sys.executable,
        "-c",
        script,
        "--project",
        str(project.root),
        "refresh",
        *SOURCES,
        "--from",
        str(corpora),
    ]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return time.monotonic() - start


def ask(project: Project, name: str) -> list[str]:
    """Give the answer's lines to a named query."""
    script = "from commons_graph.cli import main; main()"
    command = [sys.executable, "-c", script, "--project", str(project.root), "query", "--name", name, "--format", "csv"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[1:]


def test_the_corpus_becomes_a_release_and_nothing_is_done_twice(project: Project, corpora: Path) -> None:
    first = refresh(project, corpora)
    release: Release = current(project)
    second = refresh(project, corpora)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
    counts = release.manifest["counts"]
    print(f"\nfirst {first:.0f} s, again {second:.1f} s, largest process {most:.2f} GB, {counts['document']} documents")
    print({name: counts[name] for name in ("entity", "triple", "statement")}, counts["classes"])
    assert [each.number for each in releases(project)] == [1]
    assert release.manifest["validation"]["by_severity"].get("Violation", 0) == 0
    assert counts["entity"] > (PAGES or 40_000) / 2


def test_the_association_gets_its_answers(project: Project, corpora: Path) -> None:
    groups = ask(project, "working-groups")
    assert any("Communs et genre" in line and "coopdescommuns.org" in line for line in groups)
    assert any("Bernard Brunet" in line for line in groups)
    events = ask(project, "events-in-january-2025")
    assert any("2025-01-" in line and "janvier" in line for line in events)


def test_no_address_of_a_person_is_published(project: Project, corpora: Path) -> None:
    # No domain ends like a picture: the wiki has a file "Fab@Home.png", named after a project.
    email = re.compile(rb"[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?!png\b|jpe?g\b|gif\b|svg\b)[a-z]{2,}\b", re.I)
    for path in current(project).path.glob("*.nt"):
        with path.open("rb") as lines:
            assert not [line for line in lines if email.search(line)][:3], path.name
