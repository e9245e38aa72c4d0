"""What surrounds a candidate: longer and shorter candidates, head nouns before it, the address it links to.

What belongs here: features of a name's place among other names. What does not: its own form (`features`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from commons_graph.extract.codes import code
from commons_graph.extract.concepts import stem
from commons_graph.extract.names.candidates import NAMING, Candidate, Reading, Spot
from commons_graph.extract.names.heads import Heads
from commons_graph.extract.names.known import Known
from commons_graph.model import Mark

MOST = 5
HOSTS = ("wikipedia", "youtu", "github", "twitter", "vimeo", "gouv", "amazon", "archive.org", ".pdf", "facebook")
WEAK = ("phrase", "whole", "leads")


@dataclass(frozen=True, slots=True, eq=False)
class Around:
    """The spots of a document by their tokens, and its web links by their ends."""

    reading: Reading
    cover: dict[int, list[Spot]]
    links: list[Mark]
    ends: list[int]

    @classmethod
    def of(cls, reading: Reading) -> Around:
        """Place all candidates of a document."""
        cover: dict[int, list[Spot]] = defaultdict(list)
        for candidate in reading.candidates.values():
            for spot in candidate.spots:
                for at in range(spot.first, spot.last):
                    cover[at].append(spot)
        links = sorted((mark for mark in reading.document.marks if mark.kind == "web"), key=lambda mark: mark.end)
        return cls(reading, cover, links, [mark.end for mark in links])

    def features(self, candidate: Candidate, heads: Heads, known: Known) -> Iterator[int]:
        """Give the features of one candidate as numbers."""
        return map(code, self.named(candidate, heads, known))

    def named(self, candidate: Candidate, heads: Heads, known: Known) -> Iterator[str]:
        """Give the names of the features of one candidate."""
        case, inner = self._case(candidate)
        yield f"known {known.classes.get(candidate.name)} {case}"
        yield f"case {case} {inner}"
        yield f"case {case} {inner} {self.reading.document.language}"
        yield from self._longer(candidate)
        for spot in candidate.spots[:MOST]:
            yield from self._near(spot, heads, case)
            yield from self._address(spot, candidate.name)
        yield from (f"holds {hint} {case}" for hint in self._held(candidate.spots[0]))

    def _case(self, candidate: Candidate) -> tuple[str, str]:
        """Say whether a name has a capital, and how often its first word has one inside sentences."""
        tokens = self.reading.tokens
        inner = [spot for spot in candidate.spots if not tokens.initial[spot.first]]
        capitals = sum(tokens.shapes[spot.first] in NAMING for spot in inner)
        first = candidate.spots[0]
        named = any(tokens.shapes[at] in NAMING for at in range(first.first, first.last))
        share = "unseen" if not inner else "always" if capitals == len(inner) else "mixed" if capitals else "never"
        return ("big" if named else "small"), share

    def _longer(self, candidate: Candidate) -> Iterator[str]:
        """Say what longer candidates its mentions lie in, and whether any stands free."""
        inside: dict[str, int] = defaultdict(int)
        free = 0
        spots = candidate.spots[:MOST]
        for spot in spots:
            longer = [each for each in self.cover[spot.first] if _longer_than(each, spot)]
            free += not longer
            for hint in {hint.split()[0] for each in longer for hint in each.hints}:
                inside[hint] += 1
        for hint, times in inside.items():
            yield f"inside {hint} {times == len(spots)}"
        hints = " ".join(sorted({hint.split()[0] for spot in spots for hint in spot.hints}))
        yield f"free {0 if not free else 1 if free < len(spots) else 2} {hints}"

    def _held(self, spot: Spot) -> set[str]:
        """Give what hints at the shorter candidates inside a mention."""
        every = {id(each): each for at in range(spot.first, spot.last) for each in self.cover[at]}
        held = (each for each in every.values() if _longer_than(spot, each))
        return {hint for each in held for hint in each.hints if not hint.startswith(WEAK)}

    def _near(self, spot: Spot, heads: Heads, case: str) -> Iterator[str]:
        tokens = self.reading.tokens
        for back in (1, 2):
            at = spot.first - back
            if at < 0 or tokens.initial[at + 1]:
                break
            yield from (f"noun before {back} {name} {case}" for name in heads.of(tokens.folded[at : at + 1]))
        before = tokens.folded[spot.first - 1] if spot.first else "^"
        after = tokens.folded[spot.last] if spot.last < len(tokens) else "$"
        yield f"{case} before {stem(before)}"
        yield f"{case} after {stem(after)}"

    def _address(self, spot: Spot, name: str) -> Iterator[str]:
        """Say what kind of address a linked name has, and whether the host bears the name."""
        start, end = self.reading.tokens.starts[spot.first], self.reading.tokens.ends[spot.last - 1]
        at = bisect_left(self.ends, end)
        if at < len(self.links) and self.links[at].start <= start:
            host, _, path = self.links[at].target.partition("//")[2].partition("/")
            plain = "".join(sign for sign in host if sign.isalnum())
            yield f"link {'page' if path else 'site'}"
            yield f"host bears name {name.replace(' ', '') in plain} {not path}"
            yield from (f"link to {each}" for each in HOSTS if each in self.links[at].target)


def _longer_than(one: Spot, other: Spot) -> bool:
    return one is not other and one.first <= other.first and other.last <= one.last
