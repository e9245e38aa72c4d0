"""The assets of the whole graph: entities, graph and validation, made in one build of the warehouse, and the release.

The first three are one step, because the warehouse is built beside the old one and switched to when it is whole.
What does not belong here: assets of one source (`reading`).
"""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from commons_graph.orchestration import checks, limits, shape_checks
from commons_graph.orchestration.resources import WRITER, Run
from commons_graph.orchestration.whole import build, publish, tables
from commons_graph.project import Project

Output = dg.MaterializeResult[None] | dg.AssetCheckResult


def assets(project: Project) -> list[dg.AssetsDefinition]:
    """Give the assets that every source flows into, for a project with its shapes."""
    every = dg.AssetDep("statements", partition_mapping=dg.AllPartitionMapping())

    @dg.multi_asset(
        specs=[
            dg.AssetSpec("entities", deps=[every], group_name="publishing", kinds={"duckdb"}),
            dg.AssetSpec("graph", deps=["entities"], group_name="publishing", kinds={"duckdb"}),
            dg.AssetSpec("validation", deps=["graph"], group_name="publishing", kinds={"duckdb", "shacl"}),
        ],
        check_specs=[*checks.SPECS, *shape_checks.specs(project)],
        pool=WRITER,
    )
    def warehouse(run: dg.ResourceParam[Run]) -> Iterator[Output]:
        """Resolve keys to entities, make the graph, validate it; in DuckDB."""
        allowed = limits.read(run.project)
        build(run.project, run.progress)
        for asset, counted in tables(run.project).items():
            yield dg.MaterializeResult(asset_key=asset, metadata=counted)
        yield from checks.results(run.project, allowed, accept_drop=run.accept_drop)

    @dg.asset(deps=["validation"], group_name="publishing", kinds={"rdf"}, pool=WRITER)
    def release(run: dg.ResourceParam[Run]) -> dg.MaterializeResult[None]:
        """An immutable, numbered version: RDF, Parquet, JSON-LD, a SPARQL store, a description."""
        made = publish(run.project, run.progress)
        counts = made.manifest["counts"]
        told: dict[str, Any] = {"release": made.number, "unchanged": made.unchanged}
        told["folder"] = dg.MetadataValue.path(str(made.path))
        return dg.MaterializeResult(metadata={**told, **{name: counts[name] for name in ("entity", "triple")}})

    return [warehouse, release]
