"""Each fact can be traced to the words that say it."""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import partial
from pathlib import Path

import duckdb
import pytest
from made_warehouse import First, add_entity, fill_small

from commons_graph.commands import why as command
from commons_graph.errors import CommonsError
from commons_graph.project import Project
from commons_graph.publish.export import export
from commons_graph.publish.named import all_named, named
from commons_graph.publish.release import publish
from commons_graph.publish.releases import Release
from commons_graph.publish.why import MOST, Named, why

ID = "https://w3id.org/commons-graph/id/"


def fill(warehouse: duckdb.DuckDBPyConnection) -> list[str]:
    fill_small(warehouse)
    warehouse.execute("INSERT INTO redirect VALUES ('e0', 'e2')")
    return [add_entity(warehouse, "e7", "Organization", "ada ferme"), add_entity(warehouse, "e8", "Group", "L’équipe")]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> First:
    return First.make(tmp_path_factory.mktemp("first"), fill, partial(publish, formats=["nt"]))


@pytest.fixture(scope="module")
def release(first: First) -> Release:
    return first.release


def test_an_entity_by_any_of_its_names(release: Release) -> None:
    for name in ("cgid:e1", f"{ID}e1", "Ada Ferme", " ADA ferme "):
        assert why(release, name).statements == why(release, "e1").statements


def test_a_label_as_a_keyboard_or_another_program_writes_it(release: Release) -> None:
    typed = "L'équipe"
    for label in (typed, "l’ÉQUIPE", unicodedata.normalize("NFD", typed), " L'équipe\n"):
        assert why(release, label).name == "cgid:e8"
    assert why(release, "Ada \t Ferme").name == "cgid:e1"


def test_an_address_as_turtle_and_sparql_write_it(release: Release) -> None:
    assert why(release, f"<{ID}e1>").name == "cgid:e1"


def test_each_statement_with_its_evidence(release: Release) -> None:
    found = why(release, "e1")
    assert (found.name, found.cls, found.label) == ("cgid:e1", "Person", "Ada Ferme")
    said = [statement for statement in found.statements if statement.property == "org:memberOf"]
    assert [(s.value, s.object, s.address) for s in said] == [
        ("Working group Water", f"{ID}e2", "https://wiki.example/Page_1"),
        ("Working group Water", f"{ID}e2", "https://wiki.example/Page_2"),
    ]
    first = said[0]
    assert first.quote == "Ada Ferme is a member of the working group Water."
    assert (first.evidence_start, first.evidence_end, first.document, first.licence) == (
        3,
        12,
        "Page 1",
        "CC-BY-SA-3.0",
    )
    assert (first.extractor, first.first_seen, first.last_seen) == ("cue/1", date(2025, 1, 1), date(2025, 2, 1))


def test_documents_that_share_an_address_stand_apart(
    project: Project, warehouse: duckdb.DuckDBPyConnection, small: None
) -> None:
    warehouse.execute("UPDATE document SET address = 'https://wiki.example/online'")
    said = why(publish(project, warehouse, formats=["nt"]), "e1").statements
    told = [(each.document, each.address) for each in said if each.property == "org:memberOf"]
    assert told == [(f"Page {n}", f"https://wiki.example/online#doc{n}") for n in (1, 2)]


