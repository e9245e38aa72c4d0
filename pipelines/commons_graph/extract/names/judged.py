"""Judges candidates: which of them the model takes for names, for several documents at once.

What belongs here: asking the model. What does not: what it sees (`features`), and what becomes of names (`find`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

from commons_graph.extract.linear import Floats
from commons_graph.extract.names.candidates import Candidate, Reading
from commons_graph.extract.names.capitals import NAMING
from commons_graph.extract.names.coreference import Judged
from commons_graph.extract.names.features import features_of
from commons_graph.extract.names.words import LEADING
from commons_graph.extract.tokens import Tokens
from commons_graph.model import EntityClass

if TYPE_CHECKING:
    from commons_graph.extract.knowledge import Knowledge

KNOWN = 0.6
"""How sure a place that everybody knows is, where the model does not see one."""


def judge(readings: Sequence[Reading], owns: Sequence[str], knowledge: Knowledge) -> Iterator[list[Judged]]:
    """Give for each document the candidates that are taken for names, with their class, the sure ones first.

    `owns` are the classes of the documents' subjects.
    """
    shares = knowledge.names.one(features_of(readings, owns, knowledge))
    begin = 0
    for reading in readings:
        end = begin + len(reading.candidates)
        yield sorted(_names(reading, shares[begin:end], knowledge), key=lambda each: (-each.sure, each.name))
        begin = end


def _names(reading: Reading, shares: Floats, knowledge: Knowledge) -> Iterator[Judged]:
    least, known = float(knowledge.names.thresholds[0]), knowledge.known.classes
    best, share = shares[:, 1:].argmax(axis=1), shares[:, 1:].max(axis=1)
    scored = zip(reading.candidates.values(), shares[:, 0].tolist(), best.tolist(), share.tolist(), strict=True)
    for candidate, none, cls, sure in scored:
        if 1 - none >= least:
            found = cast("EntityClass", knowledge.names.labels[1 + cls])
            if found != "Person" or not _is_led(reading.tokens, candidate):
                yield Judged(candidate.name, found, 1 - none, sure, candidate)
        elif known.get(candidate.name) == "Place" and _is_written_as_place(reading.tokens, candidate):
            yield Judged(candidate.name, "Place", KNOWN, KNOWN, candidate)


def _is_led(tokens: Tokens, candidate: Candidate) -> bool:
    """Say whether a name has, wherever it stands, a small word that opens the sentence: "Like Ada Roy, they …".

    The name without it is a candidate of its own.
    """
    return all("opened" in spot.hints and tokens.folded[spot.first] in LEADING for spot in candidate.spots)


def _is_written_as_place(tokens: Tokens, candidate: Candidate) -> bool:
    """Say whether the name of a country or city that everybody knows has its capital, and stands inside a sentence."""
    return any(tokens.shapes[spot.last - 1] in NAMING and not tokens.initial[spot.first] for spot in candidate.spots)
