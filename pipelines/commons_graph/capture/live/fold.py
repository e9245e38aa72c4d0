"""From what the last visit left and what this one was told, to what this one leaves.

What belongs here: the rules of it. A page that is not found twice in a row is gone, and one that moved is at once; one
that failed stays as it was. What does not: asking, files, time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from commons_graph.capture.live.records import Found, Gone, Known, Moved, Unchanged
from commons_graph.model import Refusal
from commons_graph.step_note import Tally

GONE = 2
"""So many visits in a row must miss a document before it is gone."""


def is_there(known: Known) -> bool:
    """Say whether a document is still one of its source."""
    return known.missing < GONE


@dataclass(slots=True)
class Fold:
    """One visit's state as it grows. `now` is its time, `known` what is known of each document so far."""

    before: Mapping[str, Known]
    now: str
    known: dict[str, Known] = field(init=False)
    refused: dict[str, Refusal] = field(default_factory=dict)
    lost: dict[str, Gone] = field(default_factory=dict)
    heard: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.known = dict(self.before)

    def found(self, answer: Found, digest: str) -> None:
        """Take over a document as it is now; `digest` is that of its bytes, which are kept."""
        self._hear(answer.address)
        told = (answer.media_type, dict(answer.hints), dict(answer.marks))
        self.known[answer.address] = Known(answer.address, digest, *told, seen=self.now, checked=self.now)

    def take(self, answer: Unchanged | Gone | Moved | Refusal) -> None:
        """Take over any other answer; of two about one document the later counts."""
        self._hear(answer.address)
        known = self.known.get(answer.address)
        if isinstance(answer, Refusal):
            self.refused[answer.address] = answer
        elif isinstance(answer, Moved):
            if known and is_there(known):
                self.known[answer.address] = replace(known, checked=self.now, missing=GONE)
        elif isinstance(answer, Gone) and known:
            self.lost[answer.address] = answer
        elif isinstance(answer, Gone):  # the source lists what it never had: nobody would learn of that
            self.refused[answer.address] = Refusal(answer.address, answer.reason, "leave it out, or tell the site")
        elif known and is_there(known):
            marks = answer.marks or known.marks
            self.known[answer.address] = replace(known, marks=marks, seen=self.now, checked=self.now, missing=0)
        else:
            self.refused[answer.address] = Refusal(answer.address, "is said to be as it was, but is not known")

    def end(self, whole: bool) -> None:
        """Count what was not found. `whole` says whether what was not mentioned counts too."""
        for address, known in self.known.items():
            if is_there(known) and (address in self.lost or (whole and address not in self.heard)):
                self.known[address] = replace(known, checked=self.now, missing=known.missing + 1)

    def tally(self) -> Tally:
        """Count what this visit changed."""
        before = {address: known for address, known in self.before.items() if is_there(known)}
        after = {address: known for address, known in self.known.items() if is_there(known)}
        both = before.keys() & after.keys()
        changed = sum(_content(before[address]) != _content(after[address]) for address in both)
        return Tally(len(after.keys() - both), changed, len(before.keys() - both), len(self.refused))

    def _hear(self, address: str) -> None:
        self.heard.add(address)
        self.lost.pop(address, None)
        self.refused.pop(address, None)


def _content(known: Known) -> tuple[str, str, dict[str, str]]:
    return known.digest, known.media_type, known.hints
