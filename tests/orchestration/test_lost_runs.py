"""A run whose process is gone is ended after two looks; one that writes, or has just begun, is left alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from commons_graph.orchestration.definitions import JOB, definitions
from commons_graph.orchestration.resources import WRITER, Run
from commons_graph.project import Project

WRITES = """
import sys, pathlib
from commons_graph import writer
from commons_graph.project import Project
root = pathlib.Path(sys.argv[1])
with writer.alone(Project(root, root / "warehouse"), wait=False):
    print("writing", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def instance(project: Path) -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as made:
        yield made


@pytest.fixture
def definitions_of(project: Path) -> dg.RepositoryDefinition:
    return definitions(Run(Project(project, project / "warehouse"))).get_repository_def()


@pytest.fixture
def lost(instance: dg.DagsterInstance, definitions_of: dg.RepositoryDefinition) -> str:
    """A run that began and whose process is gone."""
    job = definitions_of.get_job(JOB)
    return instance.create_run_for_job(job, status=dg.DagsterRunStatus.STARTED).run_id


class Looks:
    def __init__(self, definitions: dg.RepositoryDefinition, instance: dg.DagsterInstance) -> None:
        self.sensor, self.instance = definitions.get_sensor_def("end_lost_runs"), instance
        self.cursor: str | None = ""

    def again(self) -> str:
        tick = self.sensor.evaluate_tick(dg.build_sensor_context(self.instance, cursor=self.cursor))
        self.cursor = tick.cursor
        return str(tick.skip_message)

    def status(self, run: str) -> dg.DagsterRunStatus:
        found = self.instance.get_run_by_id(run)
        assert found
        return found.status


@pytest.fixture
def looks(definitions_of: dg.RepositoryDefinition, instance: dg.DagsterInstance) -> Looks:
    return Looks(definitions_of, instance)


def test_a_run_without_a_process_is_ended_at_the_second_look(looks: Looks, lost: str) -> None:
    looks.again()
    assert looks.status(lost) == dg.DagsterRunStatus.STARTED, "it may have just begun"
    looks.again()
    assert looks.status(lost) == dg.DagsterRunStatus.FAILURE
    assert looks.again() == "no run is lost"


def test_while_a_process_writes_no_run_is_lost(looks: Looks, lost: str, project: Path) -> None:
    looks.again()
    path = os.pathsep.join([str(Path(__file__).parents[2] / "pipelines"), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-c", WRITES, str(project)]
    with subprocess.Popen(
        command, env=os.environ | {"PYTHONPATH": path}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writing:
        assert writing.stdout
        assert writing.stdout.readline() == "writing\n"
        assert [looks.again(), looks.again()] == ["no run is lost"] * 2
        writing.kill()
    looks.again()
    assert looks.status(lost) == dg.DagsterRunStatus.STARTED, "two looks, counted from when nobody wrote"
    looks.again()
    assert looks.status(lost) == dg.DagsterRunStatus.FAILURE


def test_every_part_of_the_job_is_in_the_pool_that_one_run_at_a_time_may_have(
    project: Path, definitions_of: dg.RepositoryDefinition, tmp_path: Path
) -> None:
    job = definitions_of.get_job(JOB)
    for node in job.nodes:
        assert node.definition.pools == {WRITER}, node.name
    with dg.DagsterInstance.from_config(str(project)) as instance:
        pools = instance.get_concurrency_config().pool_config
    assert (str(pools.pool_granularity.value), pools.default_pool_limit) == ("run", 1)
