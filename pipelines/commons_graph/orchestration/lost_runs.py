"""A run whose process is gone (power cut, kill) is marked as failed; else Dagster counts it as running for ever.

Dagster's run monitoring notices that only where its launcher can ask a machine's supervisor. We know it from the
lock that every run holds until its process ends: while nobody holds it, nobody runs. What does not belong here: the
lock (`commons_graph.writer`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import dagster as dg

from commons_graph import writer
from commons_graph.project import Project

EVERY = 60
RUNNING = [dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]


def sensor(project: Project, job: str) -> dg.SensorDefinition:
    """Give the sensor that ends the lost runs of a job, so that they hold up no other."""

    @dg.sensor(
        name="end_lost_runs",
        minimum_interval_seconds=EVERY,
        description="Mark runs whose process is gone as failed, so that they hold up no other.",
        default_status=dg.DefaultSensorStatus.RUNNING,
    )
    def end(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        running = context.instance.get_runs(dg.RunsFilter(job_name=job, statuses=RUNNING))
        if not running or writer.is_held(project):
            return dg.SensorResult(skip_reason="no run is lost", cursor="[]")
        # One that has just started holds no lock yet, so it takes two looks.
        before = json.loads(context.cursor or "[]")
        for run in running:
            if run.run_id in before:
                context.instance.report_run_failed(run, "Its process is gone: it was killed, or the machine stopped.")
        return dg.SensorResult(skip_reason=f"{len(running)} without a process", cursor=_cursor(running))

    return end


def _cursor(runs: Sequence[dg.DagsterRun]) -> str:
    return json.dumps([run.run_id for run in runs])
