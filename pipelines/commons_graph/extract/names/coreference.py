"""Joins the names of one thing in one document: acronyms and what they stand for, one name of two, short forms.

What belongs here: rules that hold inside one text. What does not: across documents (`resolve`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from commons_graph.extract.names.candidates import Candidate, Reading, Spot
from commons_graph.extract.names.capitals import NAMING
from commons_graph.extract.names.words import HONORIFICS, JOINING, folded_name
from commons_graph.extract.records import LocalEntity, Mention
from commons_graph.extract.vocabulary import UPPER, fold
from commons_graph.model import EntityClass

PLACE: EntityClass = "Place"
ARTICLES = frozenset(("la", "le", "l'", "les"))
AND = frozenset(("and", "et", "und", "y"))
"""Words between two persons, who may have been taken for one."""
NESTED = 0.25
"""How much surer than the longer name around it a name must be to stand beside it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate that the model takes for a name: how sure that it is one, and how sure of its class."""

    name: str
    cls: EntityClass
    sure: float
    confidence: float
    candidate: Candidate


def joined(reading: Reading, subject: LocalEntity, judged: Sequence[Judged]) -> tuple[LocalEntity, list[list[Judged]]]:
    """Give the subject with its other names, and the others as groups of names of one thing."""
    kept = list(_not_inside(judged))
    kept += _bare_surnames(reading, kept)
    groups: dict[str, list[Judged]] = {each.name: [each] for each in kept}
    home: dict[str, str] = {}
    for short, long in _pairs(reading, kept):
        one, other = _home(home, short), _home(home, long)
        if one != other:
            home[one] = other
            groups[other] += groups.pop(one)
    names_it = _naming(subject)
    own = [name for name in groups if any(map(names_it, groups[name]))]
    for name in own:
        subject = _named(reading, subject, groups.pop(name))
    return subject, list(groups.values())


def _home(home: dict[str, str], name: str) -> str:
    """Give the group that a name is in now; the way there is cut short for the next time."""
    found = name
    while found in home:
        found = home[found]
    while name != found:
        home[name], name = found, home[name]
    return found


def _not_inside(judged: Sequence[Judged]) -> Iterator[Judged]:
    """Leave out a name whose every mention lies inside a longer name that is at least as sure, or starts it."""
    taken: dict[int, dict[int, float]] = {}
    longest = max(map(_words, judged), default=0)
    for each in sorted(judged, key=lambda one: (-_words(one), one.name)):
        spots = each.candidate.spots
        if not all(_inside(spot, each.sure, taken, longest) for spot in spots):
            yield each
            for spot in spots:
                ends = taken.setdefault(spot.first, {})
                ends[spot.last] = max(each.sure, ends.get(spot.last, 0.0))


def _words(judged: Judged) -> int:
    return max(spot.last - spot.first for spot in judged.candidate.spots)


def _inside(spot: Spot, sure: float, taken: Mapping[int, Mapping[int, float]], longest: int) -> bool:
    """Say whether a taken range lies around a mention: one of at most `longest` words begins nearby."""
    near = (taken[first] for first in range(spot.last - longest, spot.first + 1) if first in taken)
    return any(spot.last <= last and other >= sure - NESTED for ends in near for last, other in ends.items())


def _pairs(reading: Reading, judged: Sequence[Judged]) -> Iterator[tuple[str, str]]:
    """Give (short name, long name) of one thing."""
    by_concept: dict[str, str] = {}
    for each in judged:
        slug = each.candidate.concept
        if slug and each.cls == "Concept":
            yield each.name, by_concept.setdefault(slug, each.name)
    starts = {spot.first: each for each in judged for spot in each.candidate.spots}
    told = {each.name: _after_article(reading, each) for each in judged}
    for each in judged:
        for spot in each.candidate.spots:
            yield from _bracketed(reading, each, spot, starts, told)
    yield from _initials(reading, judged)
    yield from _single_names(judged)
    yield from _addressed(judged)


def _bracketed(
    reading: Reading, each: Judged, spot: Spot, starts: Mapping[int, Judged], told: Mapping[str, bool]
) -> Iterator[tuple[str, str]]:
    """ "Full Name (FN)" and "FN (Full Name)": one of the two must be the other's acronym, roughly."""
    words = reading.tokens.words
    if spot.last + 1 < len(words) and words[spot.last] == "(":
        other = starts.get(spot.last + 1)
        # "Institut de Porto (Portugal)" says where it is, and is no other name.
        if other is not None and other.name != each.name and (each.cls == PLACE) == (other.cls == PLACE):
            short, long = sorted((each, other), key=lambda one: len(one.name))
            acronyms = _acronyms(long.name.split(), told[long.name])
            if _looks_short(short.name, long.name) or short.name in acronyms:
                yield short.name, long.name


