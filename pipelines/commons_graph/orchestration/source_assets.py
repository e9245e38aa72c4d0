"""Each source as an asset that no run makes: what it is, when it was last read, and whether it is overdue.

Dagster knows when an asset is overdue, and not a partition; sources are partitions (decision 0001). So each has an
asset beside them, and a read of it that went well is noted there. What does not belong here: reading (`reading`).
"""

from __future__ import annotations

import dagster as dg

from commons_graph.orchestration.cadence import overdue_after
from commons_graph.project import Project
from commons_graph.source import Source


def specs(project: Project) -> list[dg.AssetSpec]:
    """Give the asset of each source whose YAML is right."""
    return [_spec(source) for source in project.sources()]


def was_read(source: str) -> dg.AssetMaterialization:
    """Give the event that a source was read and did not break off."""
    return dg.AssetMaterialization(_key(source), description="Read to its end.")


def _key(source: str) -> dg.AssetKey:
    return dg.AssetKey(["source", source])


def _spec(source: Source) -> dg.AssetSpec:
    due = dg.FreshnessPolicy.time_window(overdue_after(source.schedule)) if source.schedule and source.enabled else None
    told = {"address": dg.MetadataValue.url(source.address), "licence": dg.MetadataValue.url(source.licence)}
    return dg.AssetSpec(
        _key(source.id),
        description=f"{source.title}, published by {source.publisher}.",
        group_name="sources",
        kinds={source.connector},
        metadata={**told, "on": source.enabled, "schedule": source.schedule or "by hand", "watched": source.watch},
        freshness_policy=due,
    )
