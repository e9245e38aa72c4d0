"""How a candidate looks to the model: features as numbers (`codes`), pooled over its mentions.

What belongs here: what the model may see. Whole names are not among it, only their form and their common words, so
that it learns what names look like and not the names of its training documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Protocol

from commons_graph.extract.codes import code
from commons_graph.extract.gazetteer import Gazetteer
from commons_graph.extract.linear import Batch, Floats, LinearModel
from commons_graph.extract.names.around import Around
from commons_graph.extract.names.candidates import Candidate, Reading
from commons_graph.extract.names.context import Context
from commons_graph.extract.names.heads import Heads
from commons_graph.extract.names.known import Known
from commons_graph.extract.tokens import LOWER, NUMBER, SIGN


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
    shares = knowledge.forms.one(Batch.of([[code(name) for name in names] for names in forms]))
    looks = [_looks(knowledge.forms.labels, each) for each in shares]
    around, context = Around.of(reading), Context.of(reading)
    document = reading.document
    common = [code(f"lang {document.language}"), code(f"kind {document.kind}"), code(f"own {own}")]
    found = []
    for candidate, form, look in zip(candidates, forms, looks, strict=True):
        every = set(common)
        every.update(map(code, _own(reading, candidate, knowledge.gazetteer, own, form, look)))
        every.update(around.features(candidate, knowledge.heads, knowledge.known))
        for spot in candidate.spots[:MOST]:
            every.update(context.features(spot))
        found.append(every)
    return found


def _own(
    reading: Reading, candidate: Candidate, gazetteer: Gazetteer, own: str, form: list[str], looks: list[str]
) -> Iterator[str]:
    """Give the names of the features that are the candidate's own, and which of them go together."""
    knowledge = list(_knowledge(candidate, gazetteer))
    yield from form
    yield from looks
    yield from knowledge
    yield from _use(reading, candidate)
    yield f"times {min(len(candidate.spots), 6)}"
    hints = {hint for spot in candidate.spots[:MOST] for hint in spot.hints}
    yield from (f"hint {hint}" for hint in hints)
    crossing = (knowledge[0], form[0], looks[0], f"kind {reading.document.kind}")
    yield from (f"{one} {other}" for one, other in combinations(crossing, 2))
    yield from (f"{looks[0]} {hint}" for hint in hints)
    yield f"own {own} {form[0]}"
    yield f"own {own} {looks[0]}"
    yield f"{form[0]} {' '.join(sorted({hint.split()[0] for hint in hints}))}"


def _looks(labels: Sequence[str], shares: Floats) -> list[str]:
    """Give the three classes that a name's form speaks for most."""
    return [f"looks {labels[at]} {int(shares[at] * 6)}" for at in shares.argsort()[::-1][:3]]


def _use(reading: Reading, candidate: Candidate) -> Iterator[str]:
    shapes = reading.tokens.shapes
    every = {shapes[at] for each in candidate.spots[:MOST] for at in range(each.first, each.last)}
    yield f"ever small {LOWER in every}"
    yield f"digits {NUMBER in every}"
    yield f"signs {SIGN in every}"


def _form(reading: Reading, candidate: Candidate, heads: Heads) -> list[str]:
    tokens, spot = reading.tokens, candidate.spots[0]
    return list(form_features(tokens.folded[spot.first : spot.last], tokens.shapes[spot.first : spot.last], heads))


def form_codes(words: Sequence[str], shapes: Sequence[int], heads: Heads) -> list[int]:
    """Give the features of a name alone, without any text around it, as numbers."""
    return sorted({code(name) for name in form_features(words, shapes, heads)})


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
