"""Runs the whole job on a wiki: a project folder that reads it and nothing else, and what its release says."""

from __future__ import annotations

from pathlib import Path

import yaml

from commons_graph.commands import init
from commons_graph.project import Project
from commons_graph.publish.releases import current
from commons_graph.source import Source

REPLACED = b"<http://purl.org/dc/terms/isReplacedBy>"
WORDS = (
    "The '''Network {n}''' is an association founded in {year} by [[Person {m}]] in [[Lyon]]. "
    "It works on the commons together with the Foundation of the River {m} and the Cooperative of Hill {n}. "
    "== Projects ==\n* The Project {n} is a platform for food sovereignty. It is a member of the Union of Valley {m}.\n"
    "Its assembly took place on 12 May {year}. Contact: Ada Martin-{n}. More about peer production and open source. "
)


def text(number: int) -> str:
    """Wikitext that says much about few things."""
    return WORDS.format(n=number, m=number // 2, year=1990 + number % 30) * 4 + "\n[[Category:Networks]]\n"


def make(folder: Path, source: Source) -> Project:
    """A project folder that reads the wiki and nothing else."""
    init.run(folder)
    for path in (folder / "sources").glob("*.yaml"):
        path.unlink()
    names = ("title", "connector", "address", "language", "licence", "publisher", "api", "private")
    told = {name: getattr(source, name) for name in names}
    told |= {"enabled": True, "options": {"pause": 0}, "kind": "wiki entry"}
    (folder / "sources" / "wiki.yaml").write_text(yaml.safe_dump(told), encoding="utf-8")
    return Project(folder, folder / "warehouse")


def published(project: Project, *names: str) -> dict[str, list[bytes]]:
    """Give the lines of files of the current release by name: the graph and where it comes from, unless named.

    What leads from identifiers of earlier releases is left out: a rebuild has no such.
    """
    folder = current(project).path
    files = {name: (folder / name).read_bytes().splitlines() for name in names or ("graph.nt", "provenance.nt")}
    return {name: [line for line in lines if REPLACED not in line] for name, lines in files.items()}
