"""The steps of the whole graph, as calls to the stages: build the warehouse, count it, publish it.

What belongs here: which stage's step follows which. What does not: Dagster, and what the steps do.
"""

from __future__ import annotations

from commons_graph import step_note, warehouse
from commons_graph.buckets import Progress
from commons_graph.code import PACKAGE, version_of
from commons_graph.orchestration import validation
from commons_graph.project import Project
from commons_graph.publish import release as releasing
from commons_graph.publish.releases import Release, find_current
from commons_graph.resolve import step as resolution
from commons_graph.step_note import Note

COUNTED = {
    "entities": ("identity", "entity", "redirect"),
    "graph": ("resolved", "unpublished", "triple"),
    "validation": ("violation", "quarantine"),
}


def build(project: Project, progress: Progress) -> None:
    """Build the warehouse from the lake: resolve, make the graph, validate and quarantine. Nothing is done twice."""
    progress("warehouse", 0, 1)
    warehouse.build(project, resolution.step(project), validation.step(project))
    progress("warehouse", 1, 1)


def tables(project: Project) -> dict[str, dict[str, int]]:
    """Give how many rows each table of the warehouse has, by the asset that made it."""
    with warehouse.connect(project, read_only=True) as connection:
        return {
            asset: {name: int(connection.table(name).count("*").fetchall()[0][0]) for name in names}
            for asset, names in COUNTED.items()
        }


def publish(project: Project, progress: Progress) -> Release:
    """Publish the warehouse as a release, unless the current release was made from this very warehouse."""
    mark, code = warehouse.built_from(project) or "", version_of(PACKAGE / "publish", project.ontology_dir)
    note, shown = step_note.read(_beside(project)), find_current(project.releases_dir)
    if note and shown and (note.fingerprint, note.version, note.rows) == (mark, code, shown.number):
        return Release(shown.number, shown.path, shown.manifest, unchanged=True)
    with warehouse.connect(project, read_only=True) as connection:
        made = releasing.publish(project, connection, tell=lambda step: progress(f"release: {step}", 0, 1))
    step_note.write(_beside(project), Note(mark, code, made.number))
    progress("release", 1, 1)
    return made


def _beside(project: Project):  # type: ignore[no-untyped-def]
    return project.warehouse_dir / "work" / "released"
