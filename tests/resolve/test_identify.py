"""Which keys are one thing, and which are not."""

from dataclasses import replace

import pytest

ORG, PERSON, GROUP, PROJECT = "org:Organization", "foaf:Person", "cg:Group", "cg:Project"
EVENT, CONCEPT, DOCUMENT, PLACE = "schema:Event", "skos:Concept", "foaf:Document", "schema:Place"


def test_redirects_lead_to_their_target_through_chains_and_cycles(world):
    target = world.page("Nicole Alix", PERSON)
    world.document("wiki", "Alix, Nicole", redirect="nicole_Alix")
    world.document("wiki", "N. Alix", redirect="Madame Alix")
    world.document("wiki", "Madame Alix", redirect="Nicole Alix")
    world.document("wiki", "Round", redirect="About")
    world.document("wiki", "About", redirect="Round")
    built = world.build()
    assert built.same(target, "wiki:Alix, Nicole", "wiki:N. Alix", "wiki:Madame Alix")
    assert not built.same(target, "wiki:Round")
    assert built.facts(target) >= {("prefLabel", "Nicole Alix@en"), ("altLabel", "N. Alix@en"),
                                   ("hiddenLabel", "Alix, Nicole@en")}  # fmt: skip


def test_a_redirect_to_a_talk_on_the_thing_or_to_a_section_is_not_the_thing(world):
    talks = {"Mendeley": "William Gunn on Mendeley", "Muhammad Yunus": "Muhammad Yunus on Business"}
    talks |= {"BioBright": "Adam Marblestone on the BioBright Project"}
    for title, target in talks.items():
        world.page(target, DOCUMENT)
        world.document("wiki", title, redirect=target)
    world.page("Commons in France", CONCEPT)
    world.document("wiki", "La Myne", redirect="Commons in France#Lyon")
    built = world.build()
    assert not built.same("wiki:La Myne", "wiki:Commons in France")
    assert [built.same(f"wiki:{title}", f"wiki:{target}") for title, target in talks.items()] == [False] * 3


def test_a_wiki_writes_one_title_in_several_ways(world):
    key = world.page("Coop des Communs", ORG)
    other = world.document("wiki", "Another")
    for written in ("wiki:coop des Communs", "wiki:Coop_des_Communs", "wiki:Coop des\u200e Communs"):
        world.say(other, other.key, "org:memberOf", written)
    assert world.build().same(key, "wiki:coop des Communs", "wiki:Coop_des_Communs", "wiki:Coop des\u200e Communs")


def test_titles_that_differ_in_case_and_punctuation_are_one_if_their_classes_agree(world):
    a, b = world.page("Sharing Cities", CONCEPT), world.page("Sharing cities", CONCEPT)
    c, d = world.page("Side Car", PROJECT), world.page("Sidecar", PROJECT)
    e, f = world.page("Open Everything", CONCEPT), world.page("Open everything", EVENT)
    built = world.build()
    assert built.same(a, b)
    assert built.same(c, d)
    assert not built.same(e, f)


def test_the_page_of_a_category_is_called_as_what_it_gathers(world):
    country = world.page("France", PLACE)
    category = world.document("wiki", "Category:France")
    world.mention(category, category.key, "France", PLACE)
    other = world.document("wiki", "Another")
    named = world.mention(other, "", "category: France", PLACE)
    study, other_study = world.page("Commons: A Study Of Them", DOCUMENT), world.page("A Study Of Them", DOCUMENT)
    built = world.build()
    assert built.same(country, category.key, named)
    assert not built.same(study, other_study)


