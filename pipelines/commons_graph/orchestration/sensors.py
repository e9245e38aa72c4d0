"""What Dagster tells stewards of: a run that failed, and what waits for them. How is `commons_graph.notice`'s."""

import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime

import dagster as dg

from commons_graph.notice import Notice, can_send, send
from commons_graph.orchestration.attention import Matter, matters
from commons_graph.orchestration.watching import UNDER_WAY
from commons_graph.project import Project

EVERY = 120


@dg.run_failure_sensor(
    name="tell_of_failures",
    description="Tell stewards of a failed run, by webhook and e-mail.",
    default_status=dg.DefaultSensorStatus.RUNNING,
)
def tell_of_failures(context: dg.RunFailureSensorContext) -> None:
    """Send one notice a failed run, unless it is about to be started again."""
    if context.dagster_run.tags.get("dagster/will_retry") == "true":
        return
    for problem in send(failure(context), os.environ):
        context.log.error(problem)


def failure(context: dg.RunFailureSensorContext) -> Notice:
    """Say which run failed, of which source, and why."""
    run = context.dagster_run
    source = run.tags.get("dagster/partition", "all sources")
    errors = [event.step_failure_data.error for event in context.get_step_failure_events()]
    causes = [(error.cause or error).message.strip() for error in errors if error]
    told = "\n".join([*causes, f"run {run.run_id} of {source}; the last release stays as it is"])
    return Notice(f"the refresh of {source} failed", told)


def tell_what_waits(project: Project, job: str) -> dg.SensorDefinition:
    """Give the sensor that tells what waits for a steward: once a refresh at the most, and each thing once."""

    @dg.sensor(
        name="tell_what_waits",
        minimum_interval_seconds=EVERY,
        description="Tell stewards what waits for them, by webhook and e-mail.",
        default_status=dg.DefaultSensorStatus.RUNNING,
    )
    def tell(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        if not can_send(os.environ):
            return dg.SensorResult(skip_reason="nobody to tell: set COMMONS_WEBHOOK or COMMONS_SMTP_HOST")
        if context.instance.get_runs_count(dg.RunsFilter(job_name=job, statuses=UNDER_WAY)):
            return dg.SensorResult(skip_reason="a refresh is under way: what waits is told when it has ended")
        found, told = matters(project, datetime.now(UTC)), json.loads(context.cursor or "[]")
        new = [matter for matter in found if matter.key not in told]
        problems = send(waiting(new, len(found)), os.environ) if new else ()
        for problem in problems:
            context.log.error(problem)
        reason = f"{len(new)} new, {len(found)} in all. {' '.join(problems)}".strip()
        return dg.SensorResult(skip_reason=reason, cursor=json.dumps([matter.key for matter in found]))

    return tell


def waiting(new: Sequence[Matter], every: int) -> Notice:
    """Say what is new among all that waits, and the command that shows each."""
    lines = [f"- {matter.what}\n  {matter.command}" for matter in new]
    rest = [f"{every - len(new)} more were told before: commons waiting"] if every > len(new) else []
    return Notice(f"{len(new)} new for you to look at", "\n".join([*lines, *rest]))
