"""Runs `commons refresh`, in a process of its own, on a project that reads servers of the loopback address.

What belongs here: the project, the run and what it left. What does not: the servers.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml
from warcio.archiveiterator import ArchiveIterator

from commons_graph import step_note
from commons_graph.commands import init
from commons_graph.project import Project
from commons_graph.publish.releases import current

PACKAGE = Path(__file__).parents[2] / "pipelines"
SCRIPT = "from commons_graph.cli import main; main()"
TEXT = "<p>L'Association du Val est partenaire de la {}. L'Association du Val travaille sur les communs.</p>"


def make(folder: Path, **sources: dict[str, Any]) -> Project:
    """Make a project folder with these sources and no others; each is a connector, an address and options."""
    init.run(folder)
    for path in (folder / "sources").glob("*.yaml"):
        path.unlink()
    for name, told in sources.items():
        add(folder, name, told)
    return Project(folder, folder / "warehouse")


def add(folder: Path, name: str, told: dict[str, Any]) -> None:
    """Write a source's YAML, or write it anew."""
    usual = {"title": name, "language": "fr", "publisher": "Association du Val", "enabled": True, "private": True}
    licence = {"licence": "https://creativecommons.org/licenses/by-sa/4.0/"}
    whole = {**usual, **licence, "connector": "web", **told, "options": {"pause": 0, **told.get("options", {})}}
    (folder / "sources" / f"{name}.yaml").write_text(yaml.safe_dump(whole), encoding="utf-8")


def refresh(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    command, environment = _command(project, *arguments)
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)


def started(project: Project) -> subprocess.Popen[bytes]:
    """Start the command, for a test that ends it."""
    command, environment = _command(project)
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _command(project: Project, *arguments: str) -> tuple[list[str], dict[str, str]]:
    path = os.pathsep.join([str(PACKAGE), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-c", SCRIPT, "--project", str(project.root), "refresh", *arguments]
    return command, os.environ | {"PYTHONPATH": path, "COLUMNS": "300"}


def rebuilt(project: Project, folder: Path) -> Project:
    """Make another project of a project's captures, from nothing, without asking any server."""
    left = shutil.ignore_patterns("lake", "releases", "work", "dagster", "*.duckdb")
    shutil.copytree(project.root, folder, ignore=left)
    other = Project(folder, folder / "warehouse")
    done = refresh(other, "--replay")
    assert done.returncode == 0, done.stderr
    return other


def graph(project: Project) -> str:
    """Give the triples of the current release."""
    return (current(project).path / "graph.nt").read_text(encoding="utf-8")


def said(project: Project) -> set[str]:
    """Give the triples, but those that lead from identifiers of earlier releases: a rebuild has no such."""
    return {line for line in graph(project).splitlines() if "isReplacedBy" not in line}


def refused(project: Project, source: str, base: str = "") -> dict[str, str]:
    """Give what the last visit refused: addresses (without their beginning) and reasons."""
    note = step_note.read(project.captures_dir / source)
    assert note is not None
    return {each.address.removeprefix(base): each.reason for each in note.refused}


def archived(project: Project, source: str) -> list[tuple[str, str]]:
    """Give address and status of every answer that the WARC files hold, in the order of the visits."""
    found: list[tuple[str, str]] = []
    for path in sorted((project.captures_dir / source).glob("*.warc.gz")):
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, check_digests="raise"):
                if record.rec_type in ("response", "revisit"):
                    address = record.rec_headers.get_header("WARC-Target-URI")
                    found.append((address, record.http_headers.get_statuscode()))
    return found
