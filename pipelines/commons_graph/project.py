"""The project folder: where it is, what lies in it, and which sources it reads.

What belongs here: paths and the choice of a project. What does not: what a source's YAML means
(`commons_graph.source`), and anything that opens the warehouse. Importing this module must stay cheap, because
`commons --help` does.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from commons_graph.errors import CommonsError
from commons_graph.source import Source

VARIABLE = "COMMONS_PROJECT"
MARKS = ("sources", "ontology", "dagster.yaml")


@dataclass(frozen=True, slots=True)
class Project:
    """A project folder. `warehouse_dir` is where runs write; all other folders are only read."""

    root: Path
    warehouse_dir: Path

    @property
    def sources_dir(self) -> Path:
        """One YAML file a source, and the built-in sample."""
        return self.root / "sources"

    @property
    def decisions_dir(self) -> Path:
        """What stewards decided."""
        return self.sources_dir / "decisions"

    @property
    def ontology_dir(self) -> Path:
        """Ontology, shapes, concepts, lexicons, queries."""
        return self.root / "ontology"

    @property
    def captures_dir(self) -> Path:
        """WARC files, one folder a source."""
        return self.warehouse_dir / "captures"

    @property
    def lake_dir(self) -> Path:
        """Documents and statements as Parquet."""
        return self.warehouse_dir / "lake"

    @property
    def answers_dir(self) -> Path:
        """What a language model answered, if one is asked."""
        return self.warehouse_dir / "answers"

    @property
    def releases_dir(self) -> Path:
        """The published releases, and the link `current`."""
        return self.warehouse_dir / "releases"

    @property
    def built_in(self) -> bool:
        """Whether this is the copy inside the installed package, which nobody should edit."""
        return self.root == _wheel_copy()

    def sources(self) -> list[Source]:
        """Give the sources whose YAML is right, by id. See `check` for the others."""
        return [found for found in self._read() if isinstance(found, Source)]

    def source(self, source_id: str) -> Source:
        """Give one source. Raises `CommonsError` when there is none of that id, or its YAML is wrong."""
        from commons_graph.source import load

        path = self.sources_dir / f"{source_id}.yaml"
        if path.parent != self.sources_dir or not path.is_file():
            for file, error in self.check():
                if file.stem == source_id:  # a file named .yml
                    raise error
            known = ", ".join(file.stem for file in self._files() if file.suffix == ".yaml") or "none"
            raise CommonsError(source_id, "there is no source of this name", f"known sources: {known}")
        found = load(path, self.root)
        if isinstance(found, Source):
            return found
        raise found[0]

    def check(self) -> list[tuple[Path, CommonsError]]:
        """Give everything that is wrong in the sources' YAML: the file (also one named .yml) and the complaint."""
        from commons_graph.source import load

        loaded = ((path, load(path, self.root)) for path in self._files())
        return [(path, error) for path, found in loaded if not isinstance(found, Source) for error in found]

    def enable(self, source_id: str, on: bool = True) -> None:
        """Switch a source on or off, in its YAML; comments and everything else stay as they are.

        Raises `CommonsError` when the source is unknown or wrong, or the file cannot be written.
        """
        from commons_graph.source import switch

        self.source(source_id)
        if self.built_in:
            raise CommonsError(
                source_id, "the built-in project cannot be changed", "make your own with `commons init DIR`"
            )
        switch(self.sources_dir / f"{source_id}.yaml", self.root, on)

    def _files(self) -> list[Path]:
        from commons_graph.yaml_file import listed

        return listed(self.sources_dir)

    def _read(self) -> Iterator[Source | list[CommonsError]]:
        from commons_graph.source import load

        for path in self._files():
            yield load(path, self.root)


def find(explicit: Path | None = None) -> Project:
    """Find the project folder: the given path, COMMONS_PROJECT, the current folder and its parents, the built-in copy.

    Raises `CommonsError` when a named folder is no project folder.
    """
    named = explicit or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)
    if named:
        return _named(named, "--project" if explicit else VARIABLE)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if is_project(folder):
            return Project(folder, folder / "warehouse")
    return _project(built_in_root())


def is_project(folder: Path) -> bool:
    """Say whether a folder has what a project folder needs: sources/, ontology/ and dagster.yaml."""
    return all((folder / mark).exists() for mark in MARKS)


def built_in_root() -> Path:
    """Give the project folder that came with the program: in the wheel, or the checkout that we run from."""
    wheel = _wheel_copy()
    return wheel if wheel.is_dir() else Path(__file__).resolve().parents[2]


def _named(folder: Path, by: str) -> Project:
    if not folder.is_dir():
        raise CommonsError(str(folder), f"{by} names a folder that is not there", "check the path")
    if not is_project(folder):
        lacking = ", ".join(mark for mark in MARKS if not (folder / mark).exists())
        raise CommonsError(str(folder), f"is no project folder: {lacking} lacking", "make one with `commons init DIR`")
    return _project(folder.resolve())


def _project(root: Path) -> Project:
    if root != _wheel_copy():
        return Project(root, root / "warehouse")
    data = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Project(root, Path(data) / "commons-graph" / "warehouse")


def _wheel_copy() -> Path:
    return Path(__file__).resolve().parent / "_project"
