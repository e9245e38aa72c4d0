"""How candidates look to the model: features as numbers (`codes`), pooled over their mentions, all at once.

What belongs here: what the model may see of a candidate itself, and which of it goes together. What does not: a name's
own words (`form`), what stands around it (`context`), and other candidates (`around`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Protocol

import numpy as np

from commons_graph.extract.codes import Codes, code, joined_each
from commons_graph.extract.gazetteer import CLASSES as KNOWN_CLASSES
from commons_graph.extract.linear import Batch, LinearModel
from commons_graph.extract.names.around import Around
from commons_graph.extract.names.candidates import Candidate, Reading
from commons_graph.extract.names.context import context_features
from commons_graph.extract.names.form import Forms, Rows
from commons_graph.extract.names.gathered import gathered
from commons_graph.extract.names.heads import Heads
from commons_graph.extract.names.known import Known
from commons_graph.extract.names.spots import Spots
from commons_graph.extract.names.texts import GAP
from commons_graph.extract.names.titles import Titles
from commons_graph.extract.names.together import Together
from commons_graph.extract.segments import Ints, spread
from commons_graph.extract.vocabulary import LOWER, NUMBER, SIGN, STEM
from commons_graph.extract.word_kinds import WordKinds

LOOKS = 3
STEPS = 6
GAZETTEER = np.array([code(f"gazetteer {name}") for name in (*KNOWN_CLASSES, "none")], dtype=np.uint32)
LINKS = np.array([code(f"links {times}") for times in range(7)], dtype=np.uint32)
TIMES = np.array([code(f"times {times}") for times in range(7)], dtype=np.uint32)
EVER = [np.array([code(f"ever {shape} {held}") for held in (0, 1)], dtype=np.uint32) for shape in range(6)]
HINT, KINDS = np.uint32(code("hint")), np.uint32(code("kinds"))
PARTS = 5
"""Of a text, in which a name may come first."""
LONG = 3
WHERE = np.array([code(f"first in part {part}") for part in range(PARTS)], dtype=np.uint32)
SHARED = np.array([code(f"title has {share} of it") for share in ("none", "some", "all")], dtype=np.uint32)
SCHEME, PAGE = np.uint32(code("scheme")), np.uint32(code("linked page"))


class Knower(Protocol):
    """What this module asks of the knowledge."""

    @property
    def heads(self) -> Heads:
        """The head nouns."""
        ...

    @property
    def known(self) -> Known:
        """The names that everybody knows."""
        ...

    @property
    def forms(self) -> LinearModel:
        """What a name's form says of its class."""
        ...

    @property
    def titles(self) -> Titles:
        """The corpus' names."""
        ...

    @property
    def word_kinds(self) -> WordKinds:
        """What kinds of words there are."""
        ...


def features_of(readings: Sequence[Reading], owns: Sequence[str], knowledge: Knower) -> Batch:
    """Give the features of all candidates of documents, in order; `owns` are the classes of the documents' subjects."""
    if not any(each.candidates for each in readings):
        return Batch.of([])
    together = Together(readings, owns)
    return gathered(_parts(together, knowledge), len(together.candidates))


def _parts(together: Together, knowledge: Knower) -> Iterator[Rows]:
    candidates, spots = together.candidates, together.spots
    every = np.arange(len(candidates))
    forms = Forms(together.texts, knowledge.heads, knowledge.word_kinds)
    shown = list(forms.features(spots.first[spots.lead], spots.last[spots.lead]))
    yield from shown
    looks = _looks(knowledge.forms, gathered(shown, len(candidates)))
    known, links = _known(together, knowledge.titles)
    yield from ((every, column) for column in looks.T)
    yield from _own(candidates, spots, known, links)
    yield from _used(together)
    yield from _in_document(together)
    yield from _crossed(together, GAZETTEER[known], shown[0][1], looks[:, 0])
    yield from Around(together, forms).features(knowledge.known)
    yield from context_features(together, forms)


def form_batch(forms: Forms, first: np.ndarray, last: np.ndarray) -> Batch:
    """Give the features of names alone: half-open ranges of the words that `forms` has read."""
    return gathered(forms.features(first, last), len(first))


def _looks(model: LinearModel, batch: Batch) -> Codes:
    """Give for each name the three classes that its form speaks for most, and how much, a column each."""
    shares = model.one(batch)
    best = np.argsort(-shares, axis=1, kind="stable")[:, :LOOKS]
    steps = (np.take_along_axis(shares, best, axis=1) * STEPS).astype(np.int64)
    table = np.array(
        [[code(f"looks {label} {step}") for step in range(STEPS + 1)] for label in model.labels], dtype=np.uint32
    )
    found: Codes = table[best, steps]
    return found


