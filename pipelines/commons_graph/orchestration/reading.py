"""The assets of one source each: its captures, documents and statements.

They are partitioned by source; buckets are spread inside a step (`commons_graph.buckets`), because a partition a page
is more than Dagster's SQLite bears and a step costs seconds to start. What does not belong here: assets of the whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

import dagster as dg

from commons_graph import source_report
from commons_graph.capture import archive
from commons_graph.extract import buckets as extraction
from commons_graph.normalise import buckets as normalisation
from commons_graph.orchestration import beforehand, patience, source_assets
from commons_graph.orchestration.resources import WRITER, Run
from commons_graph.step_note import Note

EXPECTED, WHOLE = "expected_documents", "read_to_its_end"
Output = dg.MaterializeResult[None] | dg.AssetCheckResult


def assets(partitions: dg.PartitionsDefinition[str], sources: Sequence[dg.AssetSpec]) -> list[dg.AssetsDefinition]:
    """Give the three assets, with one partition a source; `sources` are the assets that stand for these."""

    @dg.asset(
        partitions_def=partitions,
        deps=sources,
        group_name="reading",
        kinds={"warc"},
        pool=WRITER,
        check_specs=[dg.AssetCheckSpec(WHOLE, asset="captures", description="The read did not break off.")],
    )
    def captures(context: dg.AssetExecutionContext, run: dg.ResourceParam[Run]) -> Iterator[Output]:
        """The exact bytes that a source answered, kept as WARC."""
        source = run.source(context.partition_key)
        beforehand.check(run.project)
        if run.replay:
            yield dg.MaterializeResult(metadata={"fingerprint": archive.archived(source, run.project)})
            yield _whole("")
            return
        note = patience.read(context, run)
        if not note.problem:
            context.log_event(source_assets.was_read(source.id))
        yield dg.MaterializeResult(metadata={**_metadata(note), "fingerprint": note.fingerprint})
        yield _whole(note.problem)

    @dg.asset(
        partitions_def=partitions,
        deps=[captures],
        group_name="reading",
        kinds={"parquet"},
        pool=WRITER,
        check_specs=[dg.AssetCheckSpec(EXPECTED, asset="documents", blocking=True)],
    )
    def documents(context: dg.AssetExecutionContext, run: dg.ResourceParam[Run]) -> Iterator[Output]:
        """Normalised texts with blocks, links, language and dates."""
        source = run.source(context.partition_key)
        note = normalisation.refresh(
            run.project,
            source.id,
            source.language,
            archive.listed(source, run.project),
            archive.latest_fingerprint(source, run.project),
            run.expect(source.id),
            run.progress,
        )
        report = source_report.of(run.project, source.id)
        yield dg.MaterializeResult(metadata={**_metadata(note), **(asdict(report) if report else {})})
        yield _expected(note, source.expect.documents)

    @dg.asset(partitions_def=partitions, deps=[documents], group_name="reading", kinds={"parquet"}, pool=WRITER)
    def statements(context: dg.AssetExecutionContext, run: dg.ResourceParam[Run]) -> dg.MaterializeResult[None]:
        """What the documents state, each with its evidence."""
        return dg.MaterializeResult(
            metadata=_metadata(extraction.refresh(run.project, context.partition_key, run.progress))
        )

    return [captures, documents, statements]


def _metadata(note: Note) -> dict[str, dg.MetadataValue]:
    refused = "\n".join(f"- {each.address}: {each.reason}" for each in note.refused[:50])
    return {
        "rows": dg.MetadataValue.int(note.rows),
        "refused": dg.MetadataValue.int(len(note.refused)),
        "refused, the first 50": dg.MetadataValue.md(refused or "none"),
    }


def _whole(problem: str) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key="captures",
        check_name=WHOLE,
        passed=not problem,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"broke off": problem or "no"},
    )


def _expected(note: Note, least: int) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key="documents",
        check_name=EXPECTED,
        passed=note.rows >= least,
        severity=dg.AssetCheckSeverity.ERROR,
        metadata={"documents": note.rows, "expected at least": least},
    )