def test_a_name_in_two_documents_is_one_entity(world):
    page = world.page("Elinor Ostrom", PERSON)
    letter, site = world.document("letters", "Lettre 1"), world.document("coop", "Accueil")
    a = world.mention(letter, "", "Elinor OSTROM", PERSON)
    b = world.mention(site, "", "Ostrom, Elinor", PERSON)
    assert world.build().same(page, a, b)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("UN Vienna", "Vienna", False),
        ("LA Gazette", "Gazette", False),
        ("the UN Vienna", "UN Vienna", True),
        ("La Fabrique Douce", "Fabrique Douce", True),
        ("LA FABRIQUE DOUCE", "Fabrique Douce", True),
        ("Un Jardin Ouvert", "Jardin Ouvert", True),
    ],
)
def test_an_acronym_in_front_of_a_name_is_no_article(world, one, other, same):
    letter, site = world.document("letters", "Lettre 1"), world.document("coop", "Accueil")
    keys = world.mention(letter, "", one, PLACE), world.mention(site, "", other, PLACE)
    assert world.build().same(*keys) is same


ACROSS = [
    ("Nicole", PERSON, False),
    ("J. Martin", PERSON, False),
    ("J. de Certeau", PERSON, False),
    ("E.F. Martin", PERSON, True),
    ("J. Martin Pedersen", PERSON, True),
    ("Gouvernance", GROUP, False),
    ("Comité de suivi", CONCEPT, True),
    ("UK", PLACE, True),
    ("the UK", PLACE, True),
    ("the Uk", PLACE, False),
    ("Comité de pilotage", GROUP, False),
    ("Plateformes en Communs", GROUP, False),
    ("Grand Débat des Communs", EVENT, False),
    ("AFD", ORG, True),
    ("Métropole européenne de Lille", ORG, True),
    ("Roubaix", PLACE, True),
    ("Rapport annuel", DOCUMENT, False),
    ("Le retour des communs", DOCUMENT, False),
    ("De quoi les communs sont-ils le nom", DOCUMENT, True),
]


def test_across_sources_only_names_that_are_their_own_make_one_entity(world):
    documents = world.document("letters", "Lettre 1"), world.document("coop", "Accueil")
    keys = [[world.mention(document, "", label, cls) for document in documents] for label, cls, _ in ACROSS]
    built = world.build()
    assert [(label, built.same(*pair)) for (label, _, _), pair in zip(ACROSS, keys, strict=True)] == [
        (label, one) for label, _, one in ACROSS
    ]


ONE_SOURCE = [
    ("The Great Transformation", DOCUMENT, True),
    ("Hacker Manifesto", DOCUMENT, True),
    ("Manifesto", DOCUMENT, False),
    ("Utopia", DOCUMENT, False),
    ("White Paper", DOCUMENT, False),
    ("Part II", DOCUMENT, False),
    ("Chapter 3", DOCUMENT, False),
    ("Common Sense", DOCUMENT, False),
]


def test_in_one_source_texts_of_two_words_are_one(world):
    world.page("Common sense", CONCEPT)
    documents = [world.document("wiki", f"Page {number}") for number in (1, 2)]
    keys = [[world.mention(document, "", label, cls) for document in documents] for label, cls, _ in ONE_SOURCE]
    built = world.build()
    assert [(label, built.same(*pair)) for (label, _, _), pair in zip(ONE_SOURCE, keys, strict=True)] == [
        (label, one) for label, _, one in ONE_SOURCE
    ]


def test_across_sources_the_class_must_be_equal_but_one_source_may_waver(world):
    letters = [world.document("letters", title) for title in ("Lettre 1", "Lettre 2")]
    a = world.mention(letters[0], "", "Mobi Coop", ORG)
    b = world.mention(letters[1], "", "Mobi Coop", PROJECT, 0.6)
    c = world.mention(world.document("coop", "Accueil"), "", "Mobi Coop", CONCEPT)
    built = world.build()
    assert built.same(a, b)
    assert not built.same(a, c)


def test_a_word_that_is_also_a_concept_is_no_name(world):
    world.page("Resilience", CONCEPT)
    a = world.mention(world.document("letters", "Lettre 1"), "", "Resilience", ORG)
    b = world.mention(world.document("coop", "Accueil"), "", "Resilience", ORG)
    assert not world.build().same(a, b)


