"""What Dagster tells stewards of: a run that failed. How it is told is `commons_graph.notice`'s."""

import os

import dagster as dg

from commons_graph.notice import Notice, send


@dg.run_failure_sensor(
    name="tell_of_failures",
    description="Tell stewards of a failed run, by webhook and e-mail.",
    default_status=dg.DefaultSensorStatus.RUNNING,
)
def tell_of_failures(context: dg.RunFailureSensorContext) -> None:
    """Send one notice a failed run."""
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
