"""A sensor for each source whose YAML says `watch: true`: it looks for changes, and requests a run when there are some.

What belongs here: when a run is requested. What does not: how a change shows (`capture.watch`).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from commons_graph.capture import watch
from commons_graph.errors import CommonsError
from commons_graph.project import Project
from commons_graph.source import WIKI, Source

AT_WIKI, AT_FILES = 900, 60
"""Seconds between two looks: a wiki's server is somebody else's."""
PARTITION = "dagster/partition"
UNDER_WAY = [dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED]


@dataclass(frozen=True, slots=True)
class Look:
    """What the last look saw, and what was there when a run was last requested."""

    seen: str = ""
    read: str = ""

    @classmethod
    def of(cls, cursor: str | None) -> Look:
        """Give what the cursor of a sensor says; nothing where it is empty or not ours."""
        try:
            return cls(**json.loads(cursor or "{}"))
        except (ValueError, TypeError):
            return cls()


def sensors(project: Project, job: UnresolvedAssetJobDefinition) -> list[dg.SensorDefinition]:
    """Give the sensors; those of sources that are on start running, the others wait to be switched on."""
    return [_sensor(project, source, job) for source in project.sources() if source.watch]


def _sensor(project: Project, source: Source, job: UnresolvedAssetJobDefinition) -> dg.SensorDefinition:
    where = "the wiki's recent changes" if source.connector == WIKI else f"`{source.path}`"

    @dg.sensor(
        name=f"watch_{source.id.replace('-', '_')}",
        job=job,
        minimum_interval_seconds=AT_WIKI if source.connector == WIKI else AT_FILES,
        description=f"Look at {where}, and refresh {source.title} when something changed.",
        default_status=dg.DefaultSensorStatus.RUNNING if source.enabled else dg.DefaultSensorStatus.STOPPED,
    )
    def look(context: dg.SensorEvaluationContext) -> dg.SensorResult:
        if context.instance.get_runs_count(dg.RunsFilter(statuses=UNDER_WAY, tags={PARTITION: source.id})):
            return dg.SensorResult(skip_reason="a refresh of this source is under way")
        try:
            return decide(source, Look.of(context.cursor), watch.mark(source, project))
        except CommonsError as error:
            return dg.SensorResult(skip_reason=str(error))

    return look


def decide(source: Source, last: Look, now: str) -> dg.SensorResult:
    """Say what follows from a look: nothing, one more look while files still come in, or a run of the source."""
    if now == last.read:
        return _skip("nothing has changed", Look(now, now))
    if source.connector != WIKI and now != last.seen:
        return _skip("files are new or still changing: one more look before they are read", Look(now, last.read))
    request = dg.RunRequest(partition_key=source.id, tags={"commons/by": "watch"})
    return dg.SensorResult(run_requests=[request], cursor=json.dumps(asdict(Look(now, now))))


def _skip(reason: str, look: Look) -> dg.SensorResult:
    return dg.SensorResult(skip_reason=reason, cursor=json.dumps(asdict(look)))
