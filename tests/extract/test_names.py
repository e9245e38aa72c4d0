"""Names of one document: tokens, candidates, what stands around them, and the entities that come of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from commons_graph.extract.codes import code, joined
from commons_graph.extract.concepts import Concepts
from commons_graph.extract.knowledge import Knowledge
from commons_graph.extract.names.candidates import Reading, name_of, read
from commons_graph.extract.names.coreference import Judged
from commons_graph.extract.names.coreference import joined as joined_names
from commons_graph.extract.names.features import features_of
from commons_graph.extract.names.find import find_entities
from commons_graph.extract.names.subject import page_class
from commons_graph.extract.names.words import folded_name
from commons_graph.extract.records import LocalEntity, Mention
from commons_graph.extract.tokens import tokenise
from commons_graph.model import Block, Document, Mark

ROOT = Path(__file__).parents[2]
ADDRESSED = {"anne kervadec": 0.99, "dr anne kervadec": 0.7}


@cache
def knowledge() -> Knowledge:
    return Knowledge.load(ROOT)


def document(title: str, *paragraphs: str, language: str = "fr", kind: str = "web page") -> Document:
    text, blocks = "", []
    for number, part in enumerate((title, *paragraphs)):
        start = len(text)
        text += part + "\n"
        blocks.append(Block("paragraph" if number else "title", start, start + len(part)))
    return Document("d1", "test", "https://example.org/1", title, text, tuple(blocks), (), language, kind)


def reading(*paragraphs: str, marks: tuple[tuple[str, str], ...] = ()) -> Reading:
    page = document("Une page", *paragraphs)
    links = tuple(Mark("web", at := page.text.index(words), at + len(words), target) for words, target in marks)
    linked = Document(
        page.document_id, "test", page.address, page.title, page.text, page.blocks, links, "fr", page.kind
    )
    return read(linked, knowledge().concepts, knowledge().titles, knowledge().heads)


def entities(page: Document) -> dict[str, LocalEntity]:
    return {entity.label: entity for entity in find_entities([page], knowledge())[0].entities}


def features(found: Reading, name: str) -> set[int]:
    batch = features_of([found], ["Document"], knowledge())
    return set(batch.each()[list(found.candidates).index(name)].tolist())


def test_elisions_and_initials_are_tokens_of_their_own() -> None:
    words = tokenise("L'AFD et qu’Anne J. Martin aux U.S.A.", ()).words
    assert words == ["L'", "AFD", "et", "qu’", "Anne", "J.", "Martin", "aux", "U.S.A."]


def test_offsets_of_tokens_cut_the_same_words_from_the_text() -> None:
    text = "« Été » : d’un côté l’eau, de l’autre C++ & e-mail…"
    tokens = tokenise(text, ())
    assert [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)] == tokens.words


def test_a_sentence_starts_at_each_block() -> None:
    tokens = tokenise("Titre Suite", (6,))
    assert tokens.initial == [True, True]


def test_a_run_of_capitals_is_a_candidate_whole_and_in_parts() -> None:
    found = reading("Hier la Fabrique des Rivages du Ponant a reçu du monde.")
    assert {"fabrique des rivages du ponant", "fabrique des rivages", "ponant"} <= set(found.candidates)


def test_what_is_quoted_is_a_candidate_without_its_quotes() -> None:
    found = reading("Le film « Ce que l'eau nous doit » passe ce soir.")
    candidate = found.candidates[folded_name("Ce que l'eau nous doit")]
    assert name_of(found, candidate.spots[0]) == "Ce que l'eau nous doit"


def test_a_concept_is_found_in_its_plural_and_with_its_slug() -> None:
    concepts = Concepts.load(ROOT / "ontology" / "concepts.ttl")
    page = document("Une page", "Des coopératives de travail.")
    found = read(page, concepts, knowledge().titles, knowledge().heads)
    slugs = {candidate.concept for candidate in found.candidates.values() if candidate.concept}
    assert any("cooperative" in slug for slug in slugs)


def test_a_place_that_everybody_knows_is_known_without_accents_or_article() -> None:
    assert knowledge().known.classes[folded_name("Bresil")] == "Place"
    assert knowledge().known.classes[folded_name("les États-Unis")] == "Place"
    assert joined(code("known Place"), code("big")) in features(reading("Ils vont au Brésil."), "bresil")


def test_a_name_inside_a_longer_one_is_told_from_one_that_stands_free() -> None:
    found = reading("Hier, la Maison des Sources de Quimperlac a ouvert à tout le monde. Elle se trouve à Quimperlac.")
    always = joined(code("capital"), 1) ^ code("inside always")
    assert always in features(found, "maison des sources") and always not in features(found, "quimperlac")
    capital = code("capital") + code("part") & 0xFFFFFFFF
    assert joined(code("free at times"), capital) in features(found, "quimperlac")


def test_a_link_to_a_site_whose_host_bears_the_name_is_seen() -> None:
    found = reading("Avec Rivages bien sûr.", marks=(("Rivages", "https://www.rivages.example/"),))
    assert {code("link site"), code("host bears name True True")} <= features(found, "rivages")


def test_the_subject_of_a_document_has_its_key_and_comes_among_the_entities() -> None:
    page = document("La Fabrique des Rivages", "La Fabrique des Rivages est une association.")
    (named,) = find_entities([page], knowledge())
    subject, found = named.subject, named.entities
    assert subject is not None and subject.key == page.key and subject in found


def test_a_category_of_a_wiki_is_called_by_its_title_without_that_word() -> None:
    page = document("Category:France", "The commons in France.", language="en", kind="wiki entry")
    (named,) = find_entities([page], knowledge())
    assert named.subject is not None
    assert (named.subject.label, named.subject.key) == ("France", page.key)
    assert [page.cut(each.start, each.end) for each in named.subject.mentions] == ["France", "France"]
    assert [each.label for each in named.entities if "France" in each.label] == ["France"]


def test_keys_are_unique_and_mentions_cut_names_from_the_text() -> None:
    page = document(
        "Lettre de janvier",
        "Anne Kervadec, de l'association Fabrique des Rivages, était au Brésil avec Anne Kervadec et Paul Tanguy.",
    )
    found = find_entities([page], knowledge())[0].entities
    assert len({entity.key for entity in found}) == len(found)
    for entity in found[1:]:
        forms = {folded_name(page.cut(mention.start, mention.end)) for mention in entity.mentions}
        assert forms <= {folded_name(name) for name in (entity.label, *entity.aliases)}


def test_a_surname_alone_names_the_person_of_the_full_name() -> None:
    page = document(
        "Portrait",
        "Anne Kervadec is a researcher. In 2019 Kervadec wrote with Paul Tanguy about the commons.",
        language="en",
    )
    found = entities(page)
    assert "Kervadec" in found["Anne Kervadec"].aliases and "Kervadec" not in found


def test_small_words_that_open_a_sentence_are_no_part_of_a_persons_name() -> None:
    found = entities(
        document(
            "The commons debate",
            "As Anne Kervadec says, the law matters. Like Paul Tanguy, they see a transition.",
            "Anne Kervadec wrote a book about it, and so did Paul Tanguy.",
            language="en",
        )
    )
    assert {each.label for each in found.values() if each.cls == "Person"} == {"Anne Kervadec", "Paul Tanguy"}


def test_a_person_with_a_form_of_address_is_the_person() -> None:
    found = reading("We heard Dr Anne Kervadec speak of seeds.")
    judged = [Judged(name, "Person", sure, sure, found.candidates[name]) for name, sure in ADDRESSED.items()]
    subject = LocalEntity("k", "Une page", "Document", (Mention(0, 8),))
    _, groups = joined_names(found, subject, judged)
    assert [{each.name for each in group} for group in groups] == [set(ADDRESSED)]


@pytest.mark.parametrize(
    ("others", "anne"),
    [
        (("anne kervadec",), {"anne kervadec", "anne"}),
        (("anne kervadec", "anne tanguy"), {"anne"}),
        (("anne kervadec", "paul anne"), {"paul anne", "anne"}),
        (("anne and paul",), {"anne"}),
    ],
)
def test_a_given_name_is_the_one_person_who_has_it(others: tuple[str, ...], anne: set[str]) -> None:
    found = reading("Anne Kervadec, Anne Tanguy, Paul Anne, Anne and Paul, Anne.")
    judged = [Judged(name, "Person", 0.9, 0.9, found.candidates[name]) for name in (*others, "anne")]
    subject = LocalEntity("k", "Une page", "Document", (Mention(0, 8),))
    _, groups = joined_names(found, subject, judged)
    named = [{each.name for each in group} for group in groups]
    assert anne in named


def test_a_country_in_prose_is_a_place() -> None:
    found = entities(document("Voyage", "Le réseau travaille en Belgique et au Brésil depuis dix ans."))
    assert found["Belgique"].cls == found["Brésil"].cls == "Place"


def test_an_event_without_a_name_is_told_by_its_noun_where_a_day_is_given() -> None:
    dated = "Nous organisons les 29 et 30 mars 2024 à la ferme du val un séminaire de lancement sur les sols."
    found = entities(document("Nouvelles", dated, "Un séminaire est une forme de travail que nous aimons."))
    assert found["séminaire de lancement"].cls == "Event" and "séminaire" not in found


def test_what_stands_around_a_name_is_told_by_its_kind_of_word() -> None:
    said, other = reading("Il a rencontré Awa Diarra hier."), reading("Il a rencontre Awa Diarra hier.")
    assert features(said, "awa diarra") & features(other, "awa diarra")
    kinds = knowledge().word_kinds
    cities = kinds.of(tokenise("Lyon Paris Zxqv", ())).tolist()
    assert cities[0] == cities[1] != 0 == cities[2]


def test_a_pair_of_words_of_the_field_and_what_a_head_noun_announces_are_candidates() -> None:
    found = reading("Nous parlons de monnaie partagée lors de l'atelier de réparation des filets, à Brest.")
    assert {"monnaie partagee", "atelier de reparation", "atelier de reparation des filets"} <= set(found.candidates)


def test_names_on_both_sides_of_a_slash_are_two() -> None:
    assert {"belgique", "bresil"} <= set(reading("Anne Kervadec (Belgique/Brésil) est venue.").candidates)


def test_the_features_of_a_document_do_not_depend_on_its_neighbours() -> None:
    first = reading("Hier la Fabrique des Rivages a reçu Anne Kervadec.")
    alone = features(first, "anne kervadec")
    features(reading("Le Brésil et la Belgique."), "bresil")
    assert features(first, "anne kervadec") == alone


def test_a_hostile_text_is_read_in_a_bounded_number_of_candidates() -> None:
    found = reading("A de " * 4_000, "« " * 4_000, "(" * 4_000)
    assert sum(len(candidate.spots) for candidate in found.candidates.values()) < 40 * len(found.tokens)


def test_a_group_keeps_the_adjective_behind_its_capital() -> None:
    found = entities(document("Nouvelles", "Le groupe de travail Communs numériques de La Fabrique se réunit mardi."))
    assert found["Communs numériques"].kind == "cg:WorkingGroup" and "Communs" not in found


def test_an_item_in_small_letters_below_working_groups_is_no_group() -> None:
    text = ("Accueil", "Groupes de travail", "pour les œuvres collectives : mention du nom", "Rivages : chaque mardi")
    blocks, at = [], 0
    for kind, part in zip(("title", "heading", "item", "item"), text, strict=True):
        blocks.append(Block(kind, at, at + len(part), 2 if kind == "heading" else 0))
        at += len(part) + 1
    page = Document("d", "s", "https://s.example/", "Accueil", "\n".join(text), tuple(blocks), (), "fr", "web page")
    groups = [each.label for each in find_entities([page], knowledge())[0].entities if each.kind == "cg:WorkingGroup"]
    assert groups == ["Rivages"]


def test_a_short_page_is_as_sure_of_its_subject_as_what_it_calls_it() -> None:
    page = document("Vale Coop", "Vale Coop is a worker cooperative in Lyon.", language="en", kind="wiki entry")
    subject = find_entities([page], knowledge())[0].subject
    assert subject is not None and subject.cls == "Organization" and subject.confidence >= 0.6


def test_an_introduced_name_that_links_to_a_page_is_what_the_page_is_about() -> None:
    text = "Vale Coop\nVale Coop is a worker cooperative in Lyon, founded by the working group Digital Commons."
    link = Mark("wiki", at := text.index("Digital"), at + len("Digital Commons"), "Digital Commons (working group)")
    blocks = (Block("title", 0, 9), Block("paragraph", 10, len(text)))
    page = Document("d1", "test", "https://w.example/", "Vale Coop", text, blocks, (link,), "en", "wiki entry")
    assert entities(page)["Digital Commons"].key == "test:Digital Commons (working group)"


@pytest.mark.parametrize(
    ("title", "housekeeping"),
    [
        ("Talk:SolVivant", True),
        ("User talk:Awa", True),
        ("Discussion utilisateur:Awa", True),
        ("Utilisatrice:Awa", True),
        ("User:Awa77", True),
        ("User:Generated Content", False),
        ("Talk on the Commons: a Lecture", False),
        ("Discussion Paper: Care", False),
        ("Talk: Care", False),
    ],
)
def test_pages_about_pages_and_of_accounts_are_housekeeping_in_a_wiki(title: str, housekeeping: bool) -> None:
    page = document(title, "A platform for sharing tools.", language="en", kind="wiki entry")
    cls, _ = page_class(page, knowledge().page_types, knowledge().heads)
    assert (cls == "Other") == housekeeping


def test_a_country_in_brackets_is_no_other_name_of_what_stands_before_it() -> None:
    page = document("Les partenaires", "Le projet réunit l'Institut coopératif de Porto (Portugal) et l'université.")
    assert all("Portugal" not in each.aliases for each in entities(page).values())
    assert entities(page)["Portugal"].cls == "Place"


def test_an_acronym_may_have_the_article_of_the_name() -> None:
    page = document(
        "Nos partenaires",
        "La Coopérative des Rives (LCDR) est une association loi 1901 de Nantes. LCDR anime un réseau d'associations.",
    )
    found = {label: each.aliases for label, each in entities(page).items() if each.cls == "Organization"}
    assert any("LCDR" in aliases for aliases in found.values())
    assert "LCDR" not in found


def test_an_acronym_that_begins_with_l_is_not_of_a_name_without_article() -> None:
    page = document(
        "Partners",
        "Creative Commons and LCC founded a coalition. LCC is a cooperative in London. Creative Commons is a network.",
        language="en",
    )
    assert all("LCC" not in each.aliases for each in entities(page).values())


def test_a_title_with_an_apostrophe_is_the_subject_where_the_text_says_it_again() -> None:
    page = document("The Women’s Bank of Lyon", "In 2020, “The Women’s Bank of Lyon” was founded.", language="en")
    subject = find_entities([page], knowledge())[0].subject
    assert subject is not None
    assert [page.cut(each.start, each.end) for each in subject.mentions[1:]] == ["Women’s Bank of Lyon"]
