"""Each section of the shapes is an asset check of a real run: counts by shape, and the ten worst examples."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest
from made_project import make_project

from commons_graph.orchestration import shape_checks
from commons_graph.orchestration.definitions import JOB, READING, definitions
from commons_graph.orchestration.resources import Run
from commons_graph.project import Project

OURS = """
cgs:section-ours rdfs:label "Ours"@en .
cgs:Short a sh:NodeShape ; cgs:section cgs:section-ours ; sh:targetClass cg:WorkingGroup ; sh:property [
    sh:path skos:prefLabel ; sh:maxLength 18 ; sh:severity sh:Violation ; sh:message "Too long."@en , "Trop long."@fr
    ] , cgs:Seen .
cgs:Seen sh:path skos:prefLabel ; cgs:hint "Look."@en , "Regarder."@fr ;
    sh:maxCount 0 ; sh:severity sh:Info ; sh:message "Seen."@en , "Vu."@fr .
cgs:Alone a sh:NodeShape ; sh:targetClass cg:WorkingGroup ; sh:severity sh:Warning ; sh:message "Alone."@en ;
    sh:property [ sh:path org:hasMember ; sh:minCount 1 ; sh:severity sh:Warning ; sh:message "No member."@en ] .
"""
PUBLISHING = [dg.AssetKey(name) for name in ("entities", "graph", "validation", "release")]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dg.AssetCheckEvaluation]:
    """The checks of a run with shapes of the project's own: one breaks a name of two, one stands in no section."""
    project = make_project(tmp_path_factory.mktemp("checked") / "project")
    with (project / "ontology" / "shapes.ttl").open("a", encoding="utf-8") as shapes:
        shapes.write(OURS)
    run = Run(Project(project, project / "warehouse"))
    job = definitions(run).resolve_job_def(JOB)
    with dg.DagsterInstance.ephemeral() as instance:
        for selection in (READING, PUBLISHING):
            result = job.execute_in_process(instance=instance, partition_key="val", asset_selection=selection)
            assert result.success
    return {each.check_name: each for each in result.get_asset_check_evaluations()}


def _table(evaluation: dg.AssetCheckEvaluation, name: str) -> list[dict[str, object]]:
    shown = evaluation.metadata[name]
    assert isinstance(shown, dg.TableMetadataValue)
    return [dict(record.data) for record in shown.records]


def test_a_section_counts_what_waits_and_what_is_published_and_shows_the_worst(
    found: dict[str, dg.AssetCheckEvaluation],
) -> None:
    ours = found["section_ours"]
    assert not ours.passed
    assert ours.severity == dg.AssetCheckSeverity.WARN
    counted = {(row["shape"], row["state"]): row["number"] for row in _table(ours, "by shape")}
    waiting = sum(int(str(number)) for (_, state), number in counted.items() if state == "waits in quarantine")
    assert waiting == ours.metadata["waiting"].value > 0
    assert ours.metadata["violations"].value == 0
    assert {row["shape"]: row["hint"] for row in _table(ours, "by shape")}["Seen"] == "Look."
    assert counted["Seen", "Info"] == ours.metadata["published"].value
    first, *_ = worst = _table(ours, "worst")
    assert len(worst) <= 10
    assert (first["state"], first["value"], first["message"]) == (
        "waits in quarantine", "Communs et rivières", "Too long."
    )  # fmt: skip
    assert "/id/" in str(first["focus"])


def test_a_thing_that_is_published_is_shown_by_its_name(found: dict[str, dg.AssetCheckEvaluation]) -> None:
    labels = {row["label"] for row in _table(found["section_ours"], "worst") if row["state"] == "Info"}
    assert "Communs et forêts" in labels


def test_a_shape_of_no_section_is_shown_all_the_same(found: dict[str, dg.AssetCheckEvaluation]) -> None:
    other = found["section_other"]
    assert other.passed
    assert {row["message"] for row in _table(other, "worst")} == {"No member."}


def test_every_section_is_a_check_and_nothing_is_shown_where_nothing_is_broken(
    project: Path, found: dict[str, dg.AssetCheckEvaluation]
) -> None:
    names = {spec.name for spec in shape_checks.specs(Project(project, project / "warehouse"))}
    assert {"section_people", "section_provenance", "section_loops"} < names <= set(found)
    loops = found["section_loops"]
    assert loops.passed
    assert set(loops.metadata) == {"waiting", "published", "violations"}
