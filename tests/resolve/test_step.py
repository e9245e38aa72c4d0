"""The whole step: built again or anew, the same lake gives the same tables; identifiers last."""

import shutil

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from commons_graph import warehouse
from commons_graph.resolve.identify import identifiers
from commons_graph.resolve.step import step

TITLES = st.sampled_from(
    ["Coop des Communs", "coop des communs", "La Coop des Communs", "MAZI Project", "Alix, Nicole"]
)
CLASSES = st.sampled_from(["org:Organization", "cg:Project", "foaf:Person", "skos:Concept"])
SAID = st.tuples(
    st.sampled_from(["wiki", "coop", "letters"]), TITLES, TITLES, CLASSES, st.sampled_from([0.3, 0.6, 0.9])
)


def tell(world, said) -> None:
    for source, page, name, cls, confidence in said:
        document = world.document(source, page)
        key = world.mention(document, "", name, cls, confidence)
        world.mention(document, document.key, page, cls, confidence)
        world.say(document, document.key, "cg:partnerOf", key, confidence)


@settings(max_examples=3, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.lists(SAID, min_size=1, max_size=6), st.lists(SAID, max_size=6))
def test_building_on_equals_building_from_nothing(worlds, before, after):
    grown = worlds()
    tell(grown, before)
    grown.build().connection.close()
    tell(grown, after)
    built = grown.build()
    anew = worlds()
    tell(anew, reversed(after))
    tell(anew, before)
    assert built.tables() == anew.build().tables()


def test_a_second_build_of_the_same_is_left_out_and_a_decision_is_not(world):
    world.page("Mobicoop", "org:Organization")
    world.build().connection.close()
    path = warehouse.warehouse_path(world.project)
    made = path.stat().st_ino
    world.build().connection.close()
    assert path.stat().st_ino == made
    world.decide("  - hide: wiki:Mobicoop\n")
    assert world.build().rows("FROM entity") == []
    assert path.stat().st_ino != made


def test_an_identifier_is_minted_from_the_first_key_and_lasts(world):
    letter = world.document("wiki", "Lettre")
    local = world.mention(letter, "", "Zebre Coop", "org:Organization")
    page = world.page("Zebre Coop", "org:Organization")
    trusted = world.mention(world.document("coop", "Accueil"), "", "Zebre Coop", "org:Organization")
    built = world.build()
    assert built.entity(page) == built.entity(local) == identifiers([trusted])[0]
    assert identifiers(["wiki:Coop des Communs"]) == ["n33y5yhupm4x7vfz"]


def test_an_identifier_that_went_leads_to_what_replaced_it(world):
    page = world.page("MAZI", "cg:Project")
    other = world.page("MAZI Project", "cg:Project")
    built = world.build()
    ids = [built.entity(key) for key in (page, other)]
    built.connection.close()
    world.decide(f"  - same: [{page}, {other}]\n")
    built = world.build()
    assert built.rows("FROM redirect") == [(ids[1], ids[0])]
    built.connection.close()
    world.page("AFD", "org:Organization")
    built = world.build()
    assert built.rows("FROM redirect") == [(ids[1], ids[0])]
    built.connection.close()
    world.decide("  []\n")
    assert world.build().rows("FROM redirect") == []


def test_a_chain_of_replacements_is_followed(world):
    site = world.document("coop", "Accueil")
    one, two = world.page("MAZI", "cg:Project"), world.page("MAZI Network", "cg:Project")
    built = world.build()
    first, second = built.entity(one), built.entity(two)
    built.connection.close()
    world.decide(f"  - same: [{one}, {two}]\n")
    world.build().connection.close()
    best = world.mention(site, site.key, "The MAZI site", "cg:Project")
    world.decide(f"  - same: [{one}, {two}, {best}]\n")
    built = world.build()
    assert built.rows("FROM redirect") == [(old, built.entity(best)) for old in sorted((first, second))]


def test_a_damaged_old_warehouse_is_no_hindrance(world):
    world.page("Mobicoop", "org:Organization")
    world.write()
    warehouse.warehouse_path(world.project).write_bytes(b"nonsense")
    assert len(world.build().rows("FROM entity")) == 1


def test_the_rules_are_part_of_what_it_was_built_from(world):
    world.page("Mobicoop", "org:Organization")
    before = step(world.project).fingerprint
    limits = world.project.ontology_dir / "thresholds.yaml"
    limits.write_text(limits.read_text().replace("rdf:type: 0.3", "rdf:type: 0.95"))
    assert step(world.project).fingerprint != before
    assert world.build().rows("FROM entity") == []
    shutil.rmtree(world.project.ontology_dir)