def test_a_stray_mention_as_a_concept_does_not_make_a_name_a_common_word(world):
    letters = [world.document("letters", f"Lettre {number}") for number in range(12)]
    keys = [world.mention(letter, "", "Mobiville", ORG) for letter in letters]
    world.mention(world.document("letters", "Lettre 13"), "", "Mobiville", CONCEPT, 0.35)
    assert world.build().same(*keys)


@pytest.mark.parametrize(
    ("label", "cls"),
    [("The Institute", ORG), ("City Council", ORG), ("Alliances", ORG), ("The Initiative", PROJECT), ("Valley", PLACE)],
)
def test_a_word_that_only_says_what_a_thing_is_is_no_name(world, label, cls):
    keys = [world.mention(world.document("wiki", title), "", label, cls) for title in ("Un", "Deux")]
    assert not world.build().same(*keys)


def test_a_generic_group_is_one_in_one_organisations_own_source_but_not_in_a_wiki(world):
    a, b = (world.mention(world.document("coop", title), "", "Gouvernance", GROUP) for title in ("Un", "Deux"))
    c, d = (world.mention(world.document("wiki", title), "", "Gouvernance", GROUP) for title in ("Un", "Deux"))
    built = world.build()
    assert built.same(a, b)
    assert not built.same(c, d)


def test_a_group_is_one_under_one_organiser(world):
    groups = []
    for source, host in (("coop", "La Coop des Communs"), ("letters", "Coop des communs"), ("wiki", "Autre Coop")):
        document = world.document(source, "Page de " + source)
        groups.append(world.mention(document, "", "Communs et genre", GROUP))
        world.say(document, groups[-1], "org:subOrganizationOf", world.mention(document, "", host, ORG))
    built = world.build()
    assert built.same(*groups[:2])
    assert not built.same(*groups[1:])


@pytest.mark.parametrize(
    ("confidence", "decided", "one"),
    [(0.39, "", False), (0.4, "", True), (0.39, "accept", True), (0.9, "reject", False)],
)
def test_an_organiser_too_doubtful_to_be_published_joins_no_groups(world, confidence, decided, one):
    groups, said = [], []
    for source, host in (("coop", "La Coop des Communs"), ("letters", "Coop des communs")):
        document = world.document(source, "Page de " + source)
        groups.append(world.mention(document, "", "Communs et genre", GROUP))
        body = world.mention(document, "", host, ORG)
        said.append(world.say(document, groups[-1], "org:subOrganizationOf", body, confidence))
    if decided:
        world.decide("".join(f"- {decided}: {statement}\n" for statement in said))
    assert world.build().same(*groups) == one


@pytest.mark.parametrize("page", [True, False])
def test_a_body_of_one_word_wavers_between_two_classes_where_it_has_a_page(world, page):
    if page:
        world.page("Mobicoop", PROJECT)
    a = world.mention(world.document("wiki", "Page 1"), "", "Mobicoop", ORG)
    b = world.mention(world.document("wiki", "Page 2"), "", "Mobicoop", PROJECT)
    assert world.build().same(a, b) == page


@pytest.mark.parametrize(("others", "one"), [(0, True), (1, False)])
def test_an_acronym_is_the_one_name_that_texts_give_it_to(world, others, one):
    names = ["European Union"] * 3 + ["Ecological Urbanism"] * others
    for number, name in enumerate(names):
        page = world.document("wiki", f"Page {number}")
        world.say(page, world.mention(page, "", name, ORG), "skos:altLabel", "EU")
    last = world.document("wiki", "Last page")
    keys = [world.mention(last, "", label, cls) for label, cls in (("the EU", ORG), ("Eu", ORG))]
    place = world.mention(world.document("wiki", "A place"), "", "EU", PLACE)
    union = world.mention(world.document("wiki", "A union"), "", "European Union", ORG)
    built = world.build()
    assert built.same(union, keys[0]) == one
    assert not built.same(union, keys[1])
    assert not built.same(union, place)


