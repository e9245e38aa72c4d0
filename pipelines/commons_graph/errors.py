"""The errors that a person reads.

Anything a user, a steward or a source can get wrong raises a `CommonsError`: one line that names the place,
what was expected and what to do. Programming mistakes stay ordinary exceptions.
"""

from __future__ import annotations


class CommonsError(Exception):
    """One clear line for the person who can mend it.

    >>> str(CommonsError("sources/x.yaml:3", "`licence` is missing", "add the licence's SPDX name or address"))
    'sources/x.yaml:3: `licence` is missing; add the licence's SPDX name or address'
    """

    def __init__(self, place: str, problem: str, remedy: str = "") -> None:
        self.place = place
        self.problem = problem
        self.remedy = remedy
        super().__init__(place, problem, remedy)  # what pickle makes it from again: errors cross processes

    def __str__(self) -> str:
        return "; ".join(part for part in (f"{self.place}: {self.problem}", self.remedy) if part)
