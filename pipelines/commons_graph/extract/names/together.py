"""The readings of several documents as one: their words, their candidates with all mentions, and whose each is.

What belongs here: putting readings together. What does not: what the model sees of them (`features`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np

from commons_graph.extract.codes import Codes, code
from commons_graph.extract.names.candidates import Reading
from commons_graph.extract.names.spots import Spots
from commons_graph.extract.names.texts import GAP, Texts
from commons_graph.extract.segments import Ints


class Together:
    """`document` is the number of each candidate's document; `owns` the class of each document's subject.

    `bases` says how far each text's characters are moved, so that those of all texts are in one order; where each
    word then starts and ends are `starts` and `ends`.
    """

    def __init__(self, readings: Sequence[Reading], owns: Sequence[str]) -> None:
        self.readings = readings
        self.owns = owns
        self.texts = Texts([each.tokens for each in readings])
        counts = [len(each.candidates) for each in readings]
        self.document: Ints = np.repeat(np.arange(len(readings)), counts)
        self.candidates = list(chain.from_iterable(each.candidates.values() for each in readings))
        self.bases: Ints = np.cumsum([0, *(len(each.document.text) + 1 for each in readings)])[:-1]
        moved = np.repeat(self.bases, self.texts.size + GAP)
        self.starts, self.ends = (each + moved for each in self.texts.characters())
        self.spots = Spots.of(self.candidates, self.texts.first[self.document])

    def codes(self, names: Iterable[str]) -> Codes:
        """Give for each candidate the number of its document's name."""
        return np.array([code(name) for name in names], dtype=np.uint32)[self.document]
