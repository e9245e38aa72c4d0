"""The 25 questions: each is a good query of our own terms, and each finds its answer in good.ttl."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store

HERE = Path(__file__).parent
ONTOLOGY = HERE.parents[1] / "ontology"
QUERIES = {path.stem: path.read_text(encoding="utf-8") for path in sorted((ONTOLOGY / "queries").glob("*.rq"))}
PREFIXES: dict[str, str] = yaml.safe_load((ONTOLOGY / "prefixes.yaml").read_text(encoding="utf-8"))
EX = "https://example.org/"
# The names that the files ask about, and those of good.ttl; letter case must not matter.
NAMES = {
    '"La Coop des Communs"': '"la ruche des COMMUNS"',
    "^(La Coop des Communs|": "^(la ruche des COMMUNS|",
    "^(ReVals|": "^(sourcevive|",
    '"France"': '"Valbrume"',
    "cgc:digital-commons": "cgc:commons",
}
WITHOUT_ENGLISH = f"<{EX}word> a <{PREFIXES['skos']}Concept> ; <{PREFIXES['skos']}prefLabel> 'aigua comuna'@ca ."
# The values of the first variable of each answer.
ANSWERS: dict[str, set[str]] = {
    "bridges": {"Maëlle d'Arc-Kervern", "Ville de Valbrume"},
    "commons-and-communities": {"Communs et eau", "Commons Hive"},
    "communities-without-rules": {"Communs et eau"},
    "concepts-without-english": {f"{EX}word"},
    "contacts": {"Communs et eau"},
    "contacts-by-february-2025": {"Communs et eau"},
    "dates-completed": {"Séminaire SourceVive"},
    "decisions": {"same"},
    "digital-commons-documents": {"L'eau, un commun ?"},
    "eu-projects": {"SourceVive"},
    "events-in-january-2025": {"Séminaire SourceVive"},
    "founders": {"Commons Hive"},
    "homonyms": {"pauline roc"},
    "legal-forms": {"association under the law of 1901"},
    "project-partners": {"Ville de Valbrume", "Commons Hive", "Maëlle d'Arc-Kervern"},
    "public-authorities": {"Ville de Valbrume"},
    "shared-activities": {"Ville de Valbrume", "Maëlle d'Arc-Kervern"},
    "shared-themes": {"water commons"},
    "sources-by-licence": {"Infolettres"},
    "statements-by-extractor": {"https://w3id.org/commons-graph/extractor/cues/1"},
    "theses": {"L'eau, un commun ?"},
    "working-groups": {"Communs et eau"},
}
LARGE = {"commons-concepts", "least-certain", "where-from"}


@pytest.fixture(scope="module")
def store() -> Store:
    """good.ttl with the vocabulary, and a statement for each triple that good.ttl gives a thing."""
    store = Store()
    store.load(path=str(HERE / "good.ttl"))
    store.load(WITHOUT_ENGLISH, format=RdfFormat.TURTLE)
    things = [quad for quad in store if str(quad.predicate.value).startswith(tuple(_properties()))]
    store.load(path=str(ONTOLOGY / "concepts.ttl"))
    for number, quad in enumerate(things):
        store.extend(_statement(number, quad))
    return store


def _properties() -> set[str]:
    predicates = yaml.safe_load((ONTOLOGY / "predicates.yaml").read_text(encoding="utf-8"))
    curies = {curie for entry in predicates.values() for curie in [entry["property"], *entry.get("when", {}).values()]}
    curies |= {"cg:dateText", "cg:dateAnchor"}
    return {PREFIXES[curie.split(":")[0]] + curie.split(":")[1] for curie in curies}


def _statement(number: int, quad: Quad) -> list[Quad]:
    node = NamedNode(f"{PREFIXES['cgst']}{number}")
    assert not isinstance(quad.subject, BlankNode)
    parts = {
        "rdf:subject": quad.subject,
        "rdf:predicate": quad.predicate,
        "rdf:object": quad.object,
        "prov:wasDerivedFrom": NamedNode(f"{EX}letter"),
        "prov:wasGeneratedBy": NamedNode("https://w3id.org/commons-graph/extractor/cues/1"),
        "cg:quote": Literal(f"sentence {number}"),
        "cg:confidence": Literal(0.5),
        "cg:evidenceStart": Literal(3),
        "cg:evidenceEnd": Literal(12),
    }
    return [Quad(node, NamedNode(PREFIXES[name.split(":")[0]] + name.split(":")[1]), o) for name, o in parts.items()]


def _ask(store: Store, name: str) -> list[list[str]]:
    text = QUERIES[name]
    for ours, theirs in NAMES.items():
        text = text.replace(ours, theirs)
    found = store.query(text)
    assert isinstance(found, QuerySolutions)
    return [["" if term is None else term.value for term in row] for row in found]


def test_there_are_twenty_five_questions() -> None:
    assert len(QUERIES) == 25
    assert set(QUERIES) == set(ANSWERS) | LARGE


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_begins_with_its_question_in_both_languages(name: str) -> None:
    english, french, *_ = QUERIES[name].splitlines()
    assert re.fullmatch(r"# en: [A-Z].*\?", english)
    assert re.fullmatch(r"# fr: [A-ZÀ-Ü].* \?", french)


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_declares_our_prefixes_and_no_others(name: str) -> None:
    declared = dict(re.findall(r"^PREFIX (\w+): <(.+)>$", QUERIES[name], re.MULTILINE))
    assert declared
    assert {prefix: PREFIXES[prefix] for prefix in declared} == declared


@pytest.mark.parametrize("name", [name for name, text in QUERIES.items() if "?name {" in text])
def test_a_name_stands_in_one_line(name: str) -> None:
    lines = [line for line in QUERIES[name].splitlines() if "VALUES ?name {" in line]
    assert len(lines) == 1
    assert lines[0].rstrip().endswith("}")


@pytest.mark.parametrize("name", ANSWERS)
def test_a_query_finds_its_answer(name: str, store: Store) -> None:
    assert {row[0] for row in _ask(store, name)} == ANSWERS[name]


@pytest.mark.parametrize("name", sorted(QUERIES.keys() - {"homonyms"}))  # which asks for labels
def test_a_second_label_makes_no_second_row(name: str, store: Store) -> None:
    more = Store()
    more.extend(store)
    label = NamedNode(f"{PREFIXES['skos']}prefLabel")
    for quad in store.quads_for_pattern(None, label, None):
        assert isinstance(quad.object, Literal)
        more.add(Quad(quad.subject, label, Literal(f"🌿 {quad.object.value}", language="pt")))
    assert _ask(more, name) == _ask(store, name)


@pytest.mark.parametrize("name", sorted(name for name, text in QUERIES.items() if "?known" in text))
def test_who_asks_by_a_hidden_name_finds_the_same(name: str, store: Store) -> None:
    hidden = Store()
    hidden.extend(store)
    asked = {"la ruche des communs", "sourcevive", "valbrume"}
    label, below = (NamedNode(f"{PREFIXES['skos']}{kind}Label") for kind in ("pref", "hidden"))
    for quad in store.quads_for_pattern(None, label, None):
        assert isinstance(quad.object, Literal)
        if quad.object.value.lower() in asked:
            hidden.remove(quad)
            hidden.extend([Quad(quad.subject, below, quad.object), Quad(quad.subject, label, Literal("Z"))])
    assert len(hidden) > len(store)
    assert len(_ask(hidden, name)) == len(_ask(store, name)) > 0


def test_homonyms_are_told_by_hidden_names_too_whatever_their_capitals(store: Store) -> None:
    more = Store()
    more.extend(store)
    for thing, kind, name in (("a", "pref", "Le Moulin"), ("b", "pref", "Moulin"), ("b", "hidden", "LE MOULIN")):
        more.add(Quad(NamedNode(EX + thing), NamedNode(f"{PREFIXES['skos']}{kind}Label"), Literal(name)))
    found = {name: sorted(which.split()) for name, _, which in _ask(more, "homonyms")}
    assert found["le moulin"] == [f"{EX}a", f"{EX}b"]
    assert "moulin" not in found


def test_a_working_group_comes_with_its_contact_and_the_evidence(store: Store) -> None:
    assert {row[1] for row in _ask(store, "working-groups")} == {"Maëlle d'Arc-Kervern"}
    assert all(row[2].startswith(("sentence", "Pour rejoindre")) and row[3] for row in _ask(store, "working-groups"))


def test_events_of_a_month_include_those_that_began_before_it(store: Store) -> None:
    text = QUERIES["events-in-january-2025"].replace('"2025-01"', '"2025-01-30"')
    assert [row["event"].value for row in store.query(text)] == ["Séminaire SourceVive"]
    text = QUERIES["events-in-january-2025"].replace('"2025-01"', '"2025-02"')
    assert list(store.query(text)) == []


def test_what_is_said_of_a_body_comes_with_its_evidence(store: Store) -> None:
    rows = _ask(store, "where-from")
    assert f"{PREFIXES['cg']}foundedBy" in {row[0] for row in rows}
    assert all(row[2] and row[3] for row in rows)


def test_the_vocabulary_lists_the_commons(store: Store) -> None:
    assert ["cultural commons", "communs culturels"] in [row[1:] for row in _ask(store, "commons-concepts")]


def test_the_least_certain_claims_come_first(store: Store) -> None:
    confidences = [float(row[0]) for row in _ask(store, "least-certain")]
    assert confidences == sorted(confidences)
    assert len(confidences) >= 20
