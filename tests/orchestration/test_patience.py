"""A server that was away is asked again by the same run; a source that is wrong is not, nor one that gave something."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from site_server import Reply, Site

from commons_graph.orchestration.definitions import JOB, READING, definitions
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
private: true
options: {{pause: 0}}
"""


@pytest.fixture
def site() -> Iterator[Site]:
    running = Site()
    yield running
    running.shutdown()
    running.server_close()


def read(root: Path, site: Site, source: str, *waits: float) -> dg.ExecuteInProcessResult:
    (root / "sources" / "wiki.yaml").write_text(WIKI.lstrip().format(address=site.at()))
    run = Run(Project(root, root / "warehouse"), waits=waits)
    with dg.DagsterInstance.ephemeral() as instance:
        return (
            definitions(run)
            .resolve_job_def(JOB)
            .execute_in_process(instance=instance, partition_key=source, asset_selection=READING, raise_on_error=False)
        )


def retried(result: dg.ExecuteInProcessResult) -> int:
    return sum(event.is_step_up_for_retry for event in result.all_events)


def test_a_server_that_is_away_is_asked_as_often_as_there_are_waits(project: Path, site: Site) -> None:
    site.pages["/robots.txt"] = Reply(b"", 501)
    result = read(project, site, "wiki", 0.0, 0.0)
    assert (result.success, retried(result), site.asked["/robots.txt"]) == (False, 2, 3)


def test_from_the_command_line_a_server_that_is_away_is_asked_once(project: Path, site: Site) -> None:
    site.pages["/robots.txt"] = Reply(b"", 501)
    result = read(project, site, "wiki")
    assert (result.success, retried(result)) == (False, 0)
    assert "does not give its robots.txt" in str(result.failure_data_for_node("captures"))


def test_a_source_that_is_wrong_is_not_asked_again(project: Path, site: Site) -> None:
    site.made = lambda path: Reply(b'{"error": {"code": "readapidenied"}}', type="application/json")
    result = read(project, site, "wiki", 0.0, 0.0)
    assert (result.success, retried(result)) == (False, 0)


def test_only_a_read_that_came_to_its_end_counts_as_one(project: Path, site: Site) -> None:
    good = read(project, site, "val")
    keys = {str(event.asset_key) for event in good.all_events if event.is_step_materialization}
    assert str(dg.AssetKey(["source", "val"])) in keys
    bad = read(project, site, "wiki")
    assert not [event for event in bad.all_events if event.is_step_materialization]
