"""How a candidate looks to the model: hashed feature names, pooled over its mentions.

What belongs here: what the model may see. Whole names are not among it, only their form and their common words, so
that it learns what names look like and not the names of its training documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Protocol
from zlib import crc32

from commons_graph.extract.gazetteer import Gazetteer
from commons_graph.extract.linear import Floats, LinearModel
from commons_graph.extract.names.around import Around
from commons_graph.extract.names.candidates import Candidate, Reading, Spot
from commons_graph.extract.names.heads import Heads
from commons_graph.extract.names.known import Known
from commons_graph.extract.tokens import LOWER, NUMBER, SIGN
from commons_graph.model import Block


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
    def gazetteer(self) -> Gazetteer:
        """The corpus' names."""
        ...


SHAPES = "aAUMd."
MOST = 5


def document_features(reading: Reading, candidates: Sequence[Candidate], knowledge: Knower, own: str) -> list[set[int]]:
    """Give the features of a document's candidates; `own` is the class of the document's subject."""
    forms = [_form(reading, candidate, knowledge.heads) for candidate in candidates]
    shares = knowledge.forms.one([map(_hash, names) for names in forms])
    looks = [_looks(knowledge.forms.labels, each) for each in shares]
    around = Around.of(reading)
    places = (around.features(candidate, knowledge.heads, knowledge.known) for candidate in candidates)
    return [
        _features(reading, candidate, knowledge.gazetteer, own, (*form, *look)) | set(map(_hash, place))
        for candidate, form, look, place in zip(candidates, forms, looks, places, strict=True)
    ]


def _features(reading: Reading, candidate: Candidate, gazetteer: Gazetteer, own: str, form: Sequence[str]) -> set[int]:
    knowledge = list(_knowledge(candidate, gazetteer))
    names = {*form, *knowledge, *_use(reading, candidate)}
    document = reading.document
    names |= {f"lang {document.language}", f"kind {document.kind}", f"own {own}"}
    names.add(f"times {min(len(candidate.spots), 6)}")
    for spot in candidate.spots[:MOST]:
        names.update(_context(reading, spot))
    known = knowledge[0]
    looks = form[-3]
    hints = {hint for spot in candidate.spots[:MOST] for hint in spot.hints}
    crossed = (
        *(f"{one} {other}" for one, other in combinations((known, form[0], looks, f"kind {document.kind}"), 2)),
        *(f"{looks} {hint}" for hint in hints),
        f"own {own} {form[0]}",
        f"own {own} {looks}",
        f"{form[0]} {' '.join(sorted(hint.split()[0] for hint in hints))}",
    )
    return {_hash(name) for name in (*names, *crossed)}


def _looks(labels: Sequence[str], shares: Floats) -> list[str]:
    """Give the three classes that a name's form speaks for most."""
    return [f"looks {labels[at]} {int(shares[at] * 6)}" for at in shares.argsort()[::-1][:3]]


def _use(reading: Reading, candidate: Candidate) -> Iterator[str]:
    shapes = reading.tokens.shapes
    every = {shapes[at] for each in candidate.spots[:MOST] for at in range(each.first, each.last)}
    yield f"ever small {LOWER in every}"
    yield f"digits {NUMBER in every}"
    yield f"signs {SIGN in every}"


@lru_cache(maxsize=500_000)
def _hash(name: str) -> int:
    return crc32(name.encode())


def _form(reading: Reading, candidate: Candidate, heads: Heads) -> list[str]:
    tokens, spot = reading.tokens, candidate.spots[0]
    return list(form_features(tokens.folded[spot.first : spot.last], tokens.shapes[spot.first : spot.last], heads))


def form_hashes(words: Sequence[str], shapes: Sequence[int], heads: Heads) -> list[int]:
    """Give the hashed features of a name alone, without any text around it."""
    return sorted({_hash(name) for name in form_features(words, shapes, heads)})


def form_features(words: Sequence[str], shapes: Sequence[int], heads: Heads) -> Iterator[str]:
    """Give the features of a name alone: folded words and the shapes of its tokens."""
    signs = "".join(SHAPES[shape] for shape in shapes)
    yield f"form {_squeezed(signs)}"
    yield f"shapes {signs[:6]}"
    yield f"length {min(len(words), 8)}"
    yield f"first {words[0][:9]}"
    yield f"last {words[-1][:9]}"
    yield f"ending {words[-1][-3:]}"
    yield f"beginning {words[0][-3:]}"
    yield f"firsts {' '.join(words[:2])[:18]}" if len(words) > 1 else f"single {signs}"
    for word, sign in zip(words, signs, strict=True):
        if sign == "a" or len(words) > 1:
            yield f"word {word[:8]}"
    yield from (f"head {name}" for name in heads.of(words))


def _squeezed(shapes: str) -> str:
    return "".join(sign for at, sign in enumerate(shapes) if not at or sign != shapes[at - 1])


def _knowledge(candidate: Candidate, gazetteer: Gazetteer) -> Iterator[str]:
    found = gazetteer.find(candidate.name)
    yield f"gazetteer {found[0]}" if found else "gazetteer none"
    if found:
        yield f"gazetteer {found[0]} {min(found[1], 6)}"
        yield f"links {min(found[1], 6)}"
    if candidate.concept:
        yield "scheme"
        yield f"scheme times {min(len(candidate.spots), 4)}"
    if candidate.page:
        yield "linked page"


def _context(reading: Reading, spot: Spot) -> Iterator[str]:
    tokens, blocks = reading.tokens, reading.document.blocks
    yield from (f"hint {hint}" for hint in spot.hints)
    number = _block(blocks, tokens.starts[spot.first])
    block = blocks[number]
    yield f"block {block.kind} {block.name.lower()[:15]}"
    yield f"early {min(number, 4) if number < 4 else 5 if number < 10 else 6}"
    alone = tokens.starts[spot.first] == block.start and tokens.ends[spot.last - 1] == block.end
    yield f"alone {alone} {block.kind}"
    first = max(spot.first - 3, 0)
    before = tokens.folded[first : spot.first]
    after = tokens.folded[spot.last : spot.last + 3]
    for at, word in enumerate(reversed(before)):
        yield f"before {at} {word[:8]}"
    for at, word in enumerate(after):
        yield f"after {at} {word[:8]}"
    yield f"before {' '.join(before[-2:])}"
    yield f"after {' '.join(after[:2])}"
    yield f"initial {tokens.initial[spot.first]}"
    bracket = spot.first > 0 and tokens.words[spot.first - 1] == "("
    yield f"bracket {bracket} {tokens.words[spot.last] == '(' if spot.last < len(tokens) else False}"
    heading = next((blocks[at] for at in range(number, -1, -1) if blocks[at].kind == "heading"), None)
    if heading is not None and heading is not block:
        low, high = tokens.span(heading.start, heading.end)
        yield from (f"below {word[:8]}" for word in tokens.folded[low : min(high, low + 4)])


def _block(blocks: tuple[Block, ...], offset: int) -> int:
    low, high = 0, len(blocks) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if blocks[middle].start <= offset:
            low = middle
        else:
            high = middle - 1
    return low
