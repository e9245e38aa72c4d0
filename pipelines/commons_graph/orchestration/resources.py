"""What a run is given besides its assets: the project folder, a local copy to read, and who watches the progress."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import dagster as dg

from commons_graph import writer
from commons_graph.buckets import Progress, silent
from commons_graph.project import Project
from commons_graph.source import Expect, Source

WRITER = "writer"
"""The pool of every step: runs of the daemon wait in its queue while another run writes (decision 0030)."""


@dataclass(frozen=True, slots=True)
class Run:
    """The settings of one run. `local` maps a source to the copy of it that is read instead of its own path.

    `waits` are the seconds after which a source that did not answer is asked again, once each.
    `replay` reads what is archived and nothing else; `accept_drop` lets a source, and the graph, lose much this once.
    """

    project: Project
    local: dict[str, Path] = field(default_factory=dict)
    progress: Progress = silent
    replay: bool = False
    accept_drop: bool = False
    waits: tuple[float, ...] = ()

    def source(self, name: str) -> Source:
        """Give a source by its name. Raises `CommonsError` when there is none, or its YAML is wrong."""
        return self.project.source(name)

    def expect(self, name: str) -> Expect:
        """Give what a read of a source must look like in this run."""
        expected = self.source(name).expect
        return replace(expected, max_drop=1.0) if self.accept_drop else expected


def one_at_a_time(run: Run) -> dg.ResourceDefinition:
    """Give a run's settings to a run of the daemon or the UI, once no other process writes, and until it has ended."""

    def held(_: dg.InitResourceContext) -> Iterator[Run]:
        with writer.alone(run.project, wait=True):
            yield run

    return dg.ResourceDefinition(held)
