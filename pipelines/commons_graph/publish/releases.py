"""The releases of a project and the one that is current.

What belongs here: reading manifests, numbering folders, switching from one release to the next in one step.
What does not: what a release holds (`release`). Must stay quick to import: `commons query` looks here.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commons_graph.errors import CommonsError
from commons_graph.project import Project

MANIFEST = "manifest.json"
CURRENT = "current"
MAKING = ".making-"


@dataclass(frozen=True, slots=True)
class Release:
    """One immutable published version. `unchanged` is set where publishing found nothing new to publish."""

    number: int
    path: Path
    manifest: dict[str, Any]
    unchanged: bool = False

    @property
    def store(self) -> Path:
        """The folder of the SPARQL store."""
        return self.path / "store"

    @property
    def database(self) -> Path:
        """The public DuckDB copy."""
        return self.path / "commons.duckdb"

    @property
    def ontology(self) -> Path:
        """The ontology as it was for this release."""
        return self.path / "ontology"


def releases(project: Project) -> list[Release]:
    """Give all complete releases, oldest first."""
    return [_read(path) for path in _folders(project.releases_dir)]


def current(project: Project) -> Release:
    """Give the release that readers see. Raises `CommonsError` when nothing has been published."""
    found = find_current(project.releases_dir)
    if found is None:
        raise CommonsError(str(project.releases_dir), "nothing has been published yet", "run `commons refresh`")
    return found


def find_current(folder: Path) -> Release | None:
    """Give the release that the link `current` of a releases folder points to, or None."""
    link = folder / CURRENT
    return _read(folder / link.readlink()) if link.is_symlink() and (link / MANIFEST).is_file() else None


def forget(project: Project, keep: int) -> list[int]:
    """Remove all releases but the newest `keep` and the current one; give the numbers of those removed.

    Nothing calls this unasked: whoever cited a release wants to find it again. Raises `CommonsError` for `keep` below
    1, and when a run is publishing.
    """
    if keep < 1:
        raise CommonsError(f"keep {keep}", "at least one release stays", "give a number from 1")
    with alone(project.releases_dir) as folder:
        shown = find_current(folder)
        old = [path for path in _folders(folder)[:-keep] if shown is None or path.name != shown.path.name]
        for path in old:
            going = folder / f"{MAKING}gone-{path.name}"
            path.rename(going)
            shutil.rmtree(going)
    return [int(path.name) for path in old]


@contextmanager
def alone(folder: Path) -> Iterator[Path]:
    """Hold the releases folder, cleared of what killed runs left. Raises `CommonsError` when another run holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CommonsError(str(folder), "another run is publishing", "wait until it is done") from error
        _recover(folder)
        yield folder


def next_number(folder: Path) -> int:
    """Give the number of the release to be made: one more than any folder there has, complete or not."""
    return max((int(path.name) for path in folder.iterdir() if _is_number(path.name)), default=0) + 1


def settle(making: Path, number: int) -> Path:
    """Turn a finished folder into the release of this number and the current one; what was written is on disk first."""
    _sync(making)
    final = making.parent / f"{number:06d}"
    making.rename(final)
    _sync_one(making.parent)
    switch(final)
    return final


def switch(release: Path) -> None:
    """Point `current` to a release, so that a reader sees either the one before or this one."""
    fresh = release.parent / f"{MAKING}link"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(release.name)
    fresh.replace(release.parent / CURRENT)
    _sync_one(release.parent)


def _recover(folder: Path) -> None:
    """Remove what a killed run left, and switch to a release that it finished but did not switch to."""
    for left in folder.glob(f"{MAKING}*"):
        if left.is_symlink():
            left.unlink()
        else:
            shutil.rmtree(left)
    complete = _folders(folder)
    shown = find_current(folder)
    if complete and (shown is None or shown.number < int(complete[-1].name)):
        switch(complete[-1])


def _folders(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if _is_number(path.name) and (path / MANIFEST).is_file())


def _is_number(name: str) -> bool:
    return len(name) >= 6 and name.isascii() and name.isdigit()


def _read(path: Path) -> Release:
    try:
        manifest = json.loads((path / MANIFEST).read_bytes())
        return Release(int(manifest["number"]), path, manifest)
    except (ValueError, KeyError, TypeError) as error:
        raise CommonsError(str(path / MANIFEST), "this is no manifest", "remove this release's folder") from error


def _sync(folder: Path) -> None:
    for place, _, files in os.walk(folder):
        for name in files:
            _sync_one(Path(place) / name)
        _sync_one(Path(place))


def _sync_one(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
