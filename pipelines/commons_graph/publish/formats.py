"""All formats of a release, written in two threads, and each packed in a third as soon as it is there.

What belongs here: what is written beside what, and from the release before or anew. What does not: how a format is
written (`files` names the modules), and how it is packed (`packed`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from commons_graph.publish import by_entity, files, ntriples, store_next
from commons_graph.publish.before import Before
from commons_graph.publish.manifest import file_digest
from commons_graph.publish.namespaces import prefixes
from commons_graph.publish.sql import again

Digests: TypeAlias = dict[Path, str]
Pack: TypeAlias = Callable[[Path], None]
# The store proves graph.nt and provenance.nt, by reading them or what differs from the ones before. What else stands in
# graph.nq and seen.nt than terms of provenance.nt are days, which DuckDB writes.
PROVED = ("ttl", "jsonld")
ASIDE = "parquet"


def write_formats(
    making: files.Making, formats: Collection[str], written: Digests, last: Before, tell: Callable[[str], None]
) -> Digests:
    """Write seen.nt and all formats but those `written`, pack what is large, and give the digests of all these.

    `last` is the release before where little changed since, else none.
    """
    with again(making.connection) as second, ThreadPoolExecutor(1) as packer, ThreadPoolExecutor(1) as other:
        packed: list[Future[Digests]] = [packer.submit(_packed, path, last, written) for path in written]

        def pack(path: Path) -> None:
            packed.append(packer.submit(_packed, path, last, written))

        aside = other.submit(_aside, replace(making, connection=second), formats, pack)
        for name in formats:
            if files.FORMATS[name] not in {path.name for path in written} and name != ASIDE:
                tell(name)
                _write(making, name, last)
                pack(making.folder / files.FORMATS[name])
        if ASIDE in formats:
            tell(ASIDE)
        aside.result()
        tell("compression")
        return {path: digest for each in packed for path, digest in each.result().items()}


def _aside(making: files.Making, formats: Collection[str], pack: Pack) -> None:
    """Write what takes as long as all the rest: seen.nt and Parquet."""
    ntriples.write_seen(making.connection, making.folder / "seen.nt")
    pack(making.folder / "seen.nt")
    if ASIDE in formats:
        files.write(making, ASIDE, making.folder / files.FORMATS[ASIDE])


def _packed(path: Path, last: Before, told: Digests) -> Digests:
    return {each: told.get(each) or file_digest(each) for each in (path, *files.compress(path, last))}


def _write(making: files.Making, name: str, last: Before) -> None:
    if name in PROVED and _rewritten(making, name, last):
        return
    files.write(making, name, making.folder / files.FORMATS[name])
    if name in PROVED:
        ntriples.prove(making.folder / files.FORMATS[name])


def _rewritten(making: files.Making, name: str, last: Before) -> bool:
    """Write a format from that of the release before; say False where that cannot be."""
    file, folder = files.FORMATS[name], making.folder
    if last.release is None or not (last.has(file) and store_next.same_ontology(last.release, making.ontology)):
        return False
    changed = by_entity.subjects(folder / "added.nt", folder / "removed.nt")
    old, names = last.release.path / file, prefixes(making.ontology)
    if name == "ttl":
        by_entity.rewrite_turtle(folder / files.FORMATS["nt"], folder / file, old, changed, names)
    else:
        ontology = (making.ontology / "context.jsonld", names)
        by_entity.rewrite_jsonld(making.connection, folder / file, old, changed, ontology)
    return True
