"""Relations that a phrase says outright: "en partenariat avec l'AFD et la Cimade", "contactez Vera Vidal".

What belongs here: finding the phrase's subject and objects. What does not: the phrases (ontology/lexicon/
patterns.yaml), and what a model learns of looser wordings (`find`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import Any

from commons_graph import ontology_file
from commons_graph.extract.names.words import JOINING
from commons_graph.extract.per_word import PerWord
from commons_graph.extract.records import Relation
from commons_graph.extract.relation.hosts import host_of
from commons_graph.extract.relation.layout import Item, Layout, Place
from commons_graph.extract.relation.signatures import Signatures
from commons_graph.extract.vocabulary import NUMBER

FILE = "lexicon/patterns.yaml"
EXTRACTOR = "patterns"
ABOUT = "about"
REACH, CHAIN, MOST = 5, 5, 12
WITHIN = 8
"""Names before a phrase among which its subject is looked for."""
REMEMBERED = 100_000
NEAR, FAR, ABOVE = 0.8, 0.6, 0.75
LINKING = JOINING | {
    ",",
    "ainsi",
    "que",
    "qu'",
    "&",
    "(",
    ")",
    "l'",
    "notre",
    "nos",
    "our",
    "its",
    "as",
    "well",
    "puis",
}
AND = frozenset(("et", "and", "&"))
"""What joins two phrases of one subject."""
Phrase = tuple[tuple[str, ...], str, bool]


@dataclass(frozen=True, slots=True, eq=False)
class Patterns:
    """Phrases by the first two letters of their first word: their words, predicate, and whether they go backward."""

    phrases: dict[str, tuple[Phrase, ...]]
    begun: dict[tuple[str, str], tuple[Phrase, ...]] = field(default_factory=dict)
    """The phrases that two words begin, for words that were met together before."""
    begins: PerWord = field(init=False, repr=False)
    """Whether a word begins any."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "begins", PerWord(lambda words, row: any(self._beginning(words.folded[row]))))

    @classmethod
    def load(cls, ontology: Path) -> Patterns:
        """Read the phrases of an ontology folder, longer ones first. Raises `CommonsError` for a wrong line."""
        told: dict[str, dict[str, list[str]]] = ontology_file.load(ontology, FILE)
        found: dict[str, list[Phrase]] = {}
        for predicate, ways in told.items():
            for way, phrases in ways.items():
                for words in (tuple(phrase.split()) for phrase in phrases):
                    found.setdefault(words[0][:2], []).append((words, predicate, way == "backward"))
        return cls({key: tuple(sorted(each, key=lambda one: -len(one[0]))) for key, each in found.items()})

    def begun_by(self, word: str, behind: str) -> tuple[Phrase, ...]:
        """Give the phrases that a folded word and the one behind it begin, longer ones first."""
        phrases = self.begun.get((word, behind))
        if phrases is None:
            if len(self.begun) > REMEMBERED:
                self.begun.clear()
            phrases = self.begun[word, behind] = tuple(self._beginning(word, behind))
        return phrases

    def _beginning(self, *words: str) -> Iterator[Phrase]:
        bare = [word.rstrip("'") for word in words]
        return (each for each in self.phrases.get(words[0][:2], ()) if all(map(_fits, each[0], bare)))


def find_stated(layout: Layout, patterns: Patterns, signatures: Signatures) -> Iterator[Relation]:
    """Give the relations that phrases state."""
    places = layout.places()
    starts = [place.first for place in places]
    folded = layout.tokens.folded
    told: set[Place] = set()
    about = list(_about(layout))
    for position in patterns.begins.places(layout.tokens):
        behind = folded[position + 1] if position + 1 < len(folded) else ""
        for words, predicate, backward in patterns.begun_by(folded[position], behind):
            end = _matched(words, folded, position)
            if end:
                yield from _stated(
                    layout, places, starts, (position, end), predicate, backward, signatures, told, about
                )
                break


def _matched(words: tuple[str, ...], folded: list[str], position: int) -> int:
    """Give the token behind a phrase that starts at a position, or 0. An elision's apostrophe is no difference."""
    for word in words:
        token = folded[position].rstrip("'") if position < len(folded) else ""
        if not _fits(word, token):
            return 0
        position += 1
    return position


def _fits(word: str, token: str) -> bool:
    if word == "#":
        return token.isdigit()
    whole = word.endswith(".") or len(word) < 3
    return token == word.rstrip(".") if whole else token.startswith(word)


