"""How many examples made at random a test looks at: a few in the core, all in `make integration`.

The few are others every time, where the test does not fix its seed, so that days of the core look at many.
"""

from __future__ import annotations

import os

ALL = bool(os.environ.get("COMMONS_ALL_EXAMPLES"))


def examples(few: int, every: int) -> int:
    """Give how many to look at."""
    return every if ALL else few
