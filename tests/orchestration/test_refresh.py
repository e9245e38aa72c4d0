"""The whole job on a small project, in process, with real Dagster, DuckDB and Oxigraph."""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path

import dagster as dg
import pytest
from made_project import PAGES, make_project, opened
from refreshing import ASKED, asked, run, shown

from commons_graph.commands import refresh
from commons_graph.errors import CommonsError
from commons_graph.orchestration import in_process
from commons_graph.orchestration.resources import Run
from commons_graph.project import Project
from commons_graph.publish import named
from commons_graph.publish.releases import releases
from commons_graph.publish.why import why


def test_documents_become_a_graph_that_answers_and_shows_its_evidence(refreshed: Path) -> None:
    release = shown(refreshed)
    assert asked(release, ASKED) == [
        ("Communs et forêts", "Jeanne Moreau-Dubois"),
        ("Communs et rivières", "Karim Benhaddou"),
    ]
    found = why(release, "Communs et forêts")
    contact = [each for each in found.statements if each.property == "cg:hasContact"]
    assert [each.quote for each in contact] == ["Contactez Jeanne Moreau-Dubois."]
    assert contact[0].address == "https://val.example/groupes.md"


def test_every_published_triple_has_a_statement_and_breaks_no_shape(refreshed: Path) -> None:
    release = shown(refreshed)
    assert release.manifest["validation"]["by_severity"].get("Violation", 0) == 0
    without = """SELECT (COUNT(*) AS ?n) WHERE {
      ?s ?p ?o . FILTER(STRSTARTS(STR(?s), "https://w3id.org/commons-graph/id/"))
      FILTER NOT EXISTS { ?st rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; prov:wasDerivedFrom ?d } }"""
    assert asked(release, without) == [("0",)]


def test_evidence_cut_from_the_document_holds_the_words_that_made_it(refreshed: Path) -> None:
    from commons_graph import lake

    kept = refreshed / "warehouse" / "lake"
    documents = {
        d.document_id: d
        for path in sorted((kept / "documents" / "val").glob("*.parquet"))
        for d in lake.read_documents(path)
    }
    labels = 0
    for path in (kept / "statements" / "val").glob("*.parquet"):
        for statement in lake.read_statements(path):
            cut = documents[statement.document_id].cut(statement.evidence_start, statement.evidence_end)
            assert cut.strip()
            if statement.property == "skos:prefLabel":
                labels += 1
                assert statement.value.casefold() in " ".join(cut.split()).casefold()
    assert labels > 5


def test_nothing_changed_gives_no_new_release(refreshed: Path) -> None:
    assert run(refreshed) == 0
    assert [release.number for release in releases(Project(refreshed, refreshed / "warehouse"))] == [1]


def test_an_incremental_refresh_gives_the_files_of_a_rebuild(refreshed: Path, tmp_path: Path) -> None:
    extra = {"neuf.md": "# Fête\n\nLa Fête des Communs du Val a lieu le 3 mai 2025 à Grenoble.\n"}
    for name, text in extra.items():
        (refreshed / "sources" / "val" / name).write_text(text, encoding="utf-8")
    run(refreshed)
    other = make_project(tmp_path / "other", PAGES | extra)
    run(other)
    for name in ("graph.nt", "provenance.nt", "graph.ttl"):
        assert (shown(refreshed).path / name).read_bytes() == (shown(other).path / name).read_bytes(), name


def test_a_source_that_lost_too_much_publishes_nothing(refreshed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    yaml = refreshed / "sources" / "val.yaml"
    yaml.write_text(yaml.read_text().replace("documents: 1", "documents: 30"), encoding="utf-8")
    (refreshed / "sources" / "val" / "lettre.txt").unlink()
    assert run(refreshed) == 1
    assert shown(refreshed).number == 1
    assert "the source gave 2 documents, expected at least 30" in " ".join(capsys.readouterr().err.split())


def test_one_source_is_one_run(refreshed: Path) -> None:
    with chdir(refreshed), dg.DagsterInstance.from_config(str(refreshed)) as instance:
        assert [record.status for record in instance.get_runs()] == [dg.DagsterRunStatus.SUCCESS]


def test_dagsters_records_stay_open_while_it_runs_and_not_longer(refreshed: Path) -> None:
    held: list[set[str]] = []
    told = Run(Project(refreshed, refreshed / "warehouse"), progress=lambda *_: held.append(opened(refreshed)))
    in_process.refresh(told, ["val"])
    assert any("runs.db" in names for names in held)
    assert not any(name.endswith(".db") for name in opened(refreshed))


def test_a_wrong_name_is_told_before_anything_is_read(project: Path) -> None:
    with pytest.raises(CommonsError, match="no source of this name"):
        run(project, "vall")
    assert not (project / "warehouse" / "captures").exists()


def test_all_named_queries_run(refreshed: Path) -> None:
    release = shown(refreshed)
    for query in named.all_named(Project(refreshed, refreshed / "warehouse")):
        asked(release, query.text)


def test_a_replay_without_captures_says_so(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert refresh.run(Project(project, project / "warehouse"), ["val"], None, replay=True) == 1
    assert "nothing is archived of this source" in " ".join(capsys.readouterr().err.split())


def test_what_stops_a_refresh_is_printed_with_its_brackets(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = project / "ontology" / "thresholds.yaml"
    path.write_text(path.read_text("utf-8").replace("single: [", "single: x # ["), encoding="utf-8")
    assert run(project) == 1
    said = "expected a list; write a list of names with prefixes, such as [dct:isPartOf]\n"
    assert said in capsys.readouterr().err
