"""Making a release, whole or not at all.

What belongs here: the order of the steps. What does not: any format, and how folders are switched (`releases`).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from commons_graph.project import Project
from commons_graph.publish import files, manifest, ntriples, store, store_next
from commons_graph.publish.before import Before
from commons_graph.publish.dataset import write_dataset
from commons_graph.publish.diff import Difference, write_difference
from commons_graph.publish.formats import Digests, write_formats
from commons_graph.publish.namespaces import prefixes
from commons_graph.publish.provenance_changes import write_changes
from commons_graph.publish.public import Refused, make
from commons_graph.publish.releases import MAKING, MANIFEST, Release, alone, find_current, next_number, settle
from commons_graph.publish.sql import open_public
from commons_graph.publish.store_next import KEPT, LOADED

COMPARED = ("graph.nt", "provenance.nt")
# What a release takes from the one before, besides its store, whose blocks have their own checksums.
GOES_ON = (*COMPARED, "commons.duckdb")
# What came and went in provenance.nt, as long as the release is being made.
CHANGES = (".came.nt", ".went.nt")


def publish(
    project: Project,
    connection: duckdb.DuckDBPyConnection,
    formats: Iterable[str] = tuple(files.FORMATS),
    now: datetime | None = None,
    tell: Callable[[str], None] = lambda step: None,
) -> Release:
    """Publish the warehouse open in `connection` as the next release, and give it.

    Gives the current release, marked `unchanged`, when graph, provenance and ontology are the same as its. May be
    killed at any time: readers see the release before or the new one, and the next run clears up. `tell` hears the
    name of each step. Raises `CommonsError` when another run is publishing or a file written cannot be read again.
    """
    folder = project.releases_dir
    with alone(folder):
        before = find_current(folder)
        number = next_number(folder)
        making = folder / f"{MAKING}{number:06d}"
        making.mkdir()
        last = Before(before)
        digests, held_back = _compared(project, connection, making, last, tell)
        digest = manifest.content_digest(digests)
        if before is not None and before.manifest.get("digest") == digest:
            shutil.rmtree(making)
            return Release(before.number, before.path, before.manifest, unchanged=True)
        head = {"number": number, "date": (now or datetime.now(UTC)).isoformat(timespec="seconds"), "digest": digest}
        found = _finish(project, making, last, tuple(formats), {**head, **held_back}, digests, tell)
        tell("switch")
        return Release(number, settle(making, number), found)


def _compared(
    project: Project,
    connection: duckdb.DuckDBPyConnection,
    making: Path,
    before: Before,
    tell: Callable[[str], None],
) -> tuple[Digests, dict[str, Any]]:
    """Make what decides whether there is anything new: public copy, ontology, graph, provenance. Give their digests."""
    tell("public copy")
    (making / "ontology").mkdir()
    kept = [making / "ontology" / name for name in KEPT if (project.ontology_dir / name).is_file()]
    for path in kept:
        shutil.copyfile(project.ontology_dir / path.name, path)
    with ThreadPoolExecutor(1) as beside:
        whole = beside.submit(before.has, *GOES_ON)
        refused: Refused = make(connection, making / "commons.duckdb")
        with open_public(making / "commons.duckdb") as public:
            tell("N-Triples")
            ntriples.write_graph(public, making / "graph.nt")
            tell("provenance")
            _provenance(making, public, before.release if whole.result() else None)
    digests = {path: manifest.file_digest(path) for path in (*(making / name for name in COMPARED), *kept)}
    return digests, manifest.held_back(connection, refused)


def _finish(
    project: Project,
    making: Path,
    before: Before,
    formats: Collection[str],
    head: dict[str, Any],
    digests: Digests,
    tell: Callable[[str], None],
) -> dict[str, Any]:
    """Make all other files and the manifest; give the manifest."""
    with open_public(making / "commons.duckdb") as public, ThreadPoolExecutor(1) as beside:
        changes = _difference(making, before.release)
        last = before if (making / CHANGES[0]).exists() else Before(None)
        loaded = beside.submit(_store, making, before.release)
        counts, sources = manifest.public_counts(public), manifest.sources(public, project)
        written = {path: digest for path, digest in digests.items() if path.name in COMPARED}
        digests |= write_formats(files.Making(public, making, making / "ontology"), formats, written, last, tell)
        tell("SPARQL store")  # of many statements the last to be done
        counts["store"] = loaded.result()
    tell("description")
    told = {**head, "counts": counts, "changes": changes, "sources": sources, "versions": manifest.versions()}
    told["files"] = manifest.describe_files(making, ("store",), digests)
    write_dataset(making / "dataset.ttl", told, prefixes(making / "ontology"))
    told["files"] |= {"dataset.ttl": manifest.describe_file(making / "dataset.ttl")}
    (making / MANIFEST).write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return told


def _provenance(making: Path, public: duckdb.DuckDBPyConnection, before: Release | None) -> None:
    """Write provenance.nt, from that of the release before where that can be; then its changes stay in `CHANGES`."""
    if before is not None:
        changed = write_changes(making / "commons.duckdb", before.database, *(making / name for name in CHANGES))
        if changed is not None:
            ntriples.rewrite_provenance(public, making / "provenance.nt", before.path / "provenance.nt", changed)
            return
    ntriples.write_provenance(public, making / "provenance.nt")


def _store(making: Path, before: Release | None) -> int:
    """Make the store, from that of the release before where that can be; give the number of its triples."""
    ontology = [making / "ontology" / name for name in LOADED if (making / "ontology" / name).is_file()]
    came, went = (making / name for name in CHANGES)
    if before is None or not came.exists():
        return store.build(making / "store", [*ontology, *(making / name for name in COMPARED)])
    if store_next.usable(before, making / "ontology"):
        made = store_next.build(making / "store", before, [went, making / "removed.nt"], [came, making / "added.nt"])
    else:
        made = store.build(making / "store", [*ontology, *(making / name for name in COMPARED)])
    came.unlink()
    went.unlink()
    return made


def _difference(making: Path, before: Release | None) -> dict[str, int | None]:
    old = before.path / "graph.nt" if before is not None else None
    found: Difference = write_difference(old, making / "graph.nt", making / "added.nt", making / "removed.nt")
    return {"added": found.added, "removed": found.removed, "since": before.number if before else None}
