"""Sensors that look for changes: a wiki is asked one question, a folder is read once it has come to rest."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import dagster as dg
import pytest
from site_server import Reply, Site

from commons_graph.orchestration.definitions import JOB, definitions
from commons_graph.orchestration.resources import Run
from commons_graph.project import Project

WIKI = """
title: The wiki of the valley
connector: mediawiki-api
address: {address}
api: {address}api.php
language: fr
licence: https://creativecommons.org/licenses/by-sa/4.0/
publisher: Association du Val
enabled: true
private: true
watch: true
options: {{pause: 0}}
"""


class Looks:
    """A sensor of a project, evaluated again and again with the cursor that it left."""

    def __init__(self, project: Path, source: str, instance: dg.DagsterInstance) -> None:
        self.repository = definitions(Run(Project(project, project / "warehouse"))).get_repository_def()
        self.name, self.instance, self.cursor = f"watch_{source}", instance, ""

    def again(self) -> Any:
        context = dg.build_sensor_context(self.instance, cursor=self.cursor, repository_def=self.repository)
        tick = self.repository.get_sensor_def(self.name).evaluate_tick(context)
        self.cursor = tick.cursor or self.cursor
        return tick

    def asked(self) -> list[str]:
        """Look once more; give the sources of which runs are requested."""
        return [request.partition_key for request in self.again().run_requests]

    def skipped(self) -> str:
        tick = self.again()
        assert not tick.run_requests
        return str(tick.skip_message)


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as made:
        yield made


@pytest.fixture
def folder(project: Path, instance: dg.DagsterInstance) -> Looks:
    yaml = project / "sources" / "val.yaml"
    yaml.write_text(yaml.read_text() + "watch: true\n")
    return Looks(project, "val", instance)


@pytest.fixture
def site() -> Iterator[Site]:
    running = Site()
    yield running
    running.shutdown()
    running.server_close()


@pytest.fixture
def wiki(project: Path, site: Site, instance: dg.DagsterInstance) -> Looks:
    (project / "sources" / "wiki-val.yaml").write_text(WIKI.lstrip().format(address=site.at()))
    return Looks(project, "wiki_val", instance)


def says(site: Site, change: int, move: int) -> None:
    """Let the wiki's newest change and move have these numbers."""
    told = {"query": {"recentchanges": [{"rcid": change}], "logevents": [{"logid": move}]}}
    site.made = lambda path: Reply(json.dumps(told).encode(), type="application/json") if "api.php" in path else None


def test_files_are_read_once_nothing_changed_between_two_looks(folder: Looks, project: Path) -> None:
    assert "one more look" in folder.skipped()
    assert folder.asked() == ["val"]
    assert folder.skipped() == "nothing has changed"

    dropped = project / "sources" / "val" / "neuf.md"
    dropped.write_text("# Ne")
    assert "still changing" in folder.skipped()
    dropped.write_text("# Neuf\n\nLa Fondation des Pierres existe.")
    assert "still changing" in folder.skipped()
    assert folder.asked() == ["val"]

    dropped.unlink()
    assert "still changing" in folder.skipped()
    assert folder.asked() == ["val"], "what is taken out is a change too"


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("the same size, later", lambda file: os.utime(file, ns=(1, 1))),
        ("another name", lambda file: file.rename(file.with_name("autre.md"))),
        ("a link in its place", lambda file: (file.unlink(), file.symlink_to("/dev/zero"))),
        ("a folder without end", lambda file: (file.parent / "loop").symlink_to(file.parent)),
    ],
)
def test_what_counts_as_a_change(what: str, change: Callable[[Path], Any], folder: Looks, project: Path) -> None:
    folder.again(), folder.again()
    change(project / "sources" / "val" / "en.md")
    assert "still changing" in folder.skipped(), what
    assert folder.asked() == ["val"], what


def test_a_folder_that_is_away_is_one_line_and_nothing_is_read(folder: Looks, project: Path) -> None:
    folder.again(), folder.again()
    (project / "sources" / "val").rename(project / "sources" / "elsewhere")
    assert "is not" in folder.skipped() or "cannot be read" in folder.skipped()
    (project / "sources" / "elsewhere").rename(project / "sources" / "val")
    assert folder.skipped() == "nothing has changed"


def test_a_wiki_is_asked_one_question_and_read_when_its_newest_change_is_another(wiki: Looks, site: Site) -> None:
    says(site, 40, 3)
    assert wiki.asked() == ["wiki-val"], "what happened before the first look is not known"
    assert wiki.skipped() == "nothing has changed"
    site.forget()
    says(site, 41, 3)
    assert wiki.asked() == ["wiki-val"]
    question = next(path for path in site.asked if "api.php" in path)
    assert set(site.asked) == {"/robots.txt", question}
    asked = parse_qs(urlsplit(question).query)
    assert (asked["rcnamespace"], asked["rclimit"], asked["maxlag"]) == (["0|14"], ["1"], ["5"])
    says(site, 41, 4)
    assert wiki.asked() == ["wiki-val"], "a page that was moved in from elsewhere is a change too"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"<html>sorry", 503),
        Reply(b"<html>welcome"),
        Reply(b'{"error": {"code": "readapidenied", "info": "no"}}', type="application/json"),
        Reply(b'{"query": {"recentchanges": [{"rcid": "x"}]}}', type="application/json"),
        Reply(b'{"query": 7}', type="application/json"),
        Reply(b"[" * 100_000, type="application/json"),
    ],
)
def test_a_wiki_that_fails_is_one_line_and_what_it_said_before_is_kept(wiki: Looks, site: Site, reply: Reply) -> None:
    says(site, 40, 3)
    wiki.again()
    site.made = lambda path: reply if "api.php" in path else None
    told = wiki.skipped()
    assert told.startswith("http://127.0.0.1") or "MediaWiki" in told
    assert "\n" not in told
    assert "Traceback" not in told
    says(site, 40, 3)
    assert wiki.skipped() == "nothing has changed"


def test_while_a_refresh_is_under_way_no_other_is_requested(wiki: Looks, site: Site) -> None:
    says(site, 40, 3)
    tags = {"dagster/partition": "wiki-val"}
    job = wiki.repository.get_job(JOB)
    run = wiki.instance.create_run_for_job(job, tags=tags, status=dg.DagsterRunStatus.STARTED)
    assert "under way" in wiki.skipped()
    assert not site.asked
    wiki.instance.report_run_failed(run)
    assert wiki.asked() == ["wiki-val"]


def test_sources_that_are_off_or_not_watched_have_no_running_sensor(project: Path, site: Site) -> None:
    yaml = (project / "sources" / "val.yaml").read_text()
    off = yaml.replace("enabled: true", "enabled: false") + "watch: true\n"
    (project / "sources" / "off.yaml").write_text(off)
    found = definitions(Run(Project(project, project / "warehouse"))).get_repository_def().sensor_defs
    states = {sensor.name: sensor.default_status for sensor in found if sensor.name.startswith("watch_")}
    assert states == {"watch_off": dg.DefaultSensorStatus.STOPPED}
