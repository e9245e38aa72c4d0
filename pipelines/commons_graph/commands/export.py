"""`commons export`: one format of a release, to a file, a folder or standard output."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from commons_graph.errors import CommonsError
from commons_graph.project import Project
from commons_graph.publish import choose, export
from commons_graph.publish.files import FORMATS
from commons_graph.publish.releases import Release


def run(project: Project, format: str, out: Path | None, number: int | None) -> None:
    """Write the format; without `out`, to standard output (parquet, being a folder, needs one)."""
    if format not in FORMATS:
        raise CommonsError(f"--format {format}", "there is no such format", f"choose one of {', '.join(FORMATS)}")
    release = choose.one(project, number)
    if out is None:
        _to_standard_output(release, format)
    else:
        print(export.export(release, format, out))


def _to_standard_output(release: Release, format: str) -> None:
    if format == "parquet":
        raise CommonsError("--format parquet", "is a folder of files", "name it with --out FOLDER")
    with tempfile.TemporaryDirectory() as folder:
        made = export.export(release, format, Path(folder))
        with made.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
