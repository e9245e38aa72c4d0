"""Documents and statements as Arrow tables, and documents back again.

What belongs here: the columns of the lake and the conversion of records, column by column (a dictionary a row would
cost several times as much). What does not: files, which are `commons_graph.lake`'s.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from itertools import accumulate
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from commons_graph.model import Block, Document, Mark, Statement

BLOCK = pa.struct([(f.name, pa.int32() if f.type == "int" else pa.string()) for f in fields(Block)])
MARK = pa.struct([(f.name, pa.int32() if f.type == "int" else pa.string()) for f in fields(Mark)])
SEEN = [("first_seen", pa.date32()), ("last_seen", pa.date32())]
LISTS = {"blocks": pa.list_(BLOCK), "marks": pa.list_(MARK), "categories": pa.list_(pa.string())}
NUMBERS = {"evidence_start": pa.int32(), "evidence_end": pa.int32(), "confidence": pa.float64()}
DOCUMENTS = pa.schema([(f.name, LISTS.get(f.name, pa.string())) for f in fields(Document)] + SEEN)
STATEMENTS = pa.schema([(f.name, NUMBERS.get(f.name, pa.string())) for f in fields(Statement)] + SEEN)


def of_documents(documents: Sequence[Document], seen: Mapping[str, date], day: date) -> Any:
    """Give the table of some documents. `seen` holds the day each id was first seen; the others get `day`."""
    columns: dict[str, Any] = {f.name: [getattr(document, f.name) for document in documents] for f in fields(Document)}
    columns["blocks"] = _structs(columns["blocks"], BLOCK)
    columns["marks"] = _structs(columns["marks"], MARK)
    return _table(columns, columns["document_id"], DOCUMENTS, seen, day)


def of_statements(statements: Sequence[Statement], seen: Mapping[str, date], day: date) -> Any:
    """Give the table of some statements. `seen` holds the day each id was first seen; the others get `day`."""
    columns: dict[str, Any] = {
        f.name: [getattr(statement, f.name) for statement in statements] for f in fields(Statement)
    }
    return _table(columns, columns["statement_id"], STATEMENTS, seen, day)


def documents_of(table: Any) -> Iterator[Document]:
    """Give the documents that a table (or a batch of one) holds, in its order."""
    columns = {f.name: table.column(f.name) for f in fields(Document)}
    values = {
        "blocks": _records(columns.pop("blocks"), Block),
        "marks": _records(columns.pop("marks"), Mark),
        "categories": map(tuple, columns.pop("categories").to_pylist()),
        **{name: column.to_pylist() for name, column in columns.items()},
    }
    for row in zip(*(values[f.name] for f in fields(Document)), strict=True):
        yield Document(*row)


def statements_of(table: Any) -> Iterator[Statement]:
    """Give the statements that a table (or a batch of one) holds, in its order."""
    columns = (table.column(f.name).to_pylist() for f in fields(Statement))
    for row in zip(*columns, strict=True):
        yield Statement(*row)


def some(table: Any, documents: Collection[str]) -> Any:
    """Give the rows of a table (or a batch of one) that belong to some documents."""
    return table.filter(pc.is_in(table.column("document_id"), pa.array(list(documents), pa.string())))


def joined(new: Any, old: Any | None, keep: Collection[str], order: Sequence[str], day: date) -> Any:
    """Give new rows together with those old ones that belong to the documents `keep`, in order; seen on `day`."""
    tables = [new]
    if old is not None and keep:
        kept = some(old, keep).replace_schema_metadata(None)
        place = kept.column_names.index("last_seen")
        tables.append(kept.set_column(place, pa.field(*SEEN[1]), pa.repeat(pa.scalar(day, pa.date32()), len(kept))))
    whole = pa.concat_tables(tables).combine_chunks()
    return whole.take(pc.sort_indices(whole, [(name, "ascending") for name in order]))


def _table(columns: dict[str, Any], ids: list[str], schema: Any, seen: Mapping[str, date], day: date) -> Any:
    columns["first_seen"] = [seen.get(row, day) for row in ids]
    columns["last_seen"] = [day] * len(ids)
    return pa.table(columns, schema=schema)


def _structs(rows: list[tuple[Any, ...]], struct: Any) -> Any:
    flat = [item for row in rows for item in row]
    parts = [pa.array([getattr(item, field.name) for item in flat], field.type) for field in struct]
    offsets = pa.array(accumulate((len(row) for row in rows), initial=0), pa.int32())
    return pa.ListArray.from_arrays(offsets, pa.StructArray.from_arrays(parts, fields=list(struct)))


def _records(column: Any, record: type[Block] | type[Mark]) -> Iterator[tuple[Any, ...]]:
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    flat = array.flatten()
    items = [record(*values) for values in zip(*(flat.field(f.name).to_pylist() for f in fields(record)), strict=True)]
    start = 0
    for length in array.value_lengths().to_pylist():
        yield tuple(items[start : start + length])
        start += length
