"""What the modules of this stage hand each other: a file that can be opened.

What does not belong here: the stage's products, `Capture` and `Refusal` (see `commons_graph.model`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a source, on disk or in the archive. `name` is its path in the source, with slashes."""

    name: str
    size: int
    modified: datetime
    open: Callable[[], BinaryIO]
