"""The lake: documents and statements as Parquet, one file a source and bucket.

What belongs here: where the files lie, writing them whole or not at all, reading them. What does not: the columns
(`commons_graph.lake_table`), the marks by which a step knows what is done (`commons_graph.lake_made`), rows that ended
(`commons_graph.lake_past`), and who writes when.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from commons_graph import lake_made, lake_past
from commons_graph.lake_made import Made
from commons_graph.model import Document, Statement, content_id


def documents_path(lake: Path, source: str, bucket: int) -> Path:
    """Give where the documents of one bucket of a source lie; `lake` is `Project.lake_dir`."""
    return lake / "documents" / source / f"{bucket:02d}.parquet"


def statements_path(lake: Path, source: str, bucket: int) -> Path:
    """Give where the statements of one bucket of a source lie; `lake` is `Project.lake_dir`."""
    return lake / "statements" / source / f"{bucket:02d}.parquet"


def write_documents(
    path: Path,
    documents: Iterable[Document],
    made: Made,
    *,
    keep: Collection[str] = (),
    day: date | None = None,
    until: date | None = None,
) -> int:
    """Write one bucket's documents, replacing the file in one step; give how many there are.

    The rows of the documents `keep` are taken over from the old file. The rows are ordered by id; of an id given twice
    the last counts. A row that was there before keeps its first_seen; last_seen is `day` (today). Rows that are there
    no more go to the past (`commons_graph.lake_past`), seen `until` a day at least.
    """
    from commons_graph import lake_table

    rows = {document.document_id: document for document in documents}
    day = day or date.today()
    new = lake_table.of_documents(list(rows.values()), lake_past.first_seen(path, "document_id", rows), day)
    marks = {**_became(path, keep), **{key: (content_mark(row),) for key, row in rows.items()}}
    became = {key: (*given, *marks.get(key, ("",))) for key, given in made.documents.items()}
    old = lake_past.table(path)
    table = lake_table.joined(new, old, keep, ("document_id",), day)
    _write(path, table, replace(made, documents=became), "document_id", _without(old, table, "document_id"), until)
    return len(table)


def write_statements(
    path: Path,
    statements: Iterable[Statement],
    made: Made,
    *,
    keep: Collection[str] = (),
    day: date | None = None,
    until: date | None = None,
) -> int:
    """Write one bucket's statements as `write_documents` does; of an id given twice the most confident is kept.

    `keep` are the documents whose statements are taken over. What other code than before no longer finds in a document
    that is still there was an error of ours, and goes to no past.
    """
    from commons_graph import lake_table

    best: dict[str, Statement] = {}
    for statement in statements:
        held = best.get(statement.statement_id)
        if held is None or _rank(statement) < _rank(held):
            best[statement.statement_id] = statement
    day = day or date.today()
    new = lake_table.of_statements(list(best.values()), lake_past.first_seen(path, "statement_id", best), day)
    old = lake_past.table(path)
    table = lake_table.joined(new, old, keep, ("document_id", "evidence_start", "statement_id"), day)
    ended = _without(old, table, "statement_id")
    if ended and version(path) != made.version:
        ended = _without(ended, made.documents, "document_id")
    _write(path, table, made, "statement_id", ended, until)
    return len(table)


def read_documents(path: Path, only: Collection[str] | None = None) -> Iterator[Document]:
    """Give the documents of one file, all or some by id, in its order, holding one batch of rows at a time."""
    from commons_graph import lake_table

    for batch in _batches(path, 256):
        yield from lake_table.documents_of(batch if only is None else lake_table.some(batch, only))


def read_statements(path: Path) -> Iterator[Statement]:
    """Give the statements of one file, in its order, holding one batch of rows at a time."""
    from commons_graph import lake_table

    for batch in _batches(path, 8192):
        yield from lake_table.statements_of(batch)


def fingerprint(path: Path) -> str | None:
    """Give the fingerprint of the input that a file was written from, or None where there is no whole file."""
    found = lake_made.metadata(path).get(lake_made.INPUT)
    return None if found is None else found.decode()


def version(path: Path) -> str | None:
    """Give the version of the code that a file was written with, or None where there is no whole file."""
    found = lake_made.metadata(path).get(lake_made.VERSION)
    return None if found is None else found.decode()


def is_current(path: Path, fingerprint: str, version: str) -> bool:
    """Say whether a file was written from this very input by this very code."""
    marks = lake_made.metadata(path)
    return (marks.get(lake_made.INPUT), marks.get(lake_made.VERSION)) == (fingerprint.encode(), version.encode())


def content_mark(document: Document) -> str:
    """Give a digest of what extraction reads of a document: all but the digest of the bytes that it was made from."""
    return content_id(repr(replace(document, capture="")))


def rows(path: Path) -> int:
    """Give the number of rows of a file, without reading them; 0 where there is no whole file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return int(pq.read_metadata(path).num_rows)
    except (OSError, pa.ArrowException):
        return 0


def _rank(statement: Statement) -> tuple[float, int, str, str]:
    return -statement.confidence, statement.evidence_start, statement.extractor, statement.extractor_version


def _batches(path: Path, size: int) -> Iterator[Any]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        yield from file.iter_batches(batch_size=size)


def _became(path: Path, keep: Collection[str]) -> dict[str, tuple[str, ...]]:
    before = lake_made.read(path)
    return {key: before.documents[key][1:] for key in keep if key in before.documents} if before else {}


def _without(rows: Any | None, others: Any, key: str) -> Any | None:
    """Give the rows of which no other row has the key; `others` is a table, or the keys themselves."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if rows is None:
        return None
    keys = others[key].combine_chunks() if isinstance(others, pa.Table) else pa.array(list(others), pa.string())
    return rows.filter(pc.invert(pc.is_in(rows[key], keys)))


def _write(path: Path, table: Any, made: Made, key: str, ended: Any | None, until: date | None) -> None:
    """Write the past first: a run killed between the two finds the same rows ended again."""
    if ended is not None:
        past = lake_past.end(path, key, ended, table[key].to_pylist(), until)
        if past is not None:
            _put(lake_past.path_of(path), past)
    _put(path, table.replace_schema_metadata(made.encoded()))


def _put(path: Path, table: Any) -> None:
    import pyarrow.parquet as pq

    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        pq.write_table(table, file, compression="zstd", row_group_size=20_000)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    _sync(path.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
