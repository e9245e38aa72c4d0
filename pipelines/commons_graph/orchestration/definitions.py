"""What Dagster loads: all assets, the job `refresh`, a schedule for each source that has one.

`dagster-webserver` and `dg dev` load this module for the project folder that they are started in.
"""

from __future__ import annotations

import dagster as dg

from commons_graph.orchestration import publishing, reading
from commons_graph.orchestration.resources import Run
from commons_graph.orchestration.schedules import schedules
from commons_graph.project import find

JOB = "refresh"
READING = [dg.AssetKey(name) for name in ("captures", "documents", "statements")]


def definitions(run: Run) -> dg.Definitions:
    """Give everything that Dagster runs for a project."""
    partitions = dg.StaticPartitionsDefinition([source.id for source in run.project.sources()])
    job = dg.define_asset_job(JOB, selection=dg.AssetSelection.all())
    return dg.Definitions(
        assets=[*reading.assets(partitions), *publishing.assets()],
        jobs=[job],
        schedules=schedules(run.project, job),
        resources={"run": run},
        executor=dg.in_process_executor,
    )


defs = definitions(Run(find()))