def test_names_that_everybody_knows_for_one_thing_are_one(world):
    pages = [world.document("wiki", f"Page {number}") for number in range(3)]
    first, second = (
        world.mention(page, "", name, PLACE) for page, name in zip(pages, ("the U.S.", "USA"), strict=False)
    )
    french = world.mention(world.document("letters", "Lettre 1"), "", "États-Unis", PLACE)
    other = world.mention(pages[2], "", "Germany", PLACE)
    built = world.build()
    assert built.same(first, second, french)
    assert not built.same(first, other)


def test_events_that_everybody_knows_are_one_whatever_their_dates(world):
    pages = [world.document("wiki", f"Page {number}") for number in range(3)]
    names = ("World War II", "World War II", "Second World War")
    wars = [world.mention(page, "", name, EVENT) for page, name in zip(pages, names, strict=True)]
    for page, war, year in zip(pages, wars, ("1939", "1945", "1941"), strict=True):
        world.say(page, war, "schema:startDate", year)
    assert world.build().same(*wars)


def test_what_is_rarely_a_given_name_may_be_a_surname(world):
    full = [world.mention(world.document("wiki", f"Page {n}"), "", "Karl Marx", PERSON) for n in range(20)]
    for number, also in enumerate(("Marx and Engels", "Marx Lukács")):
        world.mention(world.document("wiki", f"Both {number}"), "", also, PERSON)
    bare = world.mention(world.document("wiki", "Bare"), "", "Marx", PERSON)
    assert world.build().same(*full, bare)


def test_an_acronym_that_many_things_have_is_no_name_of_one(world):
    for number in range(3):
        page = world.document("wiki", f"Page {number}")
        world.say(page, world.mention(page, "", "Conseil des Anciens", ORG), "skos:altLabel", "CA")
    council = world.mention(world.document("wiki", "A council"), "", "Conseil des Anciens", ORG)
    other = world.mention(world.document("coop", "Another"), "", "le CA", ORG)
    assert not world.build().same(council, other)


@pytest.mark.parametrize(
    ("said", "one"),
    [("surely", True), ("waits", False), ("waits", True), ("by a model", False), ("by a model", True),
     ("rejected", False)],
)  # fmt: skip
def test_an_acronym_that_waits_or_is_rejected_joins_nothing_until_it_is_accepted(world, said, one):
    statements = []
    for number in range(3):
        page = world.document("wiki", f"Page {number}")
        sure = 0.39 if number and said == "waits" else 0.9
        statements.append(world.say(page, world.mention(page, "", "European Union", ORG), "skos:altLabel", "EU", sure))
        if said == "by a model":
            world.statements[-1] = replace(world.statements[-1], extractor="language-model")
    if said == "rejected" or (one and said != "surely"):
        action = "reject" if said == "rejected" else "accept"
        world.decide("".join(f"- {action}: {statement}\n" for statement in statements))
    union = world.mention(world.document("wiki", "A union"), "", "European Union", ORG)
    short = world.mention(world.document("wiki", "Last page"), "", "the EU", ORG)
    assert world.build().same(union, short) == one


@pytest.mark.parametrize(
    ("also", "times", "cls", "one"),
    [("Foucault", 1, PERSON, True), ("Leon Foucault", 3, PERSON, False), ("Had Foucault", 2, PERSON, True),
     ("Foucault Martin", 1, PERSON, False), ("The Foucault", 1, PROJECT, False)],
)  # fmt: skip
def test_a_bare_surname_is_the_one_person_who_bears_it(world, also, times, cls, one):
    full = [world.mention(world.document("wiki", f"Page {n}"), "", "Michel Foucault", PERSON) for n in range(8)]
    bare = [world.mention(world.document("wiki", f"Bare {n}"), "", "Foucault", PERSON) for n in range(10 if one else 1)]
    for number in range(times):
        world.mention(world.document("wiki", f"Another {number}"), "", also, cls)
    built = world.build()
    assert built.same(*full, *bare) == one
    assert ("prefLabel", "Michel Foucault@en") in built.facts(full[0])