def _known(together: Together, titles: Titles) -> tuple[np.ndarray, np.ndarray]:
    """Give for each candidate the number of the class that the gazetteer knows, and how common its links are."""
    spots = together.spots
    names = titles.hashes.of_names(together.texts, spots.first[spots.lead], spots.last[spots.lead])
    found = titles.gazetteer.look_up(names)
    unknown = len(GAZETTEER) - 1
    return np.where(found < 0, unknown, found // 10), np.where(found < 0, 0, np.minimum(found % 10, 6))


def _own(candidates: Sequence[Candidate], spots: Spots, known: np.ndarray, links: np.ndarray) -> Iterator[Rows]:
    yield np.arange(len(candidates)), GAZETTEER[known]
    met = np.flatnonzero(known < len(GAZETTEER) - 1)
    yield met, joined_each(GAZETTEER[known[met]], LINKS[links[met]])
    yield met, LINKS[links[met]]
    times = TIMES[np.minimum(spots.counts, 6)]
    yield np.arange(len(candidates)), times
    scheme = np.flatnonzero([bool(each.concept) for each in candidates])
    yield scheme, np.full(len(scheme), SCHEME)
    yield scheme, joined_each(TIMES[np.minimum(spots.counts[scheme], 4)], SCHEME)
    linked = np.flatnonzero([bool(each.page) for each in candidates])
    yield linked, np.full(len(linked), PAGE)


def _used(together: Together) -> Iterator[Rows]:
    """Say whether a candidate ever holds a small word, a number, a sign."""
    spots, shapes = together.spots, together.texts.shapes
    first, last = spots.first[spots.seen], spots.last[spots.seen]
    for shape in (LOWER, NUMBER, SIGN):
        before = np.concatenate(([0], np.cumsum(shapes == shape)))
        held = np.logical_or.reduceat(before[last] > before[first], spots.seen_lead)
        yield np.arange(len(spots.counts)), EVER[shape][held.astype(np.int64)]


def _in_document(together: Together) -> Iterator[Rows]:
    """Say where a candidate comes first, how long the text is for its mentions, and whether the title has its words."""
    spots, texts = together.spots, together.texts
    every, first = np.arange(len(spots.counts)), spots.first[spots.lead]
    at = ((first - texts.first[together.document]) * PARTS) // texts.size[together.document]
    yield every, WHERE[at]
    lengths = together.codes(f"length {min(size.bit_length(), 15)}" for size in texts.size.tolist())
    yield every, joined_each(TIMES[np.minimum(spots.counts, 6)], lengths)
    shared = SHARED[_shared(together, first, spots.last[spots.lead])]
    yield every, shared
    yield every, joined_each(shared, WHERE[at])


def _shared(together: Together, first: Ints, last: Ints) -> Ints:
    """Say whether none (0), some (1) or all (2) of the long words in ranges are in the title of their document."""
    texts = together.texts
    long = texts.lengths > LONG
    stems = texts.codes[:, STEM] | np.repeat(np.arange(len(texts.size)) << 32, texts.size + GAP)
    titles = [_title(each) for each in together.readings]
    low, high = (texts.first + np.array(each) for each in zip(*titles, strict=True))
    titled = spread(low, high - low)
    shared = np.isin(stems, stems[titled[long[titled]]]) & long
    before, words = (np.concatenate(([0], np.cumsum(each))) for each in (shared, long))
    held, of = before[last] - before[first], words[last] - words[first]
    return np.where(held == 0, 0, np.where(held < of, 1, 2))


def _title(reading: Reading) -> tuple[int, int]:
    title = reading.document.blocks[0]
    return reading.tokens.span(title.start, title.end)


def _crossed(together: Together, known: Codes, form: Codes, looks: Codes) -> Iterator[Rows]:
    """Give what goes together: gazetteer, shape, looks, kind of document and of its subject, hints."""
    every, spots = np.arange(len(form)), together.spots
    documents = [each.document for each in together.readings]
    yield every, together.codes(f"lang {each.language}" for each in documents)
    kind = together.codes(f"kind {each.kind}" for each in documents)
    subject = together.codes(f"own {own}" for own in together.owns)
    yield every, kind
    yield every, subject
    for one, other in combinations((known, form, looks), 2):
        yield every, joined_each(one, other)
    yield from ((every, joined_each(each, kind)) for each in (known, form, looks))
    yield from ((every, joined_each(each, subject)) for each in (form, looks))
    seen = spots.is_seen[spots.hinted]
    rows, hints = spots.row[spots.hinted[seen]], spots.hints[seen]
    yield rows, joined_each(hints, HINT)
    yield rows, joined_each(hints, looks[rows])
    yield every, joined_each(form, joined_each(spots.seen_kinds(), KINDS))
