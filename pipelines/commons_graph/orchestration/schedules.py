"""A schedule for each source whose YAML has one: it refreshes that source and publishes."""

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from commons_graph.project import Project
from commons_graph.source import Source


def schedules(project: Project, job: UnresolvedAssetJobDefinition) -> list[dg.ScheduleDefinition]:
    """Give the schedules; those of sources that are on start running, the others wait to be switched on."""
    return [_schedule(source, job) for source in project.sources() if source.schedule]


def _schedule(source: Source, job: UnresolvedAssetJobDefinition) -> dg.ScheduleDefinition:
    @dg.schedule(
        name=f"refresh_{source.id.replace('-', '_')}",
        job=job,
        cron_schedule=source.schedule,
        execution_timezone="UTC",
        description=f"Refresh {source.title} and publish.",
        default_status=dg.DefaultScheduleStatus.RUNNING if source.enabled else dg.DefaultScheduleStatus.STOPPED,
    )
    def due(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
        return dg.RunRequest(partition_key=source.id)

    return due