@pytest.mark.parametrize(
    ("said", "label"),
    [("As Ken Wilber", "Ken Wilber"), ("Via Wilber", "Wilber"), ("Dr. Ken Wilber", "Ken Wilber"),
     ("Dr Wilber", "Dr Wilber"), ("As professor Ken Wilber", "As professor Ken Wilber"), ("Asa Wilber", "Asa Wilber")],
)  # fmt: skip
def test_a_word_before_a_person_is_no_name(world, said, label):
    key = world.page(said, PERSON)
    named = world.mention(world.document("letters", "Lettre 1"), "", "Ken Wilber", PERSON)
    built = world.build()
    assert ("prefLabel", f"{label}@en") in built.facts(key)
    assert built.same(key, named) == (label == "Ken Wilber")


def test_events_of_several_years_are_several(world):
    keys = []
    for number, day in enumerate(("2024-05-02", "2024-05-02", "2025-05-02", "", "")):
        document = world.document("coop", f"Page {number}")
        keys.append(world.mention(document, "", "Grand Atelier des communs", EVENT))
        if day:
            world.say(document, keys[-1], "schema:startDate", day, datatype="xsd:date", lang="")
    built = world.build()
    assert built.same(*keys[:2])
    assert built.same(*keys[3:])
    assert len({built.entity(key) for key in keys}) == 3


def test_generic_events_are_one_only_on_one_day(world):
    keys = []
    for number, day in enumerate(("2025-04-24", "2025-04-24", "2025", "2025", "2025-11-20")):
        document = world.document("coop", f"Page {number}")
        keys.append(world.mention(document, "", "Assemblée générale", EVENT))
        world.say(document, keys[-1], "schema:startDate", day, datatype="xsd:date", lang="")
    built = world.build()
    assert built.same(*keys[:2])
    assert len({built.entity(key) for key in keys}) == 4


def test_two_pages_of_one_title_are_two_texts(world):
    first = world.document("coop", "Nos communs et nous")
    second = world.document("letters", "Nos communs et nous")
    keys = [world.mention(d, d.key, "Nos communs et nous tous", DOCUMENT) for d in (first, second)]
    assert not world.build().same(*keys)


def test_the_class_is_voted_and_the_own_page_counts_most(world):
    own = world.page("Hôtel du Nord", ORG)
    others = [world.document("wiki", title) for title in ("A", "B", "C")]
    said = [world.say(document, own, "rdf:type", PLACE) for document in others]
    built = world.build()
    assert built.rows(f"SELECT class FROM entity WHERE entity = '{built.entity(own)}'") == [("Organization",)]
    assert {built.why_not(statement) for statement in said} == {"class"}


def test_a_kind_is_published_beside_its_class_only(world):
    group = world.page("Communs et genre", GROUP)
    page = world.document("wiki", "Communs et genre")
    world.say(page, group, "rdf:type", "cg:WorkingGroup", 0.5)
    wrong = world.say(page, group, "rdf:type", "org:FormalOrganization", 0.5)
    built = world.build()
    assert {o for p, o in built.facts(group) if p == "type"} == {
        "https://w3id.org/commons-graph/ns#Group", "https://w3id.org/commons-graph/ns#WorkingGroup"}  # fmt: skip
    assert built.why_not(wrong) == "class"


def test_hostile_names_do_no_harm(world):
    document = world.document("wiki", "It's; DROP TABLE statement; --")
    for label in ("'", "#", "…", "a" * 5000, "x:" * 500, "ß", "\u202e\u200f", "'; DELETE FROM source; --"):
        world.mention(document, "", label, ORG)
    assert world.build().rows("SELECT count(*) FROM source") == [(3,)]


def test_a_page_is_known_by_the_label_of_its_subject(world):
    site = world.document("coop", "Accueil")
    own = world.mention(site, site.key, "Coopérative Zinzoline", ORG)
    letter = world.mention(world.document("letters", "Lettre 1"), "", "Coopérative Zinzoline", ORG)
    assert world.build().same(own, letter)
