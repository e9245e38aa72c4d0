"""What is published of the statements, and why the rest is not."""

import pytest

from commons_graph.errors import CommonsError
from commons_graph.resolve import graph

ORG, PERSON, PROJECT, EVENT, CONCEPT = "org:Organization", "foaf:Person", "cg:Project", "schema:Event", "skos:Concept"
ID = "https://w3id.org/commons-graph/id/"


def labels(built, key: str) -> set[tuple[str, str]]:
    return {fact for fact in built.facts(key) if fact[0].endswith("Label")}


def test_curies_become_addresses_and_literals_keep_their_kind(world):
    key = world.page("Mobicoop", ORG)
    page = world.document("wiki", "Mobicoop")
    world.say(page, key, "schema:foundingDate", "2011", datatype="xsd:gYear", lang="")
    world.say(page, key, "foaf:homepage", "https://mobicoop.example/")
    built = world.build()
    assert built.rows("SELECT * EXCLUDE (statement_id, subject) FROM resolved ORDER BY predicate") == [
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://www.w3.org/ns/org#Organization", "iri", "", ""),
        ("http://www.w3.org/2004/02/skos/core#prefLabel", "Mobicoop", "literal", "", "en"),
        ("http://xmlns.com/foaf/0.1/homepage", "https://mobicoop.example/", "iri", "", ""),
        ("https://schema.org/foundingDate", "2011", "literal", "http://www.w3.org/2001/XMLSchema#gYear", ""),
    ]
    assert built.rows("SELECT DISTINCT subject FROM resolved") == [(ID + built.entity(key),)]


def test_one_preferred_label_a_language_and_the_others_are_alternatives(world):
    key = world.page("Coop des Communs", ORG)
    for source, label, confidence in (("coop", "La Coop des Communs", 0.9), ("letters", "La Coop", 0.7)):
        document = world.document(source, "Page")
        world.mention(document, key, label, ORG, confidence)
        world.say(document, key, "skos:altLabel", "LCDC")
    repeated = world.say(world.document("coop", "Page"), key, "skos:altLabel", "La Coop des Communs")
    built = world.build()
    assert labels(built, key) == {
        ("prefLabel", "Coop des Communs@en"), ("prefLabel", "La Coop des Communs@fr"),
        ("altLabel", "La Coop@fr"), ("altLabel", "LCDC@fr")}  # fmt: skip
    assert built.why_not(repeated) == "label"


def test_a_hidden_label_that_is_shown_is_not_hidden(world):
    key = world.page("Mobicoop", ORG)
    page = world.document("wiki", "Mobicoop")
    for name in ("skos:altLabel", "skos:hiddenLabel"):
        world.say(page, key, name, "Covoiturage Ouest")
    assert labels(world.build(), key) == {("prefLabel", "Mobicoop@en"), ("altLabel", "Covoiturage Ouest@en")}


def test_a_name_that_only_looks_different_is_hidden(world):
    key = world.page("Mobicoop", ORG)
    page = world.document("wiki", "Mobicoop")
    alike = ("The Mobicoop", "MOBICOOP", "Mobi-Coop", "Mobicóop")
    said = [world.say(page, key, "skos:altLabel", name) for name in alike]
    for name in ("MC", "Mobicoop Ouest"):
        world.say(page, key, "skos:altLabel", name)
    world.say(page, key, "skos:hiddenLabel", "MOBICOOP")
    # In another language it is the name to show.
    world.say(page, key, "skos:altLabel", "MobiCoop", lang="fr")
    built = world.build()
    assert labels(built, key) == {
        ("prefLabel", "Mobicoop@en"), ("altLabel", "MC@en"), ("altLabel", "Mobicoop Ouest@en"),
        ("altLabel", "MobiCoop@fr"), *(("hiddenLabel", f"{name}@en") for name in alike)}  # fmt: skip
    assert {built.why_not(statement) for statement in said} == {""}


