"""Tables on the terminal, whole: a figure that is cut off says nothing.

What belongs here: how wide a table is. What does not: what stands in it, and answers of queries (`publish.results`).
"""

from __future__ import annotations

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

WIDEST = 10_000


def table(*names: str) -> Table:
    """Give a table with these columns and no row."""
    made = Table(box=None)
    for name in names:
        made.add_column(name, no_wrap=True)
    return made


def show(made: Table) -> None:
    """Print a table as wide as it is; in a narrower terminal its lines run over, as those of `docker ps` do.

    Brackets and colons in a cell are what they are, no markup.
    """
    console = Console(markup=False, emoji=False)
    natural = Measurement.get(console, console.options.update(max_width=WIDEST), made).maximum
    Console(width=natural, markup=False, emoji=False).print(made)
