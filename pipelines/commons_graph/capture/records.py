"""What the modules of this stage hand each other: a file that can be opened, and what keeping a read did.

What does not belong here: the stage's products, `Capture` and `Refusal` (see `commons_graph.model`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from commons_graph.errors import CommonsError
from commons_graph.model import Refusal
from commons_graph.step_note import NOTHING, Tally


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a source, on disk or in the archive. `name` is its path in the source, with slashes.

    `digest` is the SHA-256 of its bytes where that is known without reading them, as it is in the archive, or "".
    """

    name: str
    size: int
    modified: datetime
    open: Callable[[], BinaryIO]
    digest: str = ""


class DamagedError(CommonsError):
    """Bytes of the archive are lost or damaged: another fault than what a source holds, and gone when restored."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeping a read did: how many files or pages are newly archived, how many were before, what was refused.

    `fingerprint` is that of what a replay gives; `tally` counts what a live source changed; `problem` says why the
    read broke off, if it did: what came counts, and the rest stayed as it was.
    """

    new: int
    known: int
    refused: tuple[Refusal, ...]
    fingerprint: str
    tally: Tally = NOTHING
    problem: str = ""
