"""Making a release, whole or not at all.

What belongs here: the order of the steps. What does not: any format, and how folders are switched (`releases`).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from commons_graph.project import Project
from commons_graph.publish import by_entity, files, manifest, ntriples, store, store_next
from commons_graph.publish.dataset import write_dataset
from commons_graph.publish.diff import Difference, write_difference
from commons_graph.publish.namespaces import prefixes
from commons_graph.publish.provenance_changes import write_changes
from commons_graph.publish.public import Refused, make
from commons_graph.publish.releases import MAKING, MANIFEST, Release, alone, find_current, next_number, settle
from commons_graph.publish.sql import open_public

# What the store holds of the ontology, besides the graph; and what a release keeps of it.
LOADED = ("commons.ttl", "concepts.ttl")
KEPT = (*LOADED, "shapes.ttl", "context.jsonld", "prefixes.yaml")
COMPARED = ("graph.nt", "provenance.nt")
# What a release takes from the one before, besides its store, whose blocks have their own checksums.
GOES_ON = (*COMPARED, "commons.duckdb")
# What came and went in provenance.nt, as long as the release is being made.
CHANGES = (".came.nt", ".went.nt")
# The store proves graph.nt and provenance.nt, by reading them or what differs from the ones before. What else stands in
# graph.nq and seen.nt than terms of provenance.nt are days, which DuckDB writes.
PROVED = ("ttl", "jsonld")
# What is compressed besides, once it is written.
BIG = ("graph.nq", "graph.ttl", "graph.jsonld", "graph.graphml", "seen.nt")


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
        digests, held_back = _compared(project, connection, making, before, tell)
        digest = manifest.content_digest(digests)
        if before is not None and before.manifest.get("digest") == digest:
            shutil.rmtree(making)
            return Release(before.number, before.path, before.manifest, unchanged=True)
        head = {"number": number, "date": (now or datetime.now(UTC)).isoformat(timespec="seconds"), "digest": digest}
        found = _finish(project, making, before, formats, {**head, **held_back}, digests, tell)
        tell("switch")
        return Release(number, settle(making, number), found)


def _compared(
    project: Project,
    connection: duckdb.DuckDBPyConnection,
    making: Path,
    before: Release | None,
    tell: Callable[[str], None],
) -> tuple[dict[Path, str], dict[str, Any]]:
    """Make what decides whether there is anything new: public copy, ontology, graph, provenance. Give their digests."""
    tell("public copy")
    (making / "ontology").mkdir()
    kept = [making / "ontology" / name for name in KEPT if (project.ontology_dir / name).is_file()]
    for path in kept:
        shutil.copyfile(project.ontology_dir / path.name, path)
    with ThreadPoolExecutor(1) as beside:
        whole = beside.submit(store_next.by_us, before, GOES_ON)
        refused: Refused = make(connection, making / "commons.duckdb")
        with open_public(making / "commons.duckdb") as public:
            tell("N-Triples")
            ntriples.write_graph(public, making / "graph.nt")
            tell("provenance")
            _provenance(making, public, before if whole.result() else None)
    digests = {path: manifest.file_digest(path) for path in (*(making / name for name in COMPARED), *kept)}
    return digests, manifest.held_back(connection, refused)


def _finish(
    project: Project,
    making: Path,
    before: Release | None,
    formats: Iterable[str],
    head: dict[str, Any],
    digests: dict[Path, str],
    tell: Callable[[str], None],
) -> dict[str, Any]:
    """Make all other files and the manifest; give the manifest."""
    with open_public(making / "commons.duckdb") as public, ThreadPoolExecutor(2) as beside:
        changes = _difference(making, before)
        last = before if (making / CHANGES[0]).exists() else None
        loaded = beside.submit(_store, making, before)
        packed = beside.submit(files.compress, [making / name for name in COMPARED])
        _formats(making, public, formats, tell, last)
        counts, sources = manifest.public_counts(public), manifest.sources(public, project)
        tell("compression")
        files.compress(making / name for name in BIG if (making / name).is_file())
        packed.result()
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
    if store_next.usable(before, making / "ontology", LOADED):
        made = store_next.build(making / "store", before, [went, making / "removed.nt"], [came, making / "added.nt"])
    else:
        made = store.build(making / "store", [*ontology, *(making / name for name in COMPARED)])
    came.unlink()
    went.unlink()
    return made


def _formats(
    making: Path,
    public: duckdb.DuckDBPyConnection,
    formats: Iterable[str],
    tell: Callable[[str], None],
    last: Release | None,
) -> None:
    """Write all formats; `last` is the release before where little changed since and what it says can be trusted."""
    ntriples.write_seen(public, making / "seen.nt")
    for name in formats:
        if name != "nt":
            tell(name)
            if last is None or name not in PROVED or not _rewritten(making, public, name, last):
                files.write(files.Making(public, making, making / "ontology"), name, making / files.FORMATS[name])
                if name in PROVED:
                    ntriples.prove(making / files.FORMATS[name])


def _rewritten(making: Path, public: duckdb.DuckDBPyConnection, name: str, last: Release) -> bool:
    """Write a format from that of the release before; say False where that cannot be."""
    file, ontology = files.FORMATS[name], making / "ontology"
    if not (store_next.by_us(last, [file]) and store_next.same_ontology(last, ontology, KEPT)):
        return False
    changed = by_entity.subjects(making / "added.nt", making / "removed.nt")
    old, names = last.path / file, prefixes(ontology)
    if name == "ttl":
        by_entity.rewrite_turtle(making / COMPARED[0], making / file, old, changed, names)
    else:
        by_entity.rewrite_jsonld(public, making / file, old, changed, (ontology / "context.jsonld", names))
    return True


def _difference(making: Path, before: Release | None) -> dict[str, int | None]:
    old = before.path / "graph.nt" if before is not None else None
    found: Difference = write_difference(old, making / "graph.nt", making / "added.nt", making / "removed.nt")
    return {"added": found.added, "removed": found.removed, "since": before.number if before else None}
