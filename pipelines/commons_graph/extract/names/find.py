"""Finds the entities of documents: settles overlaps of what is judged to be names, joins the names of one thing.

What does not belong here: hints (`candidates`), judging them (`judged`), joining names (`coreference`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress, repeat
from typing import TYPE_CHECKING, cast

from commons_graph.extract.dates import Dated
from commons_graph.extract.names.candidates import Candidate, Reading, name_of, read
from commons_graph.extract.names.coreference import Judged, joined
from commons_graph.extract.names.described import described
from commons_graph.extract.names.introduced import Introduced, introduced
from commons_graph.extract.names.inverted import straightened
from commons_graph.extract.names.judged import judge
from commons_graph.extract.names.subject import OTHER, WIKI, own_name, page_class
from commons_graph.extract.names.taken import Taken
from commons_graph.extract.names.two_persons import told_apart
from commons_graph.extract.names.words import bare_person, folded_name, folded_words
from commons_graph.extract.records import LocalEntity, Mention
from commons_graph.extract.time_marks import dates_of
from commons_graph.extract.tokens import Tokens
from commons_graph.model import Document, EntityClass

if TYPE_CHECKING:
    from commons_graph.extract.knowledge import Knowledge

EXTRACTOR = "names"
INTRODUCED = "introductions"
SURE = 0.85
CLEARLY = 0.4
"""How sure the model must be that a page which is no wiki entry is about something else than itself."""
SUBJECT = "page-type"


@dataclass(frozen=True, slots=True)
class Named:
    """What is found in a document before relations: the class of its subject, the subject and all entities with it.

    Where the document says nothing, there is no subject. `tokens` and `dates` are what was read on the way.
    """

    own: str
    subject: LocalEntity | None = None
    entities: tuple[LocalEntity, ...] = ()
    tokens: Tokens | None = None
    dates: Sequence[Dated] = ()


def find_entities(documents: Sequence[Document], knowledge: Knowledge) -> list[Named]:
    """Give what is named in each document, entities in text order. All are judged together, which costs less."""
    owns = [page_class(each, knowledge.page_types, knowledge.heads) for each in documents]
    told = [each.redirect == "" and own != OTHER for each, (own, _) in zip(documents, owns, strict=True)]
    readings = [read(each, knowledge.concepts, knowledge.titles, knowledge.heads) for each in compress(documents, told)]
    judged = judge(readings, [own for own, _ in compress(owns, told)], knowledge)
    named = map(_named, readings, compress(owns, told), judged, repeat(knowledge))
    return [next(named) if says else Named(own) for says, (own, _) in zip(told, owns, strict=True)]


def _named(reading: Reading, owned: tuple[str, float], judged: list[Judged], knowledge: Knowledge) -> Named:
    own, certain = owned
    reading, judged = straightened(reading, told_apart(reading, judged))
    document = reading.document
    title = folded_name(own_name(document))
    if document.kind != WIKI:
        clear = ((each.cls, each.confidence) for each in judged if each.name == title and each.confidence >= CLEARLY)
        own, certain = next(clear, (own, certain))
    others = [each for each in judged if each.name not in (title, folded_name(document.title))]
    subject = _subject(reading, title, cast("EntityClass", own), certain)
    subject, groups = joined(reading, subject, others)
    named = introduced(reading, knowledge.introductions)
    taken = Taken.by(named, reading)
    entities = [_local(reading, each, knowledge) for each in groups if not taken.all_of(each)]
    entities += _introduced(reading, named)
    dates = dates_of(document, knowledge.dates)
    entities += _introduced(reading, list(described(reading, knowledge.heads, dates, (subject, *entities))))
    found = _in_order(subject, entities)
    return Named(own, found[0], found, reading.tokens, dates)


def _subject(reading: Reading, title: str, cls: EntityClass, certain: float) -> LocalEntity:
    document = reading.document
    block = document.blocks[0]
    spots = reading.candidates[title].spots if title in reading.candidates else []
    mentions = [_mention(reading, spot.first, spot.last) for spot in spots]
    name = own_name(document)
    own = Mention(block.end - len(name), block.end)
    later = tuple(mention for mention in mentions if mention.start >= block.end)
    return LocalEntity(document.key, name, cls, (own, *later), confidence=certain, extractor=SUBJECT)


def _local(reading: Reading, group: list[Judged], knowledge: Knowledge) -> LocalEntity:
    """Give the entity of a group of names: the surest name gives the class, the fullest the label."""
    surest = max(group, key=lambda each: (each.confidence, each.name))
    spots = sorted((spot for each in group for spot in each.candidate.spots), key=lambda spot: spot.first)
    forms = {name_of(reading, spot): spot for spot in reversed(spots)}
    bare = {form: bare_person(form) if surest.cls == "Person" else form for form in forms}
    form = max(forms, key=lambda each: (_fullness(bare[each]), bare[each] == each, -forms[each].first))
    first = forms[form]
    kind, cut = knowledge.heads.first(reading.tokens.stems[first.first : first.last], surest.cls)
    candidates = [each.candidate for each in group]
    mentions = [_mention(reading, spot.first, spot.last) for spot in spots]
    lead = _mention(reading, first.first, first.last)
    names = {name_of(reading, spot): each.name for each in group for spot in each.candidate.spots}
    label, aliases = _clean(bare[form], cut, names)
    return LocalEntity(
        key=_key(reading.document, label, surest.cls, candidates),
        label=label,
        cls=surest.cls,
        mentions=(lead, *(mention for mention in mentions if mention != lead)),
        aliases=aliases,
        kind=kind,
        page=next((each.page for each in candidates if each.page), ""),
        confidence=surest.confidence,
        extractor=EXTRACTOR,
    )


def _introduced(reading: Reading, named: list[Introduced]) -> list[LocalEntity]:
    """Give the introduced names as entities, each with all mentions of its name."""
    tokens = reading.tokens
    by_name: dict[str, list[Introduced]] = {}
    for each in named:
        by_name.setdefault(folded_words(tokens, each.first, each.last), []).append(each)
    found = []
    for name, same in by_name.items():
        candidate = reading.candidates.get(name, Candidate(name))
        spots = candidate.spots
        ranges = sorted({*((each.first, each.last) for each in same), *((spot.first, spot.last) for spot in spots)})
        mentions = tuple(_mention(reading, first, last) for first, last in ranges)
        forms = [reading.document.cut(mention.start, mention.end) for mention in mentions]
        label = next((form for form in forms if not form.isupper()), forms[0].capitalize())
        aliases = tuple(dict.fromkeys(form for form in forms if form != label))
        first = same[0]
        key = _key(reading.document, label, first.cls, [candidate])
        found.append(
            LocalEntity(key, label, first.cls, mentions, aliases, first.kind, candidate.page, SURE, INTRODUCED)
        )
    return found


def _clean(label: str, cut: int, names: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Give the label as people write it, and the other forms, each with its folded name in `names`.

    A shouted group heading loses its "GROUPE DE TRAVAIL".
    """
    words = label.split()
    if label.isupper() and len(words) > 2:
        short = words[cut:] if cut and len(words) > cut else words
        label = " ".join(short).strip(" :–-").capitalize()
    others = {" ".join(form.split()): name for form, name in names.items()}
    others.pop(label, None)
    distinct = {name: form for form, name in sorted(others.items())}
    distinct.pop(folded_name(label), None)
    return " ".join(label.split()), tuple(distinct[name] for name in sorted(distinct))


