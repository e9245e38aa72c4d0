"""The lake's files: what is written is read again, wholly or not at all, and always the same bytes."""

from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from commons_graph import lake
from commons_graph.model import Block, Document, Mark, Statement, content_id, statement_id

MONDAY, TUESDAY = date(2025, 1, 6), date(2025, 1, 7)
text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
numbers = st.integers(0, 1000)
blocks = st.lists(st.builds(Block, st.just("paragraph"), numbers, numbers, numbers, text), max_size=3).map(tuple)
marks = st.lists(st.builds(Mark, st.just("wiki"), numbers, numbers, text), max_size=3).map(tuple)
documents = st.builds(
    Document, text, text, text, text, text, blocks, marks, text, text, text, st.lists(text).map(tuple), text, text
)


def a_document(title: str, body: str = "Text.") -> Document:
    block = Block("title", 0, len(title))
    return Document(content_id(title), "wiki", f"https://x.example/{title}", title, f"{title}\n{body}", (block,), (),
                    "fr", "wiki entry")  # fmt: skip


def a_statement(value: str, confidence: float = 0.9, extractor: str = "rule") -> Statement:
    made = statement_id("wiki:A", "skos:altLabel", value, "d1")
    return Statement(made, "wiki:A", "skos:altLabel", value, "", "", "fr", "d1", 0, 4, "A.", extractor, "1", confidence)


def write(path: Path, *found: Document, day: date = MONDAY) -> int:
    return lake.write_documents(path, found, fingerprint="input", version="1", day=day)


@settings(max_examples=30, deadline=None)
@given(st.lists(documents, max_size=5, unique_by=lambda document: document.document_id))
def test_documents_come_back_as_they_went(tmp_path_factory, found):
    path = tmp_path_factory.mktemp("lake") / "00.parquet"
    write(path, *found)
    assert list(lake.read_documents(path)) == sorted(found, key=lambda document: document.document_id)


def test_the_same_rows_in_another_order_give_the_same_bytes(tmp_path):
    some = [a_document(title) for title in ("Un", "Deux", "Trois")]
    write(tmp_path / "a.parquet", *some)
    write(tmp_path / "b.parquet", *reversed(some))
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_first_seen_is_kept_for_rows_that_stay(tmp_path):
    path = lake.documents_path(tmp_path, "wiki", 7)
    assert path == tmp_path / "documents" / "wiki" / "07.parquet"
    write(path, a_document("Un"), a_document("Deux"))
    write(path, a_document("Un", "Changed."), a_document("Trois"), day=TUESDAY)
    rows = {row["title"]: row for row in pq.read_table(path).to_pylist()}
    assert {title: row["first_seen"] for title, row in rows.items()} == {"Un": MONDAY, "Trois": TUESDAY}
    assert {row["last_seen"] for row in rows.values()} == {TUESDAY}


def test_of_one_statement_found_twice_the_most_confident_stays(tmp_path):
    path = lake.statements_path(tmp_path, "wiki", 0)
    found = [a_statement("X", 0.5, "b"), a_statement("X", 0.8, "a"), a_statement("Y")]
    assert lake.write_statements(path, found, fingerprint="f", version="1", day=MONDAY) == 2
    assert {(row.value, row.confidence) for row in lake.read_statements(path)} == {("X", 0.8), ("Y", 0.9)}


def test_a_step_knows_what_is_done(tmp_path):
    path = tmp_path / "00.parquet"
    assert lake.fingerprint(path) is None
    write(path)
    assert (lake.fingerprint(path), lake.version(path)) == ("input", "1")
    assert lake.is_current(path, "input", "1")
    assert not lake.is_current(path, "input", "2")
    assert not lake.is_current(path, "other", "1")


def test_half_a_file_counts_as_none_and_is_replaced(tmp_path):
    path = tmp_path / "00.parquet"
    write(path, a_document("Un"))
    path.write_bytes(path.read_bytes()[:-20])
    assert lake.fingerprint(path) is None
    write(path, a_document("Un"), day=TUESDAY)
    assert [document.title for document in lake.read_documents(path)] == ["Un"]
    assert [file.name for file in tmp_path.iterdir()] == ["00.parquet"]
