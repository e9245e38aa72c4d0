"""The version of code and of what it reads: a hash, so that a changed extractor redoes what it made, and nothing else.

What does not belong here: the distribution's version, which is for people (`commons_graph.__version__`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent
SKIPPED = {"__pycache__", "training"}


def version_of(*paths: Path) -> str:
    """Give 16 hexadecimal digits that change with the names and bytes of the files given or below the folders given."""
    return _version(tuple(path.resolve() for path in paths))


@cache
def _version(paths: tuple[Path, ...]) -> str:
    whole = hashlib.blake2b(digest_size=8)
    for root in paths:
        for file in _files(root):
            whole.update(file.relative_to(root.parent).as_posix().encode())
            whole.update(hashlib.blake2b(file.read_bytes()).digest())
    return whole.hexdigest()


def _files(root: Path) -> Iterable[Path]:
    if root.is_file():
        return [root]
    return sorted(file for file in root.rglob("*") if file.is_file() and not SKIPPED & set(file.parts))
