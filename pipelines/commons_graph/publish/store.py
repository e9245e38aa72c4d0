"""The SPARQL store of a release: made once, then only read.

What belongs here: making the store, opening it, asking it within limits. What does not: showing answers (`results`),
choosing a release (`release`). Must stay quick to import: `commons query` waits for it.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from pyoxigraph import BlankNode as Blank
from pyoxigraph import Literal as Text
from pyoxigraph import NamedNode, QueryBoolean, QuerySolution, QueryTriples, RdfFormat, Store, Triple

from commons_graph.errors import CommonsError
from commons_graph.publish.guard import check

Term = NamedNode | Blank | Text | Triple | None
Row = tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a query may take and how many rows (or triples) it may give. See `worker` for a limit that kills."""

    seconds: float = 30.0
    rows: int = 100_000


USUAL = Limits()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave: rows of terms under `variables`, one truth value, or triples. `cut` when there were more."""

    kind: Literal["rows", "boolean", "triples"]
    variables: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    truth: bool = False
    cut: bool = False


def build(path: Path, files: Iterable[Path]) -> int:
    """Make a store of RDF files, all in the default graph, and give the number of its triples.

    Raises `CommonsError` when one of the files cannot be read; so each file that is loaded has had its syntax proved.
    """
    store = Store(str(path))
    load(store, files)
    store.flush()
    return len(store)


def load(store: Store, files: Iterable[Path]) -> None:
    """Add RDF files to a store. Raises `CommonsError` when one cannot be read."""
    for file in files:
        try:
            store.bulk_load(path=str(file), format=RdfFormat.from_extension(file.suffix[1:]))
        except SyntaxError as error:
            raise CommonsError(str(file), f"it cannot be loaded: {error}", "mend the file, or report this") from error


def open_store(path: Path) -> Store:
    """Open a release's store to read. Raises `CommonsError` when there is none."""
    if not path.is_dir():
        raise CommonsError(str(path), "there is no store", "run `commons refresh`")
    try:
        return Store.read_only(str(path))
    except OSError as error:
        raise CommonsError(str(path), f"the store cannot be opened: {error}", "run `commons refresh`") from error


def query(store: Store, text: str, limits: Limits = USUAL, prefixes: dict[str, str] | None = None) -> Answer:
    """Answer a SPARQL query; `prefixes` may be used without being declared.

    Raises `CommonsError` for updates, SERVICE, FROM, bad syntax and a query that takes too long. The time is looked at
    between rows: one that sorts for an hour before the first needs `worker.ask`.
    """
    check(text)
    until = time.monotonic() + limits.seconds
    try:
        found = store.query(text, prefixes=prefixes)
        if isinstance(found, QueryBoolean):
            return Answer("boolean", truth=bool(found))
        if isinstance(found, QueryTriples):
            triples = ((t.subject, t.predicate, t.object) for t in found)
            return _bounded("triples", ("s", "p", "o"), triples, limits.rows, until)
        variables = tuple(variable.value for variable in found.variables)
        rows = (tuple(cast("QuerySolution", solution)) for solution in found)
        return _bounded("rows", variables, rows, limits.rows, until)
    except SyntaxError as error:
        raise _slip(str(error)) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise CommonsError("query", str(error), "mend the query") from error


def _slip(told: str) -> CommonsError:
    """Give the error for bad syntax. Where a prefix is unknown the engine lists all characters that a name may have."""
    place, _, expected = told.partition(": ")
    if "Prefix not found" in expected:
        return CommonsError("query", f"{place}: a prefix is not declared", "declare it with PREFIX, or mend it")
    return CommonsError("query", " ".join(told.split()), "mend the query")


def _bounded(
    kind: Literal["rows", "triples"], variables: tuple[str, ...], found: Iterator[Row], most: int, until: float
) -> Answer:
    rows = tuple(_until(itertools.islice(found, most + 1), until))
    return Answer(kind, variables, rows[:most], cut=len(rows) > most)


def _until(rows: Iterator[Row], until: float) -> Iterator[Row]:
    for row in rows:
        if time.monotonic() > until:
            raise too_long()
        yield row


def too_long() -> CommonsError:
    """Give the error of a query that reached its time limit."""
    return CommonsError(
        "query",
        "it took too long",
        "put what finds least into a sub-SELECT with LIMIT (docs/researchers.md shows one), or ask for less",
    )
