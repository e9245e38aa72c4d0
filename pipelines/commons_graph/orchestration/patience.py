"""A source that gave nothing, because its server was away, is asked again by the same run after a while.

What belongs here: when, and how often. What does not: asking one address again (`capture.http.retries`), and starting
a run again that a crash ended (dagster.yaml).
"""

from __future__ import annotations

import dagster as dg

from commons_graph.capture import archive
from commons_graph.capture.http import UnreachableError
from commons_graph.orchestration.resources import Run
from commons_graph.step_note import Note


def read(context: dg.AssetExecutionContext, run: Run) -> Note:
    """Read a run's source. Raises as `archive.refresh` does, and asks Dagster to come again while `run.waits` lasts.

    What came before a visit broke off is worth more than a second try, and the next refresh goes on from there.
    """
    name = context.partition_key
    try:
        note = archive.refresh(run.source(name), run.project, run.local.get(name))
    except UnreachableError as error:
        _again(context, run, error)
        raise
    if note.problem and not note.tally.added + note.tally.changed:
        _again(context, run)
    return note


def _again(context: dg.AssetExecutionContext, run: Run, error: Exception | None = None) -> None:
    if context.retry_number < len(run.waits):
        raise dg.RetryRequested(len(run.waits), run.waits[context.retry_number]) from error
