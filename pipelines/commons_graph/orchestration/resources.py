"""What a run is given besides its assets: the project folder, a local copy to read, and who watches the progress."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from commons_graph.buckets import Progress, silent
from commons_graph.project import Project
from commons_graph.source import Source


@dataclass(frozen=True, slots=True)
class Run:
    """The settings of one run. `local` maps a source to the copy of it that is read instead of its own path."""

    project: Project
    local: dict[str, Path] = field(default_factory=dict)
    progress: Progress = silent

    def source(self, name: str) -> Source:
        """Give a source by its name. Raises `CommonsError` when there is none, or its YAML is wrong."""
        return self.project.source(name)
