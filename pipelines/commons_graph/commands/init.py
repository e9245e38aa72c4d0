"""`commons init`: a project folder of one's own, a copy of the built-in one's declarative parts."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

from commons_graph.errors import CommonsError
from commons_graph.project import built_in_root

PARTS = ("sources", "ontology", "warehouse/migrations", "dagster.yaml")
IGNORED = "warehouse/*\n!warehouse/migrations/\n"


def run(folder: Path) -> None:
    """Make the folder. Raises `CommonsError` when it holds anything already, or cannot be made."""
    try:
        _make(folder)
    except OSError as error:
        remedy = "name one in a place where you may write"
        raise CommonsError(str(folder), f"cannot be made ({error.strerror or error})", remedy) from error
    print(f"made {folder}\nnext: cd {shlex.quote(str(folder))} && commons refresh")
    print("then: edit sources/*.yaml, see sources/schema.json")


def _make(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CommonsError(str(folder), "is not an empty folder", "name a new one")
    root = built_in_root()
    for part in PARTS:
        _copy(root / part, folder / part)
    (folder / ".gitignore").write_text(IGNORED, encoding="utf-8")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy2(source, target)
