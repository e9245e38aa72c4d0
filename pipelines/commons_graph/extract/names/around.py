"""What surrounds candidates: longer and shorter candidates, head nouns before them, the address they link to.

What belongs here: features of a name's place among other names. What does not: its own form (`form`).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from commons_graph.extract.codes import Codes, code, joined_each
from commons_graph.extract.names.capitals import IS_NAMING
from commons_graph.extract.names.form import Forms, Rows
from commons_graph.extract.names.known import Known
from commons_graph.extract.names.together import Together
from commons_graph.extract.segments import Ints, spread
from commons_graph.extract.vocabulary import STEM
from commons_graph.model import Document, Mark

HOSTS = ("wikipedia", "youtu", "github", "twitter", "vimeo", "gouv", "amazon", "archive.org", ".pdf", "facebook")
CASES = np.array([code("small"), code("big")], dtype=np.uint32)
INNER = np.array([code(f"inner {share}") for share in ("unseen", "never", "mixed", "always")], dtype=np.uint32)
FREE = np.array([code(f"free {free}") for free in ("never", "at times", "always")], dtype=np.uint32)
INSIDE = np.array([code("inside at times"), code("inside always")], dtype=np.uint32)
NOUNS = tuple(np.uint32(code(f"noun before {back}")) for back in (1, 2))
KNOWN, HOLDS, BEFORE, AFTER = (np.uint32(code(f"around {name}")) for name in ("known", "holds", "before", "after"))
EDGE = np.uint32(code("edge"))
NEVER = np.iinfo(np.int64).max
"""Where what does not exist starts."""


class Around:
    """The candidates of documents with their mentions, and the words of their texts."""

    def __init__(self, together: Together, forms: Forms) -> None:
        self.together = together
        self.spots = together.spots
        self.forms = forms
        self.naming = IS_NAMING[forms.shapes]
        self.initial = together.texts.initial

    def features(self, known: Known) -> Iterator[Rows]:
        """Give the features of all candidates."""
        candidates = self.together.candidates
        every = np.arange(len(candidates))
        case = self._cases()
        inner = self._inner()
        language = self.together.codes(f"lang {each.document.language}" for each in self.together.readings)
        both = joined_each(case, inner)
        yield every, both
        yield every, joined_each(both, language)
        classes = [code(f"known {known.classes.get(each.name)}") for each in candidates]
        yield every, joined_each(np.array(classes, dtype=np.uint32), case)
        yield from self._nested(case)
        yield from self._near(case)
        yield from self._addresses()

    def _cases(self) -> Codes:
        """Say whether each candidate's first mention has a capital."""
        first, last = self.spots.first[self.spots.lead], self.spots.last[self.spots.lead]
        before = np.concatenate(([0], np.cumsum(self.naming)))
        return CASES[(before[last] > before[first]).astype(np.int64)]

    def _inner(self) -> Codes:
        """Say how often the first word of each candidate has a capital inside sentences."""
        first = self.spots.first
        inside = ~self.initial[first]
        times = np.add.reduceat(inside.astype(np.int64), self.spots.lead)
        capitals = np.add.reduceat((inside & self.naming[first]).astype(np.int64), self.spots.lead)
        share = np.where(times == 0, 0, np.where(capitals == 0, 1, np.where(capitals < times, 2, 3)))
        return INNER[share]

    def _nested(self, case: Codes) -> Iterator[Rows]:
        """Say what longer candidates mentions lie in, whether any stands free, and what the first one holds."""
        spots = self.spots
        inner, outer = spots.within()
        kinds = np.zeros_like(spots.kinds)
        for column in range(kinds.shape[1]):
            kinds[inner[spots.kinds[outer, column]], column] = True
        held = np.add.reduceat(kinds[spots.seen].astype(np.int64), spots.seen_lead, axis=0)
        rows, columns = np.nonzero(held)
        number = np.minimum(spots.counts, np.bincount(spots.row[spots.seen], minlength=len(spots.counts)))
        always = (held[rows, columns] == number[rows]).astype(np.int64)
        yield rows, joined_each(spots.kind_codes[columns], np.uint32(1)) ^ INSIDE[always]
        nested = np.zeros(len(spots.first), dtype=np.bool_)
        nested[inner] = True
        free = np.add.reduceat((~nested[spots.seen]).astype(np.int64), spots.seen_lead)
        stands = FREE[np.where(free == 0, 0, np.where(free < number, 1, 2))]
        yield np.arange(len(case)), joined_each(stands, spots.seen_kinds())
        yield from self._held(case, inner, outer)

    def _held(self, case: Codes, inner: Ints, outer: Ints) -> Iterator[Rows]:
        """Give what hints at the shorter candidates inside each candidate's first mention."""
        spots = self.spots
        leading = spots.lead[spots.row[outer]] == outer
        inner, outer = inner[leading], outer[leading]
        order = np.argsort(spots.hinted, kind="stable")
        hinted = spots.hinted[order]
        low = np.searchsorted(hinted, inner)
        sizes = np.searchsorted(hinted, inner, side="right") - low
        rows = np.repeat(spots.row[outer], sizes)
        at = order[spread(low, sizes)]
        rows, at = rows[~spots.weak[at]], at[~spots.weak[at]]
        yield rows, joined_each(joined_each(spots.hints[at], HOLDS), case[rows])

    def _near(self, case: Codes) -> Iterator[Rows]:
        """Give the head nouns among the two words before each mention, and the words right before and behind it."""
        spots = self.spots
        first, last, rows = spots.first[spots.seen], spots.last[spots.seen], spots.row[spots.seen]
        announced = self.forms.alone()
        reachable = ~self.initial[first]
        for back, noun in enumerate(NOUNS, 1):
            met = np.flatnonzero(reachable)
            classes = announced[first[met] - back]
            met, classes = met[classes > 0], classes[classes > 0]
            yield rows[met], joined_each(joined_each(classes, noun), case[rows[met]])
            reachable &= ~self.initial[first - back]
        stems = np.where(self.together.texts.gap, EDGE, self.forms.words[:, STEM])
        yield rows, joined_each(joined_each(stems[first - 1], BEFORE), case[rows])
        yield rows, joined_each(joined_each(stems[last], AFTER), case[rows])

    def _addresses(self) -> Iterator[Rows]:
        """Say what kind of address a linked name has, and whether the host bears the name."""
        rows, links = self._linked()
        pairs = zip(rows.tolist(), links, strict=True)
        names = self.together.candidates
        found = [(row, code(name)) for row, mark in pairs for name in _address(mark.target, names[row].name)]
        told = np.array(found, dtype=np.int64).reshape(-1, 2)
        yield told[:, 0], told[:, 1].astype(np.uint32)

    def _linked(self) -> tuple[Ints, list[Mark]]:
        """Give the candidates of seen mentions that lie inside a web link, and the links, in order of their ends."""
        spots, together = self.spots, self.together
        bases = zip(together.readings, together.bases.tolist(), strict=True)
        links = [(base, mark) for each, base in bases for mark in _webs(each.document)]
        ends = np.array([base + mark.end for base, mark in links], dtype=np.int64)
        starts = np.array([*(base + mark.start for base, mark in links), NEVER], dtype=np.int64)
        at = np.searchsorted(ends, together.ends[spots.last[spots.seen] - 1])
        inside = np.flatnonzero(starts[at] <= together.starts[spots.first[spots.seen]])
        return spots.row[spots.seen[inside]], [links[number][1] for number in at[inside].tolist()]


def _webs(document: Document) -> list[Mark]:
    return sorted((mark for mark in document.marks if mark.kind == "web"), key=lambda one: one.end)


def _address(target: str, name: str) -> Iterator[str]:
    host, _, path = target.partition("//")[2].partition("/")
    plain = "".join(sign for sign in host if sign.isalnum())
    yield f"link {'page' if path else 'site'}"
    yield f"host bears name {name.replace(' ', '') in plain} {not path}"
    yield from (f"link to {each}" for each in HOSTS if each in target)