def _fullness(form: str) -> tuple[bool, int]:
    return not form.isupper(), len(form)


def _key(document: Document, label: str, cls: str, candidates: list[Candidate]) -> str:
    slug = next((each.concept for each in candidates if each.concept), "")
    if slug and cls == "Concept":
        return f"cgc:{slug}"
    page = next((each.page for each in candidates if each.page and ":" not in each.page), "")
    if page and document.kind == WIKI:
        return f"{document.source}:{page[0].upper()}{page[1:]}"
    return f"{document.source}:{document.document_id}#{label}"


def _mention(reading: Reading, first: int, last: int) -> Mention:
    return Mention(reading.tokens.starts[first], reading.tokens.ends[last - 1])


def _in_order(subject: LocalEntity, entities: list[LocalEntity]) -> tuple[LocalEntity, ...]:
    """Give all entities by first mention; two with one key (two texts link to one page) become one."""
    found: dict[str, LocalEntity] = {subject.key: subject}
    for entity in sorted(entities, key=lambda each: (each.mentions[0].start, -len(each.label))):
        held = found.get(entity.key)
        found[entity.key] = entity if held is None else _both(held, entity)
    return tuple(found.values())


def _both(held: LocalEntity, other: LocalEntity) -> LocalEntity:
    mentions = tuple(dict.fromkeys((*held.mentions, *other.mentions)))
    names = dict.fromkeys(name for name in (*held.aliases, other.label, *other.aliases) if name != held.label)
    return replace(held, mentions=mentions, aliases=tuple(names))
