"""Decisions have the last word, can be taken back, and say what is wrong with them."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from commons_graph.errors import CommonsError
from commons_graph.resolve import decisions

ROOT = Path(__file__).parents[2]
PAGES = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "sources" / "decisions" / "README.md"]
EXAMPLES = {
    path.relative_to(ROOT).as_posix(): block
    for path in PAGES
    for block in re.findall(r"^```yaml\n(decisions:\n.*?)^```$", path.read_text("utf-8"), re.MULTILINE | re.DOTALL)
}
ORG, PERSON, PROJECT, CONCEPT = "org:Organization", "foaf:Person", "cg:Project", "skos:Concept"


def test_same_joins_and_taking_it_back_parts(world):
    a, b = world.page("MAZI", PROJECT), world.page("MAZI Project", PROJECT)
    assert not world.build().same(a, b)
    world.decide(f"  - same: [{a}, {b}]\n    why: one EU project\n")
    assert world.build().same(a, b)
    world.decide("  []\n")
    assert not world.build().same(a, b)


def test_different_undoes_a_merge_also_through_a_third_name(world):
    a, b = world.page("Power to the People", CONCEPT), world.page("Power to the people", CONCEPT)
    third = world.page("Power To The People", CONCEPT)
    assert world.build().same(a, b, third)
    world.decide(f"  - different: [{a}, {b}]\n")
    built = world.build()
    assert not built.same(a, b)
    assert built.same(third, a) or built.same(third, b)


def test_different_holds_against_a_redirect(world):
    a = world.page("Out of the Wreckage", "foaf:Document")
    world.document("wiki", "New Politics", redirect="Out of the Wreckage")
    world.decide(f"  - different: [{a}, wiki:New Politics]\n")
    assert not world.build().same(a, "wiki:New Politics")


def test_a_type_decided_is_published_with_its_source(world):
    key = world.page("Blockchain Socialist", PERSON)
    world.decide(f"  - type: Document\n    of: {key}\n    why: it is a podcast\n")
    built = world.build()
    assert ("type", "http://xmlns.com/foaf/0.1/Document") in built.facts(key)
    assert ("type", "http://xmlns.com/foaf/0.1/Person") not in built.facts(key)
    told = "SELECT d.title, s.quote FROM statement s JOIN document d USING (document_id) WHERE extractor = 'steward'"
    assert built.rows(told) == [("sources/decisions/all.yaml", "it is a podcast")]


def test_a_type_for_a_key_that_has_gone_does_no_harm(world):
    world.page("Mobicoop", ORG)
    world.decide(
        "  - type: Document\n    of: wiki:Gone\n  - hide: wiki:Gone too\n  - same: [wiki:Gone, wiki:Gone too]\n"
    )
    assert len(world.build().rows("FROM entity")) == 1


def test_hidden_and_rejected_stay_out(world):
    a, b = world.page("Mobicoop", ORG), world.page("AFD", ORG)
    page = world.document("wiki", "Mobicoop")
    tie, bad = world.say(page, a, "cg:partnerOf", b), world.say(page, a, "foaf:homepage", "https://wrong.example/")
    world.decide(f"  - hide: wiki:aFD\n  - reject: {bad}\n")
    built = world.build()
    assert [label for (label,) in built.rows("SELECT label FROM entity")] == ["Mobicoop"]
    assert (built.why_not(tie), built.why_not(bad)) == ("object", "rejected")


def test_what_waits_is_published_when_a_steward_accepts_it(world):
    a, b = world.page("Mobicoop", ORG), world.page("AFD", ORG)
    page = world.document("wiki", "Mobicoop")
    unsure = world.say(page, a, "cg:partnerOf", b, confidence=0.1)
    asked = world.say(page, a, "foaf:homepage", "https://asked.example/")
    world.statements[-1] = replace(world.statements[-1], extractor="language-model small-1b-00000000")
    built = world.build()
    assert (built.why_not(unsure), built.why_not(asked)) == ("confidence", "review")
    built.connection.close()
    world.decide(f"  - accept: {unsure}\n  - accept: {asked}\n  - accept: {asked}\n")
    built = world.build()
    assert (built.why_not(unsure), built.why_not(asked)) == ("", "")
    assert ("homepage", "https://asked.example/") in built.facts(a)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("decisions: x\n", r"bad\.yaml:1: expected one list"),
        ("other: []\n", r"bad\.yaml:1: expected one list"),
        ("decisions:\n- same: [a:b]\n", r"bad\.yaml:2: `same` needs a list of at least two"),
        ("decisions:\n- hide: a:b\n- same: [a:b, 3]\n", r"bad\.yaml:3: `same` is no text"),
        ("decisions:\n- same: [a:b, a:b]\n", r"bad\.yaml:2: `same` names one key twice"),
        ("decisions:\n- type: Robot\n  of: a:b\n", r"bad\.yaml:2: `type` is 'Robot'.*Person"),
        ("decisions:\n- type: Person\n", r"bad\.yaml:2: `of` is no text"),
        ("decisions:\n- hide: a:b\n  reason: x\n", r"bad\.yaml:2: `reason` is not a known key"),
        ("decisions:\n- merge: [a:b, c:d]\n", r"bad\.yaml:2: expected exactly one of same"),
        ("decisions:\n- hide: a:b\n  same: [a:b, c:d]\n", r"bad\.yaml:2: expected exactly one of same"),
        ("decisions:\n- [\n", r"bad\.yaml:3: is not YAML"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path, text, message):
    (tmp_path / "bad.yaml").write_text(text)
    with pytest.raises(CommonsError, match=message):
        decisions.read(tmp_path)


def test_a_statement_may_be_named_by_its_address(tmp_path):
    said = "".join(
        f"- reject: {start}{'ab' * 16}\n" for start in ("", "cgst:", "https://w3id.org/commons-graph/statement/")
    )
    (tmp_path / "ours.yaml").write_text(f"decisions:\n{said}", encoding="utf-8")
    assert {each.keys for each in decisions.read(tmp_path)} == {("ab" * 16,)}


@pytest.mark.parametrize(
    "statement", ["wiki:AFD", "ABCDEF0123456789ABCDEF0123456789", "https://example.org/" + "ab" * 16]
)
def test_what_is_no_statement_is_neither_accepted_nor_rejected(tmp_path, statement):
    (tmp_path / "ours.yaml").write_text(f"decisions:\n- accept: {statement}\n", encoding="utf-8")
    with pytest.raises(CommonsError, match=r"ours\.yaml:2: `accept` names no statement"):
        decisions.read(tmp_path)


def test_no_folder_is_no_decision(tmp_path):
    assert decisions.read(tmp_path / "none") == []


def test_the_pages_for_stewards_show_how_to_decide():
    assert set(EXAMPLES) == {"docs/stewards.md", "docs/fr/stewards.md", "sources/decisions/README.md"}


@pytest.mark.parametrize("page", EXAMPLES)
def test_what_the_documentation_shows_can_be_read_and_shows_every_action(tmp_path, page):
    (tmp_path / "ours.yaml").write_text(EXAMPLES[page], encoding="utf-8")
    assert [each.what for each in decisions.read(tmp_path)] == ["same", "different", "type", "hide", "reject", "accept"]
