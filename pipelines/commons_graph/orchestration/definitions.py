"""What Dagster loads: all assets, the job `refresh`, the schedules, what stewards are told of.

`dagster-webserver` and `dg dev` load this module for the project folder that they are started in.
"""

from __future__ import annotations

import dagster as dg

from commons_graph.orchestration import lost_runs, publishing, reading, source_assets, watching
from commons_graph.orchestration.resources import Run, one_at_a_time
from commons_graph.orchestration.schedules import schedules
from commons_graph.orchestration.sensors import tell_of_failures, tell_what_waits
from commons_graph.project import find

JOB = "refresh"
READING = [dg.AssetKey(name) for name in ("captures", "documents", "statements")]
PUBLISHING = [dg.AssetKey(name) for name in ("entities", "graph", "validation", "release")]


def definitions(run: Run, resource: dg.ResourceDefinition | None = None) -> dg.Definitions:
    """Give everything that Dagster runs for a project; `resource` gives the run where it must be waited for."""
    partitions = dg.StaticPartitionsDefinition([source.id for source in run.project.sources()])
    about = "Read one source (a partition each), then build the graph from all that is read, and publish a release."
    job = dg.define_asset_job(JOB, selection=dg.AssetSelection.all(), description=about)
    sources = source_assets.specs(run.project)
    return dg.Definitions(
        assets=[*sources, *reading.assets(partitions, sources), *publishing.assets(run.project)],
        jobs=[job],
        schedules=schedules(run.project, job),
        sensors=[
            tell_of_failures,
            tell_what_waits(run.project, JOB),
            lost_runs.sensor(run.project, JOB),
            *watching.sensors(run.project, job),
        ],
        resources={"run": resource or run},
        executor=dg.in_process_executor,
    )


OURS = Run(find(), waits=(60, 300))
defs = definitions(OURS, one_at_a_time(OURS))
