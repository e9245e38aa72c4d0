"""Two persons with "and" between them, whom the model takes for one: "Ada Roy and Ben Lee", "Roy and Lee".

What belongs here: telling them apart. What does not: other names of one person (`coreference`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commons_graph.extract.names.candidates import Candidate, Reading
from commons_graph.extract.names.coreference import AND, Judged
from commons_graph.extract.names.words import folded_words

SPANISH = "y"
"""Joins the two surnames of one person: "Ortega y Gasset"."""
JOINING = AND - {SPANISH}
FIRMS = "&"
"""Joins full names, too; two single words with it are as often a firm: "Roy & Lee"."""


def told_apart(reading: Reading, judged: Sequence[Judged]) -> list[Judged]:
    """Give what is judged to be names, two persons for each pair of them.

    A single word before a longer name may be a given name: "Ada and Ben Roy". So it needs a judgement of its own.
    """
    found = {each.name: each for each in judged}
    for each in judged:
        if each.cls == "Person" and len(parts := _parts(reading, each)) == 2:
            del found[each.name]
            for part in parts[1:] if _may_be_given(parts) else parts:
                if part.name not in found or found[part.name].cls != "Person":
                    found[part.name] = replace(each, name=part.name, candidate=part)
    return list(found.values())


def _parts(reading: Reading, each: Judged) -> list[Candidate]:
    """Give the candidates on either side of the "and" of a name."""
    spot, tokens = each.candidate.spots[0], reading.tokens
    for at in range(spot.first + 1, spot.last - 1):
        if tokens.folded[at] in JOINING or (tokens.folded[at] == FIRMS and spot.first + 1 < at < spot.last - 2):
            names = (folded_words(tokens, spot.first, at), folded_words(tokens, at + 1, spot.last))
            return [reading.candidates[name] for name in names if name in reading.candidates]
    return []


def _may_be_given(parts: Sequence[Candidate]) -> bool:
    return " " not in parts[0].name and " " in parts[1].name
