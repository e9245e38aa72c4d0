"""Relations that a phrase says outright: "en partenariat avec l'AFD et la Cimade", "contactez Vera Vidal".

What belongs here: finding the phrase's subject and objects. What does not: the phrases (`patterns`), and what a model
learns of looser wordings (`find`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from commons_graph.extract.names.words import JOINING
from commons_graph.extract.records import Relation
from commons_graph.extract.relation.certainty import Certainty
from commons_graph.extract.relation.hosts import host_of
from commons_graph.extract.relation.layout import Item, Layout, Place
from commons_graph.extract.relation.patterns import PERSON, Patterns, Said
from commons_graph.extract.relation.signatures import Signatures
from commons_graph.extract.vocabulary import NUMBER

EXTRACTOR = "patterns"
ABOUT = "about"
REACH, CHAIN, MOST = 5, 5, 12
WITHIN = 8
"""Names before a phrase among which its subject is looked for."""
NEAR, ABOVE, FAR = "near", "heading", "document"
"""Where a phrase's subject is found."""
_LINKING = ", ainsi que qu' & ( ) l' notre nos our its as well puis"
LINKING = JOINING | frozenset(_LINKING.split())
AND = frozenset(("et", "and", "&"))
"""What joins two phrases of one subject."""
Fits = Callable[[Item], bool]


def find_stated(layout: Layout, patterns: Patterns, signatures: Signatures, certainty: Certainty) -> Iterator[Relation]:
    """Give the relations that phrases state."""
    places = layout.places
    text = _Text(layout, signatures, certainty, places, [place.first for place in places], tuple(_about(layout)))
    for said in patterns.said_in(layout.tokens):
        yield from text.stated(said)


@dataclass(frozen=True, slots=True)
class _Text:
    """A document with its mentions in order; `told` are the objects of the phrases so far."""

    layout: Layout
    signatures: Signatures
    certainty: Certainty
    places: list[Place]
    starts: list[int]
    about: Sequence[Item]
    told: set[Place] = field(default_factory=set)

    def stated(self, said: Said) -> Iterator[Relation]:
        """Give what one phrase states."""
        behind = self._chain(said)
        if not behind:
            return
        evidence = (self.layout.tokens.starts[said.first], behind[-1].end)
        before = self._before(said.first)
        self.told.update(behind)
        for place in behind:
            other = self.layout.items[place.item]
            found = self._subject(said, before, other)
            if found is not None and found[0].number != other.number:
                item, where = found
                subject, object = (other, item) if said.backward else (item, other)
                sure = self.certainty.of(where, said.predicate, subject, object)
                yield Relation(subject.key, said.predicate, object.key, *evidence, sure, EXTRACTOR)

    def _chain(self, said: Said) -> list[Place]:
        """Give the names (or concepts) right behind a phrase, while only commas, "et" and articles stand between."""
        found: list[Place] = []
        position, reach = said.last, REACH
        sentence = self.layout.sentences[position - 1]
        for place in map(self.places.__getitem__, range(bisect_left(self.starts, position), len(self.places))):
            cls = self.layout.items[place.item].cls
            if place.sentence != sentence:
                break
            if place.first < position or cls in ("iri", "date") or (cls == "Concept") != (said.predicate == ABOUT):
                continue
            if not self._linking(position, place.first, reach, bool(found)):
                break
            found.append(place)
            position, reach = place.last, CHAIN
            if len(found) == MOST:
                break
        return found

    def _linking(self, first: int, last: int, reach: int, started: bool) -> bool:
        """Say whether the words between two mentions may stand in a list; before the first, a few others may too."""
        tokens = self.layout.tokens
        others = (at for at in range(first, last) if tokens.folded[at] not in LINKING and tokens.shapes[at] != NUMBER)
        return last - first <= reach and sum(1 for _ in others) <= (0 if started else 2)

    def _before(self, position: int) -> list[Place]:
        """Give the names of the sentence before a phrase, the nearest first.

        In "coordinated by the Town and funded by the Fund" the second phrase has the subject of the first, not its
        object.
        """
        sentence, at = self.layout.sentences[position], bisect_left(self.starts, position)
        near = [place for place in self.places[max(at - WITHIN, 0) : at] if place.sentence == sentence][::-1]
        between = set(self.layout.tokens.folded[near[0].last : position]) - {","} if near else set()
        joined = bool(between) and between <= AND  # a comma alone opens an apposition: "by Ada, member of the Lab"
        return [place for place in near if not (joined and place in self.told)]

    def _subject(self, said: Said, before: Sequence[Place], other: Item) -> tuple[Item, str] | None:
        """Give the nearest name before a phrase that may be its subject, else the section's, or what all is about."""

        def fits(item: Item) -> bool:
            if said.who == PERSON and item.cls != "Person":
                return False
            pair = (other.cls, item.cls) if said.backward else (item.cls, other.cls)
            return item.entity is not None and said.predicate in self.signatures.allowed.get(pair, ())

        named = (self.layout.items[place.item] for place in before)
        named = (item for item in named if not said.who or item.cls == "Person")
        if (near := next(filter(fits, named), None)) is not None:
            return near, NEAR
        last = next(((item, FAR) for item in self.about if fits(item)), None)
        return self._above(said.first, fits) or last

    def _above(self, position: int, fits: Fits) -> tuple[Item, str] | None:
        """Give the surest name in the heading above that fits."""
        layout = self.layout
        offset = layout.tokens.starts[position]
        number = max(bisect_right(layout.blocks, offset, key=attrgetter("start")) - 1, 0)
        heading = layout.headings[number]
        if heading < 0:
            return None
        first, last = (find(self.places, heading, key=attrgetter("block")) for find in (bisect_left, bisect_right))
        inside = (layout.items[place.item] for place in self.places[first:last])
        surest = max(filter(fits, inside), key=lambda item: item.entity.confidence if item.entity else 0, default=None)
        return (surest, ABOVE) if surest else None


def _about(layout: Layout) -> Iterator[Item]:
    """Give what a document is about, and the organisation that it mostly speaks of."""
    yield from (item for item in layout.items if item.is_subject)
    host = host_of(layout)
    if host is not None:
        yield host