def _stated(
    layout: Layout,
    places: list[Place],
    starts: list[int],
    phrase: tuple[int, int],
    predicate: str,
    backward: bool,
    signatures: Signatures,
    told: set[Place],
    about: Sequence[Item],
) -> Iterator[Relation]:
    """Give what one phrase states; `told` are the objects of the phrases before, and then of this one too."""
    behind = _chain(layout, places, bisect_left(starts, phrase[1]), phrase[1], predicate == ABOUT)
    if not behind:
        return
    evidence = (layout.tokens.starts[phrase[0]], behind[-1].end)
    before = _before(layout, places, bisect_left(starts, phrase[0]), phrase[0], told)
    told.update(behind)
    for place in behind:
        other = layout.items[place.item]
        found = _subject(layout, places, before, phrase[0], predicate, other, backward, signatures, about)
        if found is not None and found[0].number != other.number:
            item, confidence = found
            subject, object = (other, item) if backward else (item, other)
            yield Relation(subject.key, predicate, object.key, *evidence, confidence, EXTRACTOR)


def _chain(layout: Layout, places: list[Place], at: int, position: int, concepts: bool) -> list[Place]:
    """Give the names (or concepts) right behind a phrase, while only commas, "et" and articles stand between."""
    found: list[Place] = []
    reach = REACH
    sentence = layout.sentences[position - 1]
    while at < len(places) and len(found) < MOST:
        place = places[at]
        at += 1
        cls = layout.items[place.item].cls
        if place.first < position or cls in ("iri", "date") or (cls == "Concept") != concepts:
            continue
        gap = layout.tokens.folded[position : place.first]
        if place.sentence != sentence or len(gap) > reach or not _linking(layout, position, place.first, bool(found)):
            break
        found.append(place)
        position, reach = place.last, CHAIN
    return found


def _linking(layout: Layout, first: int, last: int, started: bool) -> bool:
    """Say whether the words between two mentions may stand in a list; before the first, a few others may too."""
    others = [
        at
        for at in range(first, last)
        if layout.tokens.folded[at] not in LINKING and layout.tokens.shapes[at] != NUMBER
    ]
    return len(others) <= (0 if started else 2)


def _before(layout: Layout, places: Sequence[Place], at: int, position: int, told: set[Place]) -> list[Place]:
    """Give the names of the sentence before a phrase, the nearest first.

    In "coordinated by the Town and funded by the Fund" the second phrase has the subject of the first, not its object.
    """
    sentence = layout.sentences[position]
    near = [place for place in places[max(at - WITHIN, 0) : at] if place.sentence == sentence][::-1]
    between = set(layout.tokens.folded[near[0].last : position]) - {","} if near else set()
    joined = bool(between) and between <= AND  # a comma alone opens an apposition: "by Ada, member of the Lab"
    return [place for place in near if not (joined and place in told)]


def _subject(
    layout: Layout,
    places: list[Place],
    before: Sequence[Place],
    position: int,
    predicate: str,
    other: Item,
    backward: bool,
    signatures: Signatures,
    about: Sequence[Item],
) -> tuple[Item, float] | None:
    """Give the nearest name before a phrase that may be its subject, else the section's, else what all is `about`."""

    def fits(item: Item) -> bool:
        pair = (other.cls, item.cls) if backward else (item.cls, other.cls)
        return item.entity is not None and predicate in signatures.allowed.get(pair, ())

    near = next((layout.items[place.item] for place in before if fits(layout.items[place.item])), None)
    if near is not None:
        return near, NEAR
    last = next(((item, FAR) for item in about if fits(item)), None)
    return _above(layout, places, position, fits) or last


def _about(layout: Layout) -> Iterator[Item]:
    """Give what a document is about, and the organisation that it mostly speaks of."""
    yield from (item for item in layout.items if item.is_subject)
    host, _ = host_of(layout)
    if host is not None:
        yield host


def _above(layout: Layout, places: list[Place], position: int, fits: Any) -> tuple[Item, float] | None:
    """Give the surest name in the heading above that fits."""
    offset = layout.tokens.starts[position]
    number = max(bisect_right(layout.blocks, offset, key=attrgetter("start")) - 1, 0)
    heading = layout.headings[number]
    if heading < 0:
        return None
    first, last = (find(places, heading, key=attrgetter("block")) for find in (bisect_left, bisect_right))
    inside = (layout.items[place.item] for place in places[first:last])
    surest = max(filter(fits, inside), key=lambda item: item.entity.confidence if item.entity else 0, default=None)
    return (surest, ABOVE) if surest else None
