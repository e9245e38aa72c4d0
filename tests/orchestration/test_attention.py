"""What waits for a steward is told once, by webhook, with a command for each, and with nothing about people."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import pytest

from commons_graph import step_note
from commons_graph.commands import refresh, waiting
from commons_graph.errors import CommonsError
from commons_graph.model import Refusal
from commons_graph.orchestration.attention import matters
from commons_graph.orchestration.definitions import JOB
from commons_graph.orchestration.sensors import tell_what_waits
from commons_graph.project import Project
from commons_graph.step_note import Note

sys.path.insert(0, str(Path(__file__).parents[1]))

from told import Told, webhook

STATEMENT = re.compile(r"^[0-9a-f]{32}  ", re.MULTILINE)
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture
def ours(project: Path) -> Project:
    yaml = project / "sources" / "val.yaml"
    yaml.write_text(yaml.read_text() + 'schedule: "0 3 * * *"\n')
    return Project(project, project / "warehouse")


@pytest.fixture
def hook() -> Iterator[Told]:
    with webhook() as told:
        yield told


def note(project: Project, **told: Any) -> None:
    """Leave the note of a read of val."""
    step_note.write(project.captures_dir / "val", Note(**{"fingerprint": "", "version": "", "rows": 3, **told}))


def release(project: Project, number: int, sources: Sequence[dict[str, Any]] = (), **held: int) -> None:
    """Leave a release that holds back so many statements."""
    folder = project.releases_dir / f"{number:06}"
    folder.mkdir(parents=True)
    quarantine = {"by_shape": {"Shape": held.pop("quarantine", 0)}}
    told = {"number": number, "quarantine": quarantine, "unpublished": held, "sources": list(sources)}
    (folder / "manifest.json").write_text(json.dumps(told))


def what(project: Project, now: datetime = NOW) -> list[str]:
    return [f"{matter.what} | {matter.command}" for matter in matters(project, now)]


def test_nothing_waits_where_nothing_was_read(ours: Project) -> None:
    assert what(ours) == []


def test_a_source_is_overdue_by_its_schedule_and_only_while_it_is_on(ours: Project) -> None:
    note(ours, checked=(NOW - timedelta(hours=35)).isoformat())
    assert what(ours) == []
    note(ours, checked=(NOW - timedelta(hours=37)).isoformat())
    assert what(ours) == ["val: overdue, last read on 2026-11-24 at 23:00 UTC | commons refresh val"]
    ours.enable("val", on=False)
    assert what(ours) == []


def test_a_read_that_broke_off_and_files_that_were_refused_are_told_without_their_names(ours: Project) -> None:
    refused = (Refusal("lettre-de-jeanne.eml", "cannot be read", "check"), Refusal("b.xls", "not read", "save it"))
    note(ours, refused=refused, problem="https://val.example/jeanne: gave no answer", checked=NOW.isoformat())
    assert what(ours) == [
        "val: the last read broke off; what was there before stays | commons refresh val",
        "val: 2 files or pages were refused | commons refresh val",
    ]
    assert "jeanne" not in str(matters(ours, NOW))


def test_yaml_that_is_wrong_is_told_by_its_line(ours: Project) -> None:
    (ours.root / "sources" / "neuf.yaml").write_text("title: Neuf\nconector: web\n")
    assert what(ours) == ["sources/neuf.yaml:2 is wrong and not read | commons sources check"]


def test_what_a_release_holds_back_is_told_when_it_grew(ours: Project) -> None:
    release(ours, 1, quarantine=4, confidence=10)
    assert what(ours) == [
        "4 more statements break a shape and wait in quarantine, 4 in all | commons waiting quarantine",
        "10 more statements are below the confidence that their property asks for, 10 in all"
        " | commons waiting confidence",
    ]
    release(ours, 2, quarantine=4, confidence=9, review=2, alone=7)
    assert what(ours) == [
        "2 more statements come from a language model and wait to be accepted, 2 in all | commons waiting review"
    ]


def test_the_list_holds_also_what_did_not_grow(ours: Project, capsys: pytest.CaptureFixture[str]) -> None:
    release(ours, 1, quarantine=4, confidence=10)
    release(ours, 2, quarantine=4, confidence=9)
    assert what(ours) == []
    assert waiting.run(ours, None, 50) == 0
    assert capsys.readouterr().out.splitlines()[::2] == [
        "4 statements break a shape and wait in quarantine",
        "9 statements are below the confidence that their property asks for",
    ]


def test_of_a_source_that_is_off_and_in_the_graph_is_told_what_failed(ours: Project) -> None:
    ours.enable("val", on=False)
    note(ours, refused=(Refusal("b.xls", "not read", "save it"),), checked="2020-01-01T00:00:00+00:00")
    assert what(ours) == []
    step_note.write(ours.lake_dir / "documents" / "val", Note("", "", 3))
    assert what(ours) == ["val: 1 files or pages were refused | commons refresh val"]


def test_a_source_whose_yaml_is_gone_is_told_until_two_releases_are_without_it(ours: Project) -> None:
    step_note.write(ours.lake_dir / "documents" / "val", Note("", "", 3))
    release(ours, 1, sources=[{"source": "val", "documents": 3}])
    assert what(ours) == []
    (ours.sources_dir / "val.yaml").rename(ours.root / "val.yaml")
    gone = "val: its 3 documents leave the graph, since sources/val.yaml is gone; put the file back to keep them"
    assert what(ours) == [f"{gone} | commons sources"]
    release(ours, 2, sources=[])
    assert what(ours) == [f"{gone} | commons sources"]
    release(ours, 3, sources=[])
    assert what(ours) == []


class Looks:
    """The sensor, evaluated again and again."""

    def __init__(self, project: Project, instance: dg.DagsterInstance) -> None:
        self.sensor, self.instance, self.cursor = tell_what_waits(project, JOB), instance, ""

    def again(self) -> str:
        tick = self.sensor.evaluate_tick(dg.build_sensor_context(self.instance, cursor=self.cursor))
        self.cursor = tick.cursor if tick.cursor is not None else self.cursor
        return str(tick.skip_message)


@pytest.fixture
def looks(ours: Project) -> Iterator[Looks]:
    with dg.DagsterInstance.ephemeral() as instance:
        yield Looks(ours, instance)


def test_each_thing_is_told_once_and_again_when_it_came_back(
    looks: Looks, ours: Project, hook: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMONS_WEBHOOK", hook.address)
    note(ours, problem="gone")
    assert looks.again() == "1 new, 1 in all."
    assert looks.again() == "0 new, 1 in all."
    release(ours, 1, quarantine=3)
    assert looks.again() == "1 new, 2 in all."
    note(ours)
    assert looks.again() == "0 new, 1 in all."
    note(ours, problem="gone again")
    assert looks.again() == "1 new, 2 in all."
    assert [each["title"] for each in hook.kept] == ["1 new for you to look at"] * 3
    assert hook.kept[1]["text"] == (
        "- 3 more statements break a shape and wait in quarantine, 3 in all\n  commons waiting quarantine\n"
        "1 more were told before: commons waiting"
    )


def test_it_waits_for_the_refresh_to_end_and_for_somebody_to_tell(
    looks: Looks, ours: Project, hook: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(ours, problem="gone")
    assert looks.again().startswith("nobody to tell")
    monkeypatch.setenv("COMMONS_WEBHOOK", hook.address)
    run = dg.DagsterRun(job_name=JOB, run_id="0" * 32, status=dg.DagsterRunStatus.STARTED)
    looks.instance.add_run(run)
    assert "under way" in looks.again()
    assert not hook.kept
    looks.instance.report_run_failed(run)
    assert looks.again() == "1 new, 1 in all."


def test_a_way_that_fails_is_said_in_the_list_of_looks(
    looks: Looks, ours: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMONS_WEBHOOK", "http://127.0.0.1:1/secret")
    note(ours, problem="gone")
    told = looks.again()
    assert told == "1 new, 1 in all. COMMONS_WEBHOOK: the notice was not sent (ConnectError)"


def test_the_command_lists_what_waits_and_the_statements_themselves(
    refreshed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ours = Project(refreshed, refreshed / "warehouse")
    (ours.root / "sources" / "val" / "leer.md").write_text(" ")
    assert refresh.run(ours, [], None) == 0
    capsys.readouterr()
    assert waiting.run(ours, None, 50) == 0
    told = capsys.readouterr().out
    assert "val: 1 files or pages were refused\n  commons refresh val" in told
    held = json.loads((ours.releases_dir / "current" / "manifest.json").read_text())["unpublished"]
    assert waiting.run(ours, "confidence", 50) == 0
    assert capsys.readouterr().out.count("  confidence 0.") == held["confidence"] > 0
    assert waiting.run(ours, "confidence", 1) == 0
    assert capsys.readouterr().out.count("  confidence 0.") == 1
    for reason in ("class", "single", "label", "incomplete", "alone", "object", "self", "hidden"):
        with duckdb.connect(ours.root / "warehouse" / "warehouse.duckdb") as connection:
            connection.execute("UPDATE unpublished SET reason = ?", [reason])
        assert waiting.run(ours, reason, 1000) == 0
        *lines, how = capsys.readouterr().out.splitlines()
        assert (len(STATEMENT.findall("\n".join(lines))), how) == (held["confidence"], waiting.HOW[reason])
    with pytest.raises(CommonsError, match="choose one of quarantine, confidence, review, class"):
        waiting.run(ours, "love", 50)
