"""Starting the job from the command line: the same job as the schedule's, in this process, in the same list of runs.

What belongs here: how a run is started and which instance notes it. What does not: what the job does, what is printed.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass

import dagster as dg

from commons_graph import writer
from commons_graph.errors import CommonsError
from commons_graph.orchestration import records
from commons_graph.orchestration.definitions import JOB, PUBLISHING, READING, definitions
from commons_graph.orchestration.resources import Run
from commons_graph.project import Project

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
"""The terminal belongs to the bars; the log of a run is in the UI."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the job ended for each source ("" or what was wrong), and for the whole."""

    sources: dict[str, str]
    published: bool
    problem: str = ""


def refresh(run: Run, sources: Sequence[str]) -> Outcome:
    """Run the job for some sources: read each, then publish once. A source that fails does not stop the others.

    One source alone is one run, since Dagster's records of a second one take as long as a small step.
    Raises `CommonsError` when another process is refreshing.
    """
    with writer.alone(run.project, wait=False), records.held_open(), _instance(run.project) as instance:
        job = definitions(run).resolve_job_def(JOB)
        if len(sources) == 1:
            problem = _execute(job, instance, sources[0], READING + PUBLISHING)
            is_read = not problem.startswith(tuple(f"{key.to_user_string()}: " for key in READING))
            told = {sources[0]: "" if is_read else problem}
        else:
            told = {source: _execute(job, instance, source, READING) for source in sources}
            problem = _execute(job, instance, sources[-1], PUBLISHING) if not all(told.values()) else ""
    if all(told.values()):
        problem = "no source could be read"
    return Outcome(told, not problem, problem)


def _execute(job: dg.JobDefinition, instance: dg.DagsterInstance, source: str, selection: list[dg.AssetKey]) -> str:
    """Run part of the job for a source; give what was wrong, or ""."""
    result = job.execute_in_process(
        instance=instance,
        partition_key=source,
        asset_selection=selection,
        raise_on_error=False,
        # Only the daemon can start a run again, and it has not the code of this one's process.
        tags={"commons/by": "command line", "dagster/max_retries": "0"},
        run_config=QUIET,
    )
    return "" if result.success else _problem(result)


def _problem(result: dg.ExecuteInProcessResult) -> str:
    """Give the person's line of a failed run: that of the `CommonsError`, or the first failed check, or the error."""
    for event in result.get_failed_step_keys():
        if told := _failed_check(result, event):
            return f"{event}: {told}"
        failure = result.failure_data_for_node(event)
        error = failure.error if failure else None
        while error and error.cause and error.cls_name != CommonsError.__name__:
            error = error.cause
        if error:
            lines = error.message.strip().removeprefix(f"{CommonsError.__module__}.{CommonsError.__name__}: ")
            return f"{event}: {lines.splitlines()[0]}"
    return "the run failed; its log is in the Dagster UI (make serve)"


def _failed_check(result: dg.ExecuteInProcessResult, step: str) -> str:
    """Give the first check of a step that stopped the run, and what it found; "" where none did."""
    for event in result.events_for_node(step):
        if event.event_type != dg.DagsterEventType.ASSET_CHECK_EVALUATION:
            continue
        found = event.asset_check_evaluation_data
        if not found.passed and found.blocking and found.severity == dg.AssetCheckSeverity.ERROR:
            details = ", ".join(f"{name}: {value.value}" for name, value in found.metadata.items())
            remedy = "if that is right: `expect` in the source's YAML, ontology/limits.yaml, or SOURCE --accept-drop"
            return f"the check {found.check_name} failed ({details}); {remedy}"
    return ""


@contextlib.contextmanager
def _instance(project: Project):  # type: ignore[no-untyped-def]
    """Give the project's Dagster instance. Its paths are relative to the folder that holds warehouse/."""
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "1")
    project.warehouse_dir.mkdir(parents=True, exist_ok=True)
    (project.warehouse_dir / "dagster").mkdir(exist_ok=True)
    with (
        contextlib.chdir(project.warehouse_dir.parent),
        dg.DagsterInstance.from_config(str(project.root)) as instance,
    ):
        yield instance