def test_of_other_names_that_only_look_different_the_heaviest_is_shown(world):
    key = world.page("Coopérative des prés", ORG)
    for title, name in (("A", "Pres & co"), ("B", "PRÉS & CO"), ("C", "PRÉS & CO"), ("D", "Les prés & co")):
        world.say(world.document("wiki", title), key, "skos:altLabel", name)
    assert labels(world.build(), key) == {
        ("prefLabel", "Coopérative des prés@en"), ("altLabel", "PRÉS & CO@en"),
        ("hiddenLabel", "Pres & co@en"), ("hiddenLabel", "Les prés & co@en")}  # fmt: skip


def test_the_name_of_a_person_turned_round_is_hidden_and_that_of_anything_else_is_not(world):
    person, event = world.page("Ada Roy", PERSON), world.page("Lyon Assemblée", EVENT)
    world.say(world.document("wiki", "Ada Roy"), person, "skos:altLabel", "Roy, Ada")
    world.say(world.document("wiki", "Lyon Assemblée"), event, "skos:altLabel", "Assemblée, Lyon")
    built = world.build()
    assert labels(built, person) == {("prefLabel", "Ada Roy@en"), ("hiddenLabel", "Roy, Ada@en")}
    assert labels(built, event) == {("prefLabel", "Lyon Assemblée@en"), ("altLabel", "Assemblée, Lyon@en")}


CALLED = {
    "Delcourt, Margaux": "Margaux Delcourt",
    "de La Tour, Anne-Marie": "Anne-Marie de La Tour",
    "D'Arc, Jeanne": "Jeanne D'Arc",
    "Valmont, Srđan": "Srđan Valmont",
    "Valmont, Présentine": "Présentine Valmont",
    "King, Jr": "King, Jr",
    "King, Martin Luther Jr": "King, Martin Luther Jr",
    "Lefort, Professor": "Lefort, Professor",
    "Lefort, PhD": "Lefort, PhD",
    "Nadia Lefort, Lyon": "Nadia Lefort, Lyon",
    "Lefort, Nadia, Lyon": "Lefort, Nadia, Lyon",
    "Lefort, présidente": "Lefort, présidente",
}


def test_a_person_is_not_called_by_the_family_name_first(world):
    keys = {said: world.page(said, PERSON) for said in CALLED}
    built = world.build()
    found = {said: labels(built, key) for said, key in keys.items()}
    assert found == {said: {("prefLabel", f"{label}@en")} for said, label in CALLED.items()}


def test_only_a_person_is_called_the_other_way_round(world):
    key = world.page("Valbrune, Métropole", ORG)
    assert labels(world.build(), key) == {("prefLabel", "Valbrune, Métropole@en")}


def test_doubtful_statements_wait(world):
    a, b = world.page("Mobicoop", ORG), world.page("AFD", ORG)
    page = world.document("wiki", "Mobicoop")
    waits = world.say(page, a, "cg:foundedBy", b, 0.39)
    goes = world.say(page, a, "cg:fundedBy", b, 0.4)
    built = world.build()
    assert (built.why_not(waits), built.why_not(goes)) == ("confidence", "")


NOWHERE = {
    "wiki:Mobicoop": "self",
    "wiki:mobicoop": "self",
    "wiki:No such page": "object",
    "cgc:no-such-concept": "object",
    "cgc:commons": "",
    "https://x.example/a b": "iri",
    "https://x.example/a": "",
}


def test_what_points_nowhere_is_left_out(world):
    key, page = world.page("Mobicoop", ORG), world.document("wiki", "Mobicoop")
    made = {value: world.say(page, key, "dct:subject", value) for value in NOWHERE}
    built = world.build()
    assert {value: built.why_not(statement) for value, statement in made.items()} == NOWHERE


