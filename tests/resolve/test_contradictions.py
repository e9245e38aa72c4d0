"""Decisions that cannot both be done stop the build; file and line of both are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from commons_graph.errors import CommonsError
from commons_graph.resolve import decisions

ORG, PROJECT, DOCUMENT = "org:Organization", "cg:Project", "foaf:Document"
ID, OTHER_ID = "0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"
A, B = "sources/decisions/a.yaml", "sources/decisions/b.yaml"
ONE = "; remove one of the two"
OR_SAME = f"{ONE}, or the `same` that makes their keys one thing"
CONTRADICTING = {
    "accept and reject": (f"accept: {ID}", f"reject: {ID}", f"{B}:3: `reject` contradicts `accept` of {A}:3{ONE}"),
    "reject and accept": (f"reject: {ID}", f"accept: {ID}", f"{B}:3: `accept` contradicts `reject` of {A}:3{ONE}"),
    "same and different": (
        "same: [w:A, w:B]", "different: [w:B, w:A]", f"{A}:3: `same` contradicts `different` of {B}:3{ONE}",
    ),
    "different and same, other spellings": (
        "different: [w:A, w:B b]", "same: [w:X, w:b_b, w:a]", f"{B}:3: `same` contradicts `different` of {A}:3{ONE}",
    ),
    "through a third": (
        "different: [w:A, w:C]\n- same: [w:A, w:B]", "same: [w:B, w:C]",
        f"{B}:3: `same` contradicts `different` of {A}:3{ONE}",
    ),
    "two types": (
        "type: Group\n  of: w:A", "type: Project\n  of: w:A",
        f"{B}:3: `type: Project` contradicts `type: Group` of {A}:3{ONE}",
    ),
    "two types, other spelling": (
        "type: Group\n  of: w:AFD", "type: Project\n  of: w:aFD",
        f"{B}:3: `type: Project` contradicts `type: Group` of {A}:3{ONE}",
    ),
    "two types of what is the same": (
        "type: Group\n  of: w:A\n- same: [w:A, w:B]", "type: Project\n  of: w:B",
        f"{B}:3: `type: Project` contradicts `type: Group` of {A}:3{OR_SAME}",
    ),
    "spellings of one page": (
        "hide: w:A", "different: [w:a b, w:A_b]", f"{B}:3: `different` names two spellings of one wiki page; remove it",
    ),
}  # fmt: skip
IN_PEACE = [
    (f"accept: {ID}\n- reject: {OTHER_ID}", f"accept: {ID}\n- reject: {OTHER_ID}"),
    ("type: Group\n  of: w:A\n- same: [w:A, w:B]", "type: Group\n  of: w:B\n- type: Project\n  of: w:C"),
    ("type: Group\n  of: w:A\n- different: [w:A, w:B]", "type: Project\n  of: w:B\n- hide: w:A"),
    ("different: [w:A#x, w:a#x]", "same: [w:A, w:B]\n- different: [w:A, w:C]\n- same: [w:B, w:A]"),
]


def write(folder: Path, first: str, second: str) -> Path:
    for name, text in (("a", first), ("b", second)):
        (folder / f"{name}.yaml").write_text(f"# {name}\ndecisions:\n- {text}\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(("first", "second", "told"), CONTRADICTING.values(), ids=CONTRADICTING)
def test_two_that_contradict_are_told_with_both_places(tmp_path: Path, first: str, second: str, told: str) -> None:
    with pytest.raises(CommonsError) as raised:
        decisions.read(write(tmp_path, first, second))
    assert str(raised.value) == told


@pytest.mark.parametrize(("first", "second"), IN_PEACE)
def test_what_does_not_contradict_is_read(tmp_path: Path, first: str, second: str) -> None:
    assert decisions.check(write(tmp_path, first, second)) == []
    assert decisions.read(tmp_path)


def test_all_that_contradicts_is_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, f"accept: {ID}\n- hide: 3", f"reject: {ID}\n- different: [w:A, w:B]\n- same: [w:A, w:B]")
    assert [error.place for error in decisions.check(tmp_path)] == [f"{A}:4", f"{B}:3", f"{B}:5"]


def test_two_types_of_what_only_the_lake_makes_one_stop_the_build(world):
    key = world.page("Out of the Wreckage", DOCUMENT)
    world.document("wiki", "New Politics", redirect="Out of the Wreckage")
    world.decide(f"  - type: Document\n    of: {key}\n  - type: Project\n    of: wiki:New Politics\n")
    with pytest.raises(CommonsError) as raised:
        world.build()
    place = "sources/decisions/all.yaml"
    assert str(raised.value).startswith(f"{place}:4: `type: Project` contradicts `type: Document` of {place}:2; their")
    world.decide(
        f"  - type: Document\n    of: {key}\n  - type: Project\n    of: wiki:New Politics\n"
        f"  - different: [{key}, wiki:New Politics]\n"
    )
    assert world.build().rows("SELECT class FROM entity WHERE label = 'Out of the Wreckage'") == [("Document",)]


def test_to_reject_the_statement_that_a_decision_makes_stops_the_build(world):
    said = f"  - type: Document\n    of: {world.page('Blockchain Socialist', ORG)}\n"
    world.decide(said)
    built = world.build()
    ((statement,),) = built.rows("SELECT statement_id FROM statement WHERE extractor = 'steward'")
    built.connection.close()
    world.decide(f"{said}  - reject: {statement}\n")
    with pytest.raises(
        CommonsError, match=r"all\.yaml:4: `reject` contradicts `type: Document` of .*all\.yaml:2; to un"
    ):
        world.build()


def test_a_decision_written_twice_is_one(world):
    key = world.page("MAZI", ORG)
    world.decide(f"  - type: Project\n    of: {key}\n" * 2)
    built = world.build()
    assert ("type", "https://w3id.org/commons-graph/ns#Project") in built.facts(key)
