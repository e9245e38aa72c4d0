"""What the modules of this stage hand each other: a file that can be opened, and a refusal.

What does not belong here: `Capture`, the stage's product (see `commons_graph.model`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that a source holds and we do not read: counted and listed, never fatal for the rest."""

    address: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a source, on disk or in the archive. `name` is its path in the source, with slashes."""

    name: str
    size: int
    modified: datetime
    open: Callable[[], BinaryIO]