def test_of_a_property_with_one_value_the_best_is_taken(world):
    key = world.page("Mobicoop", ORG)
    found = {}
    for source, address, confidence in (
        ("wiki", "b", 0.8),
        ("coop", "c", 0.8),
        ("letters", "d", 0.7),
        ("coop", "a", 0.6),
    ):
        page = world.document(source, "Page " + address)
        found[address] = world.say(page, key, "foaf:homepage", f"https://{address}.example/", confidence)
    built = world.build()
    assert {o for p, o in built.facts(key) if p == "homepage"} == {"https://c.example/"}
    assert [address for address, statement in found.items() if built.why_not(statement) == "single"] == ["b", "d", "a"]


def test_an_end_comes_from_the_document_that_gave_the_start(world):
    key = world.page("Forum des communs 2025", EVENT)
    for source, start, end, confidence in (
        ("coop", "2025-03-01", "2025-03-02", 0.9),
        ("letters", "2025-01-01", "2025-01-09", 0.8),
    ):
        page = world.document(source, "Page")
        world.say(page, key, "schema:startDate", start, confidence, datatype="xsd:date", lang="")
        world.say(page, key, "schema:endDate", end, 0.95, datatype="xsd:date", lang="")
    world.say(world.document("wiki", "Forum des communs 2025"), key, "schema:endDate", "2024-01-01", 0.99)
    built = world.build()
    assert {(p, o) for p, o in built.facts(key) if p.endswith("Date")} == {
        ("startDate", "2025-03-01"), ("endDate", "2025-03-02")}  # fmt: skip


COMPANIONS = ("schema:endDate", "cg:dateText", "cg:dateAnchor", "cg:edtf")
STARTS = {
    "2024-11-14": ("2024-11-15", "14 et 15 novembre", "2024-11", "2024-11-14/2024-11-15"),
    "2025-05-15": ("2025-05-16", "15 mai 2025", "2025", "2025-05-15/2025-05-16"),
}


def two_starts(world) -> tuple[str, dict[str, str]]:
    """Say of one event in one document when it was and when it is; give its key and the statements of the starts."""
    key, page = world.page("Assemblée", EVENT), world.document("coop", "Compte rendu")
    said = {}
    for at, (start, beside) in enumerate(STARTS.items()):
        said[start] = world.say(page, key, "schema:startDate", start, 0.9 - at / 10, at, lang="")
        for name, value in zip(COMPANIONS, beside, strict=True):
            world.say(page, key, name, value, 0.8 + at / 10, at, lang="")
    return key, said


def dates(built, key: str) -> set[tuple[str, str]]:
    return {(p, o) for p, o in built.facts(key) if p.lower().endswith("date") or p.startswith(("date", "edtf"))}


def test_what_goes_with_a_start_comes_from_the_words_that_gave_it(world):
    key, said = two_starts(world)
    built = world.build()
    names = ("startDate", "endDate", "dateText", "dateAnchor", "edtf")
    assert dates(built, key) == set(zip(names, ("2024-11-14", *STARTS["2024-11-14"]), strict=True))
    assert built.why_not(said["2025-05-15"]) == "single"


def test_an_end_goes_with_the_same_start_elsewhere_in_the_document(world):
    key, page = world.page("Forum", EVENT), world.document("coop", "Agenda")
    world.say(page, key, "schema:startDate", "2025-06-12", 0.9, 0, lang="")
    for name, value in (("schema:endDate", "2025-06-14"), ("cg:edtf", "2025-06-12/2025-06-14")):
        world.say(page, key, name, value, 0.5, 1, lang="")
    assert {("startDate", "2025-06-12"), ("endDate", "2025-06-14")} <= dates(world.build(), key)


def test_nothing_goes_with_a_start_that_is_not_published(world):
    key, said = two_starts(world)
    world.decide("".join(f"  - reject: {start}\n" for start in said.values()))
    assert dates(world.build(), key) == set()


