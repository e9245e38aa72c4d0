"""Giving one format of a release to somebody.

What belongs here: copying or making one file at a place of the person's choice. What does not: how formats look.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from commons_graph.errors import CommonsError
from commons_graph.publish.files import FORMATS, Making, write
from commons_graph.publish.releases import Release
from commons_graph.publish.sql import open_public


def export(release: Release, format: str, out: Path) -> Path:
    """Write a release's graph as nt, nq, ttl, jsonld, graphml (a file) or parquet (a folder); give where it is.

    Where `out` is a folder that exists, the file keeps the name it has in the release. Raises `CommonsError` when
    there is no such format, the folder that `out` shall lie in is not there, or the place cannot be written.
    """
    if format not in FORMATS:
        raise CommonsError(f"--format {format}", "there is no such format", f"choose one of {', '.join(FORMATS)}")
    target = out / FORMATS[format] if out.is_dir() else out
    if not target.parent.is_dir():
        raise CommonsError(f"--out {out}", f"there is no folder {target.parent}", "make it first, or choose another")
    try:
        _put(release, format, target)
    except OSError as error:
        raise CommonsError(str(target), f"it cannot be written: {error.strerror}", "choose another --out") from error
    return target


def _put(release: Release, format: str, target: Path) -> None:
    made = release.path / FORMATS[format]
    if made.is_dir():
        shutil.copytree(made, target, dirs_exist_ok=True)
    elif made.is_file():
        shutil.copyfile(made, target)
    else:
        with open_public(release.database) as connection:
            write(Making(connection, release.path, release.ontology), format, target)
