"""The lake: documents and statements as Parquet, one file a source and bucket.

What belongs here: where the files lie, writing them whole or not at all, reading them, and the mark by which a step
knows that its work is done. What does not: the columns (`commons_graph.lake_table`), and who writes when.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from commons_graph.model import Document, Statement

INPUT, VERSION = b"commons:input", b"commons:version"


def documents_path(lake: Path, source: str, bucket: int) -> Path:
    """Give where the documents of one bucket of a source lie; `lake` is `Project.lake_dir`."""
    return lake / "documents" / source / f"{bucket:02d}.parquet"


def statements_path(lake: Path, source: str, bucket: int) -> Path:
    """Give where the statements of one bucket of a source lie; `lake` is `Project.lake_dir`."""
    return lake / "statements" / source / f"{bucket:02d}.parquet"


def write_documents(
    path: Path, documents: Iterable[Document], *, fingerprint: str, version: str, day: date | None = None
) -> int:
    """Write one bucket's documents, replacing the file in one step; give how many there are.

    `fingerprint` says what they were made from and `version` with what code: `is_current` compares both. The rows are
    ordered by id, an id given twice is kept once (the last). A row that the file already held keeps its first_seen;
    last_seen is `day` (today).
    """
    from commons_graph import lake_table

    rows = {document.document_id: document for document in documents}
    ordered = [rows[key] for key in sorted(rows)]
    table = lake_table.of_documents(ordered, _first_seen(path, "document_id"), day or date.today())
    _write(path, table, {INPUT: fingerprint.encode(), VERSION: version.encode()})
    return len(ordered)


def write_statements(
    path: Path, statements: Iterable[Statement], *, fingerprint: str, version: str, day: date | None = None
) -> int:
    """Write one bucket's statements as `write_documents` does; of an id given twice the most confident is kept."""
    from commons_graph import lake_table

    best: dict[str, Statement] = {}
    for statement in statements:
        held = best.get(statement.statement_id)
        if held is None or _rank(statement) < _rank(held):
            best[statement.statement_id] = statement
    ordered = sorted(best.values(), key=lambda row: (row.document_id, row.evidence_start, row.statement_id))
    table = lake_table.of_statements(ordered, _first_seen(path, "statement_id"), day or date.today())
    _write(path, table, {INPUT: fingerprint.encode(), VERSION: version.encode()})
    return len(ordered)


def read_documents(path: Path) -> Iterator[Document]:
    """Give the documents of one file, in its order, holding one batch of rows at a time."""
    from commons_graph import lake_table

    for batch in _batches(path, 256):
        yield from lake_table.documents_of(batch)


def read_statements(path: Path) -> Iterator[Statement]:
    """Give the statements of one file, in its order, holding one batch of rows at a time."""
    from commons_graph import lake_table

    for batch in _batches(path, 8192):
        yield from lake_table.statements_of(batch)


def fingerprint(path: Path) -> str | None:
    """Give the fingerprint of the input that a file was written from, or None where there is no whole file."""
    return _marks(path).get(INPUT)


def version(path: Path) -> str | None:
    """Give the version of the code that a file was written with, or None where there is no whole file."""
    return _marks(path).get(VERSION)


def is_current(path: Path, fingerprint: str, version: str) -> bool:
    """Say whether a file was written from this very input by this very code."""
    marks = _marks(path)
    return marks.get(INPUT) == fingerprint and marks.get(VERSION) == version


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


def _marks(path: Path) -> dict[bytes, str]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        metadata: Mapping[bytes, bytes] = pq.read_metadata(path).metadata or {}
    except (OSError, pa.ArrowException):
        return {}
    return {key: metadata[key].decode() for key in (INPUT, VERSION) if key in metadata}


def _first_seen(path: Path, key: str) -> dict[str, date]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            table = file.read(columns=[key, "first_seen"])
    except (OSError, pa.ArrowException):
        return {}
    return dict(zip(table.column(key).to_pylist(), table.column("first_seen").to_pylist(), strict=True))


def _write(path: Path, table: Any, marks: dict[bytes, bytes]) -> None:
    import pyarrow.parquet as pq

    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    with beside.open("wb") as file:
        pq.write_table(table.replace_schema_metadata(marks), file, compression="zstd", row_group_size=20_000)
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
