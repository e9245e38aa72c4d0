"""What the daemon and the UI load: it is whole, it waits for its turn, and a failed run becomes a notice."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import dagster as dg
import pytest

from commons_graph import writer
from commons_graph.errors import CommonsError
from commons_graph.orchestration.definitions import JOB, READING, definitions
from commons_graph.orchestration.resources import Run, one_at_a_time
from commons_graph.orchestration.sensors import failure, tell_of_failures
from commons_graph.project import Project

SCRIPT = """
import sys, pathlib
from commons_graph import writer
from commons_graph.errors import CommonsError
from commons_graph.project import Project
root = pathlib.Path(sys.argv[1])
project = Project(root, root / "warehouse")
try:
    exec(sys.argv[2])
except CommonsError as error:
    print(error)
"""


def another(root: Path, what: str = "with writer.alone(project, wait=False): pass") -> str:
    """Let another process write, and give what it was told."""
    path = os.pathsep.join([str(Path(__file__).parents[2] / "pipelines"), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-c", SCRIPT, str(root), what]
    told = subprocess.run(command, env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True, check=True)
    return told.stdout.strip()


def test_definitions_are_whole_and_the_instance_takes_its_settings(project: Path) -> None:
    run = Run(Project(project, project / "warehouse"))
    defs = definitions(run, one_at_a_time(run))
    dg.Definitions.validate_loadable(defs)
    with dg.DagsterInstance.from_config(str(project)) as instance:
        assert instance.run_retries_enabled
        assert instance.run_monitoring_enabled


def test_a_run_of_the_daemon_lets_no_other_process_write(project: Path) -> None:
    asked: list[str] = []

    def ask(*_: object) -> None:
        asked.append(another(project) if not asked else "")

    run = Run(Project(project, project / "warehouse"), progress=ask)
    job = definitions(run, one_at_a_time(run)).resolve_job_def(JOB)
    with dg.DagsterInstance.ephemeral() as instance:
        assert job.execute_in_process(instance=instance, partition_key="val", asset_selection=READING).success
    assert f"another one is running (process {os.getpid()}" in asked[0]
    assert another(project) == ""


def test_the_command_line_is_refused_while_it_runs_and_reads_nothing(project: Path) -> None:
    with writer.alone(Project(project, project / "warehouse"), wait=False):
        told = another(project, "from commons_graph.commands.refresh import run; run(project, [], None)")
    assert f"another one is running (process {os.getpid()}" in told
    assert not (project / "warehouse" / "captures").exists()


def test_a_failed_run_becomes_a_notice_that_names_source_and_cause(project: Path) -> None:
    run = Run(Project(project, project / "warehouse"), replay=True)
    job = definitions(run).resolve_job_def(JOB)
    with dg.DagsterInstance.ephemeral() as instance:
        result = job.execute_in_process(
            instance=instance, partition_key="val", asset_selection=READING, raise_on_error=False
        )
        context = dg.build_run_status_sensor_context(
            sensor_name=tell_of_failures.name,
            dagster_event=result.get_run_failure_event(),
            dagster_instance=instance,
            dagster_run=result.dagster_run,
        ).for_run_failure()
        notice = failure(context)
    assert notice.title == "the refresh of val failed"
    assert CommonsError.__name__ in notice.text
    assert "nothing is archived of this source" in notice.text


@pytest.mark.parametrize(
    ("place", "text", "told"),
    [
        ("sources/decisions/ours.yaml", "decisions:\n- same: [val:a]\n", "sources/decisions/ours.yaml:2: `same` needs"),
        ("sources/rives.yaml", "title: Rives\nconector: web\n", "sources/rives.yaml:1: `connector` is missing"),
    ],
)
def test_a_run_of_the_daemon_stops_at_what_is_wrong_before_it_reads(
    project: Path, place: str, text: str, told: str
) -> None:
    (project / "warehouse" / "lake" / "documents" / "rives").mkdir(parents=True)
    (project / place).parent.mkdir(exist_ok=True)
    (project / place).write_text(text, encoding="utf-8")
    run = Run(Project(project, project / "warehouse"))
    with dg.DagsterInstance.ephemeral() as instance:
        job = definitions(run, one_at_a_time(run)).resolve_job_def(JOB)
        result = job.execute_in_process(instance=instance, partition_key="val", raise_on_error=False)
    assert told in str(result.failure_data_for_node("captures"))
    assert not (project / "warehouse" / "captures").exists()


def test_what_dagsters_tools_are_told_of_the_checkout_is_there() -> None:
    """`dagster-webserver` reads the first, `dg dev` the workspace and its one project."""
    root = Path(__file__).parents[2]
    tools = tomllib.loads((root / "pyproject.toml").read_text())["tool"]
    (place,) = tools["dg"]["workspace"]["projects"]
    told = tomllib.loads((root / place["path"] / "dg.toml").read_text())["project"]
    assert (root / place["path"] / told["root_module"] / "__init__.py").is_file()
    for name in (tools["dagster"]["module_name"], told["code_location_target_module"]):
        assert isinstance(import_module(name).defs, dg.Definitions)


def test_the_picture_of_the_pipeline_has_every_asset() -> None:
    script = "from drawing import pipeline; print(*pipeline.told())"
    docs = Path(__file__).parents[2] / "docs"
    done = subprocess.run([sys.executable, "-c", script], cwd=docs, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-2:] == ["validation", "release"]