def test_a_name_of_which_nothing_is_known_stays_out(world):
    page = world.document("letters", "Lettre 1")
    alone = world.mention(page, "", "Association des Riens", ORG)
    tied, host = world.mention(page, "", "Réseau des Liens", ORG), world.mention(page, "", "Maison des Liens", ORG)
    world.say(page, tied, "org:memberOf", host)
    twice = [world.mention(world.document("coop", title), "", "Coopérative Deux Fois", ORG) for title in ("A", "B")]
    built = world.build()
    published = {entity for (entity,) in built.rows("SELECT entity FROM entity")}
    assert {built.entity(key) for key in (tied, host, twice[0])} == published
    assert ("alone",) in built.rows("SELECT reason FROM unpublished")
    assert built.entity(alone) not in published


def test_an_entity_without_label_or_type_stays_out_with_what_points_to_it(world):
    page, key = world.document("wiki", "Mobicoop"), world.page("Mobicoop", ORG)
    world.say(page, "wiki:Typed only", "rdf:type", ORG)
    world.say(page, "wiki:Named only", "skos:prefLabel", "Named only")
    made = [world.say(page, key, "cg:partnerOf", other) for other in ("wiki:Typed only", "wiki:Named only")]
    built = world.build()
    assert [built.why_not(statement) for statement in made] == ["object", "object"]
    assert len(built.rows("FROM entity")) == 1


@pytest.mark.parametrize(
    ("label", "cls", "page", "published"),
    [("1906-1992", PROJECT, False, False), ("2.0", ORG, False, False), ("1906-1992", PROJECT, True, True),
     ("1984", "foaf:Document", False, True), ("Web 2.0", PROJECT, False, True)],
)  # fmt: skip
def test_digits_alone_are_no_name(world, label, cls, page, published):
    if page:
        world.page(label, cls)
    letters = [world.document("wiki", f"Page {number}") for number in range(2)]
    keys = [world.mention(letter, "", label, cls) for letter in letters]
    world.say(letters[0], keys[0], "cg:partnerOf", world.page("Mobicoop", ORG))
    built = world.build()
    assert (label in {name for (name,) in built.rows("SELECT label FROM entity")}) == published


def test_an_unknown_prefix_is_said_by_name(world):
    key = world.page("Mobicoop", ORG)
    world.say(world.document("wiki", "Mobicoop"), key, "nonsense:property", "x")
    with pytest.raises(CommonsError, match="`nonsense:property`"):
        world.build()


def test_every_statement_is_published_once_or_held_back_for_one_reason(world):
    for title, cls in (("Mobicoop", ORG), ("AFD", PROJECT), ("Resilience", CONCEPT)):
        key = world.page(title, cls)
        page = world.document("wiki", title)
        for other in ("wiki:AFD", "wiki:Nothing", "cgc:commons", "coop:x#Y"):
            world.say(page, key, "dct:subject", other, 0.6)
            world.say(page, other, "skos:altLabel", "Z", 0.45)
    built = world.build()
    seen = built.rows("SELECT statement_id FROM resolved UNION ALL SELECT statement_id FROM unpublished ORDER BY 1")
    assert seen == built.rows("SELECT statement_id FROM statement ORDER BY 1")


def test_quarantine_takes_triples_out_and_what_loses_its_name_with_them(world):
    a, b = world.page("Mobicoop", ORG), world.page("AFD", ORG)
    tie = world.say(world.document("wiki", "Mobicoop"), a, "cg:partnerOf", b)
    built = world.build()
    assert graph.publishable(built.connection) == 5
    query = "INSERT INTO quarantine SELECT statement_id, 'shape', '' FROM resolved WHERE "
    built.connection.execute(query + f"statement_id = '{tie}'")
    assert graph.publishable(built.connection) == 4
    built.connection.execute("DELETE FROM quarantine")
    built.connection.execute(query + "object = 'AFD'")
    assert graph.publishable(built.connection) == 2
    assert built.rows("SELECT DISTINCT subject FROM triple") == [(ID + built.entity(a),)]
