"""Authors of cited works with the surname first: "Ostrom, Elinor (1990)" is one name, "Elinor Ostrom".

What belongs here: finding such names where an entry of a list of literature begins, and making each one candidate of
its own. The model sees the two halves only, which stand on either side of a comma: what it takes one of them for says
how sure the person is. What does not: names in their usual order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from commons_graph.extract.names.candidates import INVERTED, Candidate, Reading, Spot
from commons_graph.extract.names.coreference import Judged
from commons_graph.extract.names.words import OPENING, folded_words
from commons_graph.extract.tokens import Tokens

_CAPITAL = r"[A-ZÀ-ÖØ-Þ](?=[\w'’]*[a-zß-öø-ÿ])[\w'’]+(?:-[\w'’]+)*"
_SMALL = r"(?:(?:[Dd][aeiou]s?|[Dd]el|[Dd]ella|[Vv][ao]n|[Dd]e[nr]|[Ll][ae]|[AaEe]l|t[eh]n|ter) )*"
_AND = r"(?:and|et|&|und|y|e)"
_YEAR = r"(?:1[5-9]|20)\d\d"
_INITIALS = r"(?: ?[A-ZÀ-ÖØ-Þ]\.?(?![\w'’]))+"
_PAIR = rf"{_SMALL}{_CAPITAL}, {_CAPITAL}(?: {_CAPITAL})?(?:{_INITIALS})?"
_FOLLOWED = (
    rf"\.(?!\w)|,? ?\(?(?:\w+ )?{_YEAR}|,? \((?:[Ee]ds?\b|dir\b|[Hh]rsg|in press|forthcoming)|[,.:;]? ?[“\"‘«]|,? et al"
    rf"|,? {_AND} {_CAPITAL} [A-ZÀ-ÖØ-Þ]|[,;] (?:The|A|An|Le|La|Les|El|Der|Die|Das|in|eds?|dir)\b"
)
"""What stands behind the authors of an entry: its year, its title, its editor's role, another name as it is said."""
ENTRY = re.compile(
    rf"(?:[-–*•] |\[?\d+[\].)] |\w+: )?({_PAIR}(?:(?:; ?(?:{_AND} )?|,? {_AND} |, ){_PAIR})*)"
    rf"(?:(?<=[A-Z]\.)(?= |,|;)|(?<= [A-Z])(?= |,|;)|(?={_FOLLOWED}))"
)
"""The authors that begin an entry; behind an initial, whatever follows."""
PAIR = re.compile(rf"({_SMALL}{_CAPITAL}), ({_CAPITAL}(?: {_CAPITAL})?(?:{_INITIALS})?)")
YEAR = re.compile(rf"\b{_YEAR}")
ENTRY_LENGTH = 600
"""Characters behind its authors in which an entry names its year."""
Halves = tuple[int, int, int, int]
"""The tokens of a surname and of a given name, two half-open ranges."""


def straightened(reading: Reading, judged: list[Judged]) -> tuple[Reading, list[Judged]]:
    """Give a reading where such a name is one candidate and its halves are none, and what of it are names."""
    persons = {each.name: each for each in judged if each.cls == "Person"}
    spots: dict[str, list[Spot]] = {}
    found: dict[str, Judged] = {}
    for halves in _halves(reading):
        name, known = _known(reading.tokens, halves, persons)
        if known:
            spots.setdefault(name, []).append(Spot(halves[0], halves[3], {INVERTED}))
            surest = max((*known, found.get(name, known[0])), key=lambda each: (each.sure, each.confidence))
            found[name] = replace(surest, name=name)
    if not found:
        return reading, judged
    candidates = _parted(reading.candidates, spots)
    names = {each.name: each for each in judged if each.name in candidates} | found
    return replace(reading, candidates=candidates), [
        replace(each, candidate=candidates[name]) for name, each in names.items()
    ]


def _halves(reading: Reading) -> Iterator[Halves]:
    """Give the names with the surname first that begin an entry: a block with a year."""
    text, tokens = reading.document.text, reading.tokens
    for block in reading.document.blocks:
        entry = ENTRY.match(text, block.start, block.end)
        if entry and YEAR.search(text, entry.end(), min(block.end, entry.end() + ENTRY_LENGTH)):
            for pair in PAIR.finditer(text, *entry.span(1)):
                first, second = tokens.span(*pair.span(1)), tokens.span(*pair.span(2))
                no_name = first[1] - first[0] == 1 and tokens.folded[first[0]] in OPENING  # "See, Ada Roy"
                if first[0] < first[1] < second[0] < second[1] and not no_name:
                    yield *first, *second


def _known(tokens: Tokens, halves: Halves, persons: dict[str, Judged]) -> tuple[str, list[Judged]]:
    """Give the name in its usual order, and what the model takes for a person of it and of its parts."""
    first, comma, given, last = halves
    name = f"{folded_words(tokens, given, last)} {folded_words(tokens, first, comma)}"
    parts = ((first, comma), (comma - 1, comma), (given, last), (first, last))
    known = (name, *(folded_words(tokens, *part) for part in parts))
    return name, [persons[each] for each in known if each in persons]


def _parted(candidates: dict[str, Candidate], inverted: dict[str, list[Spot]]) -> dict[str, Candidate]:
    """Give the candidates without what stands inside an inverted name or overlaps it, and with those names."""
    taken = {at: spot for spots in inverted.values() for spot in spots for at in range(spot.first, spot.last)}
    found = {}
    for name, candidate in candidates.items():
        free = [spot for spot in candidate.spots if _is_free(spot, taken)]
        if len(free) == len(candidate.spots):
            found[name] = candidate
        elif free:
            found[name] = replace(candidate, spots=free)
    for name, spots in inverted.items():
        held = found.get(name, Candidate(name))
        found[name] = replace(held, spots=sorted((*held.spots, *spots), key=lambda spot: spot.first))
    return found


def _is_free(spot: Spot, taken: dict[int, Spot]) -> bool:
    """Say whether a mention shares no word with an inverted name, or holds all of it and more."""
    others = [taken[at] for at in (spot.first, spot.last - 1) if at in taken]
    longer = all(spot.last - spot.first > other.last - other.first for other in others)
    return longer and all(spot.first <= other.first and other.last <= spot.last for other in others)
