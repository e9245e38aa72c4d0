"""The mentions of a document's candidates as arrays, and which of them lie inside others.

What belongs here: where mentions stand, and what hinted at them, as numbers. What does not: features (`features`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from commons_graph.extract.codes import Codes, code
from commons_graph.extract.names.candidates import LONGEST, Candidate
from commons_graph.extract.names.texts import Bools
from commons_graph.extract.segments import Ints, spread

MOST = 5
"""Mentions of a candidate whose place the model sees."""
WEAK = frozenset(("phrase", "announced", "modified", "idea", "whole", "leads"))
"""Kinds of hints that say little of what else lies inside a mention."""


@dataclass(frozen=True, slots=True, eq=False)
class Spots:
    """All mentions, candidate by candidate: `first` and `last` token, and `row`, the candidate's number.

    `lead` is where each candidate's mentions start; `seen` are the mentions that the model sees, `seen_lead` where each
    candidate's start among those. `hints` are numbers of what hinted at a mention (`hinted`), `kinds` a column for each
    kind of hint in `kind_codes`.
    """

    first: Ints
    last: Ints
    row: Ints
    counts: Ints
    lead: Ints
    seen: Ints
    is_seen: Bools
    seen_lead: Ints
    hints: Codes
    hinted: Ints
    weak: Bools
    kinds: Bools
    kind_codes: Codes

    @classmethod
    def of(cls, candidates: Sequence[Candidate], begin: Ints) -> Spots:
        """Read the candidates' mentions, where each one's text begins at a word; there is at least one candidate."""
        counts = np.array([len(each.spots) for each in candidates], dtype=np.int64)
        lead = np.cumsum(counts) - counts
        row = np.repeat(np.arange(len(counts)), counts)
        is_seen = np.arange(len(row)) - lead[row] < MOST
        seen = np.flatnonzero(is_seen)
        spots = [spot for each in candidates for spot in each.spots]
        told = [(number, hint) for number, spot in enumerate(spots) for hint in spot.hints]
        names = list(dict.fromkeys(hint for _, hint in told))
        numbers = {name: number for number, name in enumerate(names)}
        which = np.array([numbers[hint] for _, hint in told], dtype=np.int64)
        hinted = np.array([number for number, _ in told], dtype=np.int64)
        heads = [name.partition(" ")[0] for name in names]
        columns = list(dict.fromkeys(heads))
        kinds = np.zeros((len(row), len(columns)), dtype=np.bool_)
        kinds[hinted, np.array([columns.index(head) for head in heads], dtype=np.int64)[which]] = True
        return cls(
            first=np.array([spot.first for spot in spots], dtype=np.int64) + begin[row],
            last=np.array([spot.last for spot in spots], dtype=np.int64) + begin[row],
            row=row,
            counts=counts,
            lead=lead,
            seen=seen,
            is_seen=is_seen,
            seen_lead=np.searchsorted(row[seen], np.arange(len(counts))),
            hints=np.array([code(name) for name in names], dtype=np.uint32)[which],
            hinted=hinted,
            weak=np.array([head in WEAK for head in heads], dtype=np.bool_)[which],
            kinds=kinds,
            kind_codes=np.array([code(head) for head in columns], dtype=np.uint32),
        )

    def seen_kinds(self) -> Codes:
        """Give for each candidate one number for all kinds of hints at its seen mentions, whatever their order."""
        held = np.logical_or.reduceat(self.kinds[self.seen], self.seen_lead, axis=0)
        found: Codes = (held * self.kind_codes).sum(axis=1, dtype=np.uint32)
        return found

    def within(self) -> tuple[Ints, Ints]:
        """Give the pairs (mention, longer mention around it)."""
        order = np.argsort(self.first, kind="stable")
        starts = self.first[order]
        low = np.searchsorted(starts, self.first - LONGEST)
        sizes = np.searchsorted(starts, self.first, side="right") - low
        inner = np.repeat(np.arange(len(self.first)), sizes)
        outer = order[spread(low, sizes)]
        around = (self.last[outer] >= self.last[inner]) & (inner != outer)
        return inner[around], outer[around]