def test_the_command_prints_the_address_to_cite_each_statement_by(
    first: First, release: Release, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command.run(first.project(tmp_path / "project"), "e1", None)
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    cited = [f"https://w3id.org/commons-graph/statement/{each.statement}" for each in why(release, "e1").statements]
    assert len(cited) > 2
    assert sorted(line for line in lines if "/statement/" in line) == sorted(cited)


def test_homonyms_are_listed_for_a_label_only(release: Release) -> None:
    assert why(release, "Ada Ferme").homonyms == (Named("cgid:e7", "Organization", "ada ferme"),)
    assert why(release, "e1").homonyms == ()


def test_concepts_are_shown_by_their_curie(release: Release) -> None:
    assert "cgc:water" in [statement.value for statement in why(release, "e2").statements]


def test_a_statement_by_its_address(release: Release) -> None:
    one = why(release, "e1").statements[0]
    for name in (f"cgst:{one.statement}", f"https://w3id.org/commons-graph/statement/{one.statement}", one.statement):
        found = why(release, name)
        assert (found.name, found.statements) == ("cgid:e1", (one,))
    with pytest.raises(CommonsError, match="no such statement; those that are held back: commons waiting"):
        why(release, "cgst:0123456789abcdef0123456789abcdef")


def test_a_document_by_its_address_says_what_it_states_and_of_whom(release: Release) -> None:
    found = why(release, "https://wiki.example/Page_2")
    assert (found.name, found.cls, found.label) == ("https://wiki.example/Page_2", "wiki entry", "Page 2")
    told = [(each.about, each.subject, each.property, each.value) for each in found.statements]
    assert told == [("Ada Ferme", "cgid:e1", "org:memberOf", "Working group Water")]
    assert why(release, "doc2") == found


def test_a_concept_a_class_a_property_a_source_and_an_address_by_what_names_them(release: Release) -> None:
    concept = why(release, "cgc:commons")
    assert (concept.name, concept.cls, concept.label) == ("cgc:commons", "Concept", "commons / communs")
    assert concept.about.startswith("A resource that a community looks after")
    assert (concept.statements, concept.count) == ((), 0)
    for name, about in {
        "cgc:water": {"Working group Water"},
        "<https://water.example/>": {"Working group Water"},
        "foaf:Person": {"Ada Ferme", "Bo Lac"},
        "org:memberOf": {"Ada Ferme"},
        "cgsrc:wiki": {"Ada Ferme", "Bo Lac", "Working group Water", "ada ferme", "L’équipe"},
    }.items():
        assert {each.about for each in why(release, name).statements} == about
    assert why(release, "http://www.w3.org/ns/org#memberOf") == why(release, "org:memberOf")


def test_of_what_many_statements_name_the_first_are_shown_and_the_command_says_so(
    project: Project, warehouse: duckdb.DuckDBPyConnection, small: None, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(MOST):
        add_entity(warehouse, f"p{number}", "Person", f"Ada {number}")
    found = why(publish(project, warehouse, formats=["nt"]), "foaf:Person")
    assert (len(found.statements), found.count) == (MOST, MOST + 2)
    command.run(project, "foaf:Person", None)
    told = capsys.readouterr().out
    assert told.splitlines()[0] == "Person / Personne  (Class)  foaf:Person"
    assert told.count("  rdf:type foaf:Person\n") == MOST
    assert "Ada 7 (cgid:p7)  rdf:type foaf:Person\n" in told
    assert told.endswith(f"the first {MOST} of {MOST + 2} statements are shown: ask for others with `commons query`\n")


def test_a_merged_entity_leads_to_the_one_that_stayed(release: Release) -> None:
    found = why(release, "cgid:e0")
    assert (found.name, found.asked) == ("cgid:e2", "e0")


def test_an_unknown_entity(release: Release) -> None:
    for name in ("", "nobody", "' OR 1=1 --", "\0", f"{ID}e99", "cgc:nothing", "none:x", "cgsrc:none"):
        with pytest.raises(CommonsError, match="no such entity"):
            why(release, name)


def test_export_of_made_and_unmade_files(release: Release, tmp_path: Path) -> None:
    formats = ("nt", "nq", "ttl", "jsonld", "graphml")
    (tmp_path / "new").mkdir()
    for format in formats:
        target = export(release, format, tmp_path / "new" / f"out.{format}")
        assert b"Ada Ferme" in target.read_bytes()
    assert {path.name for path in (tmp_path / "new").iterdir()} == {f"out.{format}" for format in formats}


def test_export_to_a_folder_keeps_the_name(release: Release, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert export(release, "ttl", tmp_path / "out").name == "graph.ttl"
    parquet = export(release, "parquet", tmp_path / "out")
    assert (parquet / "triple.parquet").is_file()


def test_export_that_cannot_be(release: Release, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CommonsError, match="--format"):
        export(release, "rdfxml", tmp_path / "x")
    with pytest.raises(CommonsError, match="there is no folder"):
        export(release, "ttl", tmp_path / "file" / "x")
    with pytest.raises(CommonsError, match="cannot be written"):
        export(release, "parquet", tmp_path / "file")
    for format in ("ttl", "parquet"):
        with pytest.raises(CommonsError, match=f"there is no folder {tmp_path / 'none'}"):
            export(release, format, tmp_path / "none" / "x")
    assert not (tmp_path / "none").exists()


def test_named_queries(project: Project) -> None:
    queries = project.ontology_dir / "queries"
    (queries / "who-is-where.rq").write_text("# en: Who is where?\n# fr: Qui est où ?\n# a note\nSELECT * { ?s ?p ?o }")
    found = named(project, "who-is-where")
    assert found.questions == {"en": "Who is where?", "fr": "Qui est où ?"}
    assert found.text.endswith("{ ?s ?p ?o }")
    assert found in all_named(project)
    for name in ("none", "../prefixes", ""):
        with pytest.raises(CommonsError, match="who-is-where"):
            named(project, name)
