"""Property paths of SPARQL, as rdflib reads them, turned into ours.

What belongs here: that alone, with the error for what cannot be translated.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rdflib import paths as rdf

from commons_graph.validate import paths


class UntranslatableError(Exception):
    """The query needs more of SPARQL than is translated."""


def path_of(found: rdf.Path) -> paths.Path:
    """Give a path as ours; raise UntranslatableError for a set of properties that it must not be (`!ex:p`)."""

    def each(parts: Any) -> tuple[paths.Path, ...]:
        return tuple(_step(part) for part in parts)

    readers: dict[type[rdf.Path], Callable[[Any], paths.Path]] = {
        rdf.InvPath: lambda path: paths.Inverse(_step(path.arg)),
        rdf.SequencePath: lambda path: paths.Sequence(each(path.args)),
        rdf.AlternativePath: lambda path: paths.Alternative(each(path.args)),
        rdf.MulPath: lambda path: paths.Repeat(_step(path.path), int(not path.zero), path.more),
    }
    if type(found) not in readers:
        raise UntranslatableError("a path")
    return readers[type(found)](found)


def _step(found: Any) -> paths.Path:
    return path_of(found) if isinstance(found, rdf.Path) else paths.Predicate(str(found))
