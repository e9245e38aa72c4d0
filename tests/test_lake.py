"""The lake's files: what is written is read again, wholly or not at all, and always the same bytes."""

from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from commons_graph import lake, lake_made, lake_past
from commons_graph.lake_made import Made
from commons_graph.model import Block, Document, Mark, Refusal, Statement, content_id, statement_id

MONDAY, TUESDAY, FRIDAY = date(2025, 1, 6), date(2025, 1, 7), date(2025, 1, 10)
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
    return lake.write_documents(path, found, Made("input", "1"), day=day)


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
    assert lake.write_statements(path, found, Made("f", "1"), day=MONDAY) == 2
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


bodies = st.dictionaries(st.sampled_from("ABCDEF"), st.sampled_from(("one", "two", "three")), max_size=6)


def states(key: str, body: str) -> list[Statement]:
    """Two statements of a document, in an order that is not that of their ids."""
    values = (f"{body} 2", f"{body} 1")
    made = [(statement_id(key, "skos:altLabel", value, key), value) for value in values]
    return [Statement(id, key, "skos:altLabel", v, "", "", "fr", key, 0, 4, "A.", "rule", "1", 0.9) for id, v in made]


@settings(max_examples=30, deadline=None)
@given(bodies, bodies)
def test_writing_what_changed_gives_the_bytes_of_writing_everything(tmp_path_factory, before, after):
    home = tmp_path_factory.mktemp("lake")
    kept = {key for key in after if before.get(key) == after[key]}
    for name, told in (("before", before), ("after", after)):
        whole = {a_document(key, body).document_id: a_document(key, body) for key, body in told.items()}
        made = Made(name, "1", {key: (body.text,) for key, body in whole.items()})
        said = [each for key, body in whole.items() for each in states(key, body.text)]
        keep = {content_id(key) for key in kept} if name == "after" else ()
        few = [body for key, body in whole.items() if key not in keep]
        lake.write_documents(home / "d" / "00.parquet", few, made, keep=keep, day=MONDAY)
        said_few = [each for each in said if each.document_id not in keep]
        lake.write_statements(home / "s" / "00.parquet", said_few, made, keep=keep, day=MONDAY)
    lake.write_documents(home / "e" / "00.parquet", whole.values(), made, day=MONDAY)
    lake.write_statements(home / "t" / "00.parquet", said, made, day=MONDAY)
    for part, other in (("d", "e"), ("s", "t")):
        assert (home / part / "00.parquet").read_bytes() == (home / other / "00.parquet").read_bytes()


def past(path: Path) -> dict[str, tuple[date, date]]:
    """What a file's past holds: value or title, first and last seen."""
    found = pq.read_table(lake_past.path_of(path)).to_pylist() if lake_past.path_of(path).exists() else []
    return {row.get("value") or row["title"]: (row["first_seen"], row["last_seen"]) for row in found}


def test_what_a_source_no_longer_says_goes_to_the_past_and_may_come_back(tmp_path):
    path = tmp_path / "00.parquet"
    made = Made("input", "1", {"d1": ("one",)})
    lake.write_statements(path, [a_statement("X"), a_statement("Y")], made, day=MONDAY)
    lake.write_statements(path, [a_statement("Y")], made, day=FRIDAY, until=TUESDAY)
    assert past(path) == {"X": (MONDAY, TUESDAY)}
    lake.write_statements(path, [a_statement("X")], made, day=FRIDAY)
    assert past(path) == {"Y": (MONDAY, FRIDAY)}
    rows = {row["value"]: row["first_seen"] for row in pq.read_table(path).to_pylist()}
    assert rows == {"X": MONDAY}


def test_what_our_own_code_no_longer_finds_is_no_past_but_a_document_that_went_is(tmp_path):
    path = tmp_path / "00.parquet"
    lake.write_statements(path, [a_statement("X")], Made("input", "1", {"d1": ("one",)}), day=MONDAY)
    lake.write_statements(path, [], Made("input", "2", {"d1": ("one",)}), day=TUESDAY)
    assert past(path) == {}
    lake.write_statements(path, [a_statement("X")], Made("input", "2", {"d1": ("one",)}), day=TUESDAY)
    lake.write_statements(path, [], Made("input", "3", {}), day=FRIDAY)
    assert past(path) == {"X": (TUESDAY, TUESDAY)}


def test_the_past_of_a_document_holds_no_text(tmp_path):
    path = tmp_path / "00.parquet"
    write(path, a_document("Un"), a_document("Deux"))
    write(path, a_document("Deux"), day=TUESDAY)
    assert past(path) == {"Un": (MONDAY, MONDAY)}
    assert not {"text", "blocks", "marks"} & set(pq.read_table(lake_past.path_of(path)).column_names)


def test_a_file_says_of_what_each_document_was_made_and_what_was_refused(tmp_path):
    path = tmp_path / "00.parquet"
    un = a_document("Un")
    refused = {"x": Refusal("https://x.example/x", "holds no text", "leave it\u2028out")}
    lake.write_documents(path, [un], Made("f", "1", {un.document_id: ("in",), "x": ("bad",)}, refused))
    found = lake_made.read(path)
    assert found.documents == {un.document_id: ("in", lake.content_mark(un)), "x": ("bad", "")}
    assert found.refused == refused
    assert lake_made.read(tmp_path / "01.parquet") is None