def _looks_short(short: str, long: str) -> bool:
    letters = [word[0] for word in long.split()]
    if len(short) > 12 or " " in short or len(letters) < 2:
        return False
    return short[0] in letters


def _acronyms(words: Sequence[str], article: bool) -> set[str]:
    """Give the initials of a name's words, with and without small ones; after an article, which names lose, with it."""
    plain = {"".join(word[0] for word in words), "".join(word[0] for word in words if word not in JOINING)}
    return plain | {f"l{initials}" for initials in plain if article and len(initials) > 2}


def _after_article(reading: Reading, each: Judged) -> bool:
    """Say whether any mention of a name follows "la", "le" or "l'"."""
    folded = reading.tokens.folded
    return any(spot.first and folded[spot.first - 1] in ARTICLES for spot in each.candidate.spots)


def _initials(reading: Reading, judged: Sequence[Judged]) -> Iterator[tuple[str, str]]:
    capitals = [each.name for each in judged if _in_capitals(reading, each)]
    if not capitals:
        return
    acronyms: dict[str, set[str]] = defaultdict(set)
    for each in judged:
        words = each.name.split()
        if len(words) > 1:
            for initials in _acronyms(words, _after_article(reading, each)):
                acronyms[initials].add(each.name)
    for name in capitals:
        long = acronyms.get(name, set())
        if len(long) == 1:
            yield name, next(iter(long))


def _in_capitals(reading: Reading, each: Judged) -> bool:
    """Say whether a name is one word in capitals, such as an acronym."""
    spot = each.candidate.spots[0]
    return reading.tokens.shapes[spot.first] == UPPER and spot.last - spot.first == 1 and len(each.name) > 2


def _bare_surnames(reading: Reading, judged: Sequence[Judged]) -> list[Judged]:
    """Give the surnames that stand alone after the full name and that the model took for no name by themselves."""
    seen = {each.name for each in judged}
    found = {}
    for each in judged:
        surname = each.name.split()[-1]
        candidate = reading.candidates.get(surname)
        if each.cls == "Person" and candidate and surname not in seen and len(surname) > 2:
            first = each.candidate.spots[0].first
            spots = [
                spot
                for spot in candidate.spots
                if spot.first > first and reading.tokens.shapes[spot.first] in NAMING and "capital" in spot.hints
            ]
            if spots:
                found[surname] = replace(each, name=surname, candidate=Candidate(surname, spots))
    return list(found.values())


def _single_names(judged: Sequence[Judged]) -> Iterator[tuple[str, str]]:
    """Give "roy" and "ada" with "ada roy", where nobody else has that name."""
    full: dict[str, set[str]] = defaultdict(set)
    given: dict[str, set[str]] = defaultdict(set)
    for each in judged:
        words = each.name.split()
        if each.cls == "Person" and len(words) > 1 and AND.isdisjoint(words):
            full[words[-1]].add(each.name)
            given[words[0]].add(each.name)
    for each in judged:
        if len(full.get(each.name, ())) == 1:
            yield each.name, next(iter(full[each.name]))
        elif each.cls == "Person" and each.name not in full and len(given.get(each.name, ())) == 1:
            yield each.name, next(iter(given[each.name]))


def _addressed(judged: Sequence[Judged]) -> Iterator[tuple[str, str]]:
    """Give "dr ada roy" with "ada roy"."""
    names = {each.name for each in judged if each.cls == "Person"}
    for name in sorted(names):
        word, _, bare = name.partition(" ")
        if word in HONORIFICS and bare in names:
            yield name, bare


def _naming(subject: LocalEntity) -> Callable[[Judged], bool]:
    """Give what says whether a name is a short form of the title: its acronym, or all of it but what is in brackets."""
    title, cls, bracketed = folded_name(subject.label), subject.cls, "(" in subject.label
    words = [word for word in title.split() if word not in JOINING]
    whole = {title, words[-1]} if cls == "Person" and len(words) > 1 else {title}
    acronyms = _acronyms(title.split(), fold(subject.label).startswith(("la ", "le ", "l'", "l’")))

    def names(each: Judged) -> bool:
        short = each.name in acronyms and len(each.name) > 2
        return each.name in whole or (each.cls == cls and (short or (bracketed and title.startswith(f"{each.name} "))))

    return names


def _named(reading: Reading, subject: LocalEntity, group: Sequence[Judged]) -> LocalEntity:
    tokens = reading.tokens
    spots = [spot for each in group for spot in each.candidate.spots]
    mentions = [Mention(tokens.starts[spot.first], tokens.ends[spot.last - 1]) for spot in spots]
    forms = (reading.document.cut(mention.start, mention.end) for mention in mentions)
    names = dict.fromkeys(form for form in forms if fold(form) != fold(subject.label))
    return replace(
        subject,
        mentions=tuple(dict.fromkeys((*subject.mentions, *mentions))),
        aliases=tuple(dict.fromkeys((*subject.aliases, *names))),
    )
