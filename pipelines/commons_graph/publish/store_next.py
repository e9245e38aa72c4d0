"""The SPARQL store of a release from that of the one before: the same files, then what went and what came.

What belongs here: telling whether the ontology lets it, and doing it. What does not: finding out what changed (`diff`,
`provenance_changes`), and whether what is on the disk can be trusted (`before`). Files of a store that hold triples are
never changed once written, so two stores may share them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse

from commons_graph.publish.releases import Release
from commons_graph.publish.store import load

SHARED = ".sst"
# What the store holds of the ontology, besides the graph; and what a release keeps of it.
LOADED = ("commons.ttl", "concepts.ttl")
KEPT = (*LOADED, "shapes.ttl", "context.jsonld", "prefixes.yaml")


def usable(before: Release, ontology: Path) -> bool:
    """Tell whether the store of a release, made by the same programs, holds the same files of the ontology."""
    return before.store.is_dir() and same_ontology(before, ontology, LOADED)


def same_ontology(before: Release, ontology: Path, names: Iterable[str] = KEPT) -> bool:
    """Tell whether a release has the same files of these names as an ontology's folder; where this lacks one, none."""
    return all(_bytes(before.ontology / name) == _bytes(ontology / name) for name in names)


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def build(path: Path, before: Release, removed: Sequence[Path], added: Sequence[Path]) -> int:
    """Make the store and give the number of its triples.

    What stands in the files `removed` was in the store before; what is in `added` is in it only if it is in `removed`
    too. Raises `CommonsError` when a file of `added` cannot be read.
    """
    _link(before.store, path)
    store = Store(str(path))
    went = sum(_remove(store, file) for file in removed)
    load(store, added)
    store.flush()
    return int(before.manifest["counts"]["store"]) - went + sum(map(_lines, added))


def _remove(store: Store, file: Path) -> int:
    for triple in parse(path=file, format=RdfFormat.N_TRIPLES):
        store.remove(Quad(triple.subject, triple.predicate, triple.object, DefaultGraph()))
    return _lines(file)


def _link(old: Path, new: Path) -> None:
    new.mkdir()
    for file in old.iterdir():
        if file.suffix != SHARED or not _linked(file, new / file.name):
            shutil.copyfile(file, new / file.name)


def _linked(old: Path, new: Path) -> bool:
    """Give a file a second name; say False where the file system cannot."""
    try:
        os.link(old, new)
    except OSError:
        return False
    return True


def _lines(path: Path) -> int:
    with path.open("rb") as lines:
        return sum(1 for _ in lines)
