"""N-Triples: whatever a source says gets out whole, and what is no RDF does not get out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from commons_graph.publish import ntriples, public
from commons_graph.publish.iris import publishable
from commons_graph.publish.sql import define_terms, open_public

State = Callable[..., str]
CG = "https://w3id.org/commons-graph/"
SUBJECT = f"{CG}id/e1"
SAYS = "http://purl.org/dc/terms/description"
HOSTILE = [
    'say "no"\nand\r\n\tgo \\ on \\n',
    "\x00\x01\x08\x0b\x0c\x1f\x7f",
    "\ufffe\uffff\U0001ffff",
    "<script>alert(1)</script>",
    "' ; DROP TABLE triple; --",
    "é \U0001f33b \u2028 \u202e",
    " ",
    "\\u0041",
    '"@en . <a> <b> "',
    "\x85\xa0\ufeff",
]
NO_IRIS = [
    "http://a.example/%zz",
    "http://a.example/a b",
    "http://a.example/>.<x",
    "http://a.example/\n",
    "no scheme",
    "",
    "http:",
    "javascript:alert(1)",
    "data:text/html,x",
    "mailto:someone",
    "http://[:::]/",
    "http://a.example/\\",
    "http:///x",
    "http://a.example/{x}",
    'http://a.example/"',
    "http://a.example:x/",
    "//a.example/",
]
UNUSUAL = [
    "https://a.example/é/%C3%A9?q=1#f",
    "http://[::1]/x",
    "urn:isbn:1",
    "http://a.example/(x)'!*",
    "https://ru.example/Я",
]
TERMS = duckdb.connect()
define_terms(TERMS)


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    row = TERMS.execute("SELECT '<a:b> <a:c> ' || nt_text(?) || ' .'", [text]).fetchone()
    assert row is not None
    (quad,) = parse(row[0].encode(), format=RdfFormat.N_TRIPLES)
    assert quad.object == Literal(text)
    assert not any(ord(sign) < 32 or ord(sign) == 127 for sign in row[0])


@pytest.fixture
def made(warehouse: duckdb.DuckDBPyConnection, tmp_path: Path) -> Callable[[], tuple[Path, public.Refused]]:
    """Publish the warehouse's four line-based files to a folder."""

    def make() -> tuple[Path, public.Refused]:
        folder = tmp_path / f"made{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        refused = public.make(warehouse, folder / "public.duckdb")
        with open_public(folder / "public.duckdb") as connection:
            ntriples.write_graph(connection, folder / "graph.nt")
            ntriples.write_quads(connection, folder / "graph.nq")
            ntriples.write_provenance(connection, folder / "provenance.nt")
            ntriples.write_seen(connection, folder / "seen.nt")
        for name in ("graph.nt", "graph.nq", "provenance.nt", "seen.nt"):
            ntriples.prove(folder / name)
        return folder, refused

    return make


Made = Callable[[], tuple[Path, public.Refused]]


def test_hostile_literals_get_out_whole(state: State, made: Made) -> None:
    for text in HOSTILE:
        state(SUBJECT, SAYS, text, quote=text)
    folder, _ = made()
    assert {quad.object.value for quad in parse(path=folder / "graph.nt")} == set(HOSTILE)
    quotes = {q.object.value for q in parse(path=folder / "provenance.nt") if q.predicate.value == f"{CG}ns#quote"}
    assert quotes == set(HOSTILE)


@pytest.mark.parametrize("iri", NO_IRIS)
def test_no_iri_is_not_publishable(iri: str) -> None:
    assert not publishable(iri)


def test_what_is_no_iri_stays_behind_and_is_counted(state: State, made: Made) -> None:
    for iri in filter(None, NO_IRIS):
        state(SUBJECT, "http://xmlns.com/foaf/0.1/homepage", iri=iri)
    state("http://a.example/<s>", SAYS, "x")
    state(SUBJECT, "http://a.example/p p", "x")
    state(SUBJECT, SAYS, "x", datatype="no datatype")
    state(SUBJECT, SAYS, "kept")
    folder, refused = made()
    assert refused.triples == {"IRI": len(NO_IRIS) - 1 + 3}
    assert (folder / "graph.nt").read_text() == f'<{SUBJECT}> <{SAYS}> "kept" .\n'


def test_unusual_iris_get_out(state: State, made: Made) -> None:
    for iri in UNUSUAL:
        state(SUBJECT, "http://xmlns.com/foaf/0.1/homepage", iri=iri)
    folder, refused = made()
    assert refused.triples == {}
    assert {quad.object for quad in parse(path=folder / "graph.nt")} == set(map(NamedNode, UNUSUAL))


def test_language_tags(state: State, made: Made) -> None:
    kept, wrong = {"fr", "pt-BR", "zh-Hant-TW"}, {"en-a", "x y", "12"}
    for lang in kept | wrong:
        state(SUBJECT, SAYS, f"in {lang}", lang=lang)
    folder, refused = made()
    assert {quad.object.value for quad in parse(path=folder / "graph.nt")} == {f"in {lang}" for lang in kept}
    assert refused.triples == {"language tag": len(wrong)}


def test_a_plain_literal_is_a_string(state: State, made: Made) -> None:
    state(SUBJECT, SAYS, "x")
    state(SUBJECT, SAYS, "x", datatype="http://www.w3.org/2001/XMLSchema#string")
    folder, _ = made()
    assert (folder / "graph.nt").read_text() == f'<{SUBJECT}> <{SAYS}> "x" .\n'


def test_files_are_sorted_and_the_same_whatever_the_order_of_rows(
    warehouse: duckdb.DuckDBPyConnection, small: None, made: Made
) -> None:
    first, _ = made()
    for table in ("triple", "resolved", "statement", "document", "entity"):
        rows = warehouse.execute(f"FROM {table}").fetchall()
        warehouse.execute(f"DELETE FROM {table}")
        warehouse.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows[::-1])
    second, _ = made()
    for name in ("graph.nt", "graph.nq", "provenance.nt", "seen.nt"):
        assert (first / name).read_bytes() == (second / name).read_bytes()
    for name in ("graph.nt", "graph.nq", "seen.nt"):
        lines = (first / name).read_bytes().splitlines()
        assert lines == sorted(set(lines))


def test_a_triple_of_two_documents_is_in_two_graphs(small: None, made: Made) -> None:
    folder, _ = made()
    member = NamedNode("http://www.w3.org/ns/org#memberOf")
    graphs = [quad.graph_name.value for quad in parse(path=folder / "graph.nq") if quad.predicate == member]
    assert graphs == ["https://wiki.example/Page_1", "https://wiki.example/Page_2"]


def test_an_address_that_two_documents_have_names_neither(
    document: Callable[[str, str, str], None], small: None, state: State, made: Made
) -> None:
    online = "https://letters.example/online"
    for name, address in {"a": online, "b": online, "c": f"{online}#c", "d": f"{online}#c", "e": f"{online}/e"}.items():
        document(name, address, f"Letter {name}")
        state(SUBJECT, SAYS, f"says letter {name}", document=name)
    document("f", f"{online}/e", "Letter f, of which nothing is published")
    names = {"a": f"{online}#a", "b": f"{online}#b", "c": f"{CG}document/c", "d": f"{CG}document/d"}
    expected = {f"says letter {key}": iri for key, iri in {**names, "e": f"{online}/e#e"}.items()}
    folder, _ = made()
    graphs = {quad.object.value: quad.graph_name.value for quad in parse(path=folder / "graph.nq")}
    assert {said: iri for said, iri in graphs.items() if said in expected} == expected
    quads = list(parse(path=folder / "provenance.nt"))
    titles = [quad.subject.value for quad in quads if quad.predicate.value == "http://purl.org/dc/terms/title"]
    assert len(titles) == len(set(titles))
    assert {quad.object.value for quad in quads if quad.predicate.value.endswith("#wasDerivedFrom")} == {
        *expected.values(),
        "https://wiki.example/Page_1",
        "https://wiki.example/Page_2",
    }


def test_each_statement_has_its_provenance(small: None, made: Made) -> None:
    folder, _ = made()
    quads = list(parse(path=folder / "provenance.nt"))
    nodes = {quad.subject for quad in quads if quad.object == NamedNode(f"{CG}ns#Statement")}
    assert len(nodes) == 10
    for node in nodes:
        assert len({quad.predicate for quad in quads if quad.subject == node}) == 10
    extractors = {quad.object.value for quad in quads if quad.predicate.value.endswith("#wasGeneratedBy")}
    assert extractors == {f"{CG}extractor/cue/1"}


def test_what_is_held_back_is_in_no_file_of_the_public_copy(
    warehouse: duckdb.DuckDBPyConnection, small: None, state: State, made: Made
) -> None:
    held = [
        state(SUBJECT, SAYS, "Secret one", quote="Secret one"),
        state(SUBJECT, SAYS, "Secret two", quote="Secret two"),
    ]
    warehouse.execute("INSERT INTO quarantine VALUES (?, 'shape', 'message')", [held[0]])
    warehouse.execute("INSERT INTO unpublished VALUES (?, 'hidden')", [held[1]])
    folder, refused = made()
    assert refused.triples == {"no statement": 2}
    for path in folder.iterdir():
        assert b"Secret" not in path.read_bytes()


def test_no_mail_address_gets_out(
    warehouse: duckdb.DuckDBPyConnection, entity: Callable[[str, str, str], str], state: State, made: Made
) -> None:
    address = "ada.ferme+x@post.example.org"
    state(entity("e5", "Person", f"Ada <{address}>"), SAYS, f"write to {address}")
    state(f"{CG}id/e5", SAYS, "with @ada and a@b", quote=f"Ada ({address}) says so, and élodie@été.example too.")
    warehouse.execute("UPDATE document SET title = ?", [address])
    folder, refused = made()
    assert refused.triples == {"e-mail address": 2}
    for path in folder.iterdir():
        assert b"post.example" not in path.read_bytes()
    text = (folder / "provenance.nt").read_text(encoding="utf-8")
    assert "Ada ([e-mail]) says so, and [e-mail] too." in text


def test_a_triple_without_a_statement_is_not_published(
    warehouse: duckdb.DuckDBPyConnection, small: None, made: Made
) -> None:
    warehouse.execute("INSERT INTO triple VALUES (?, ?, 'made up', 'literal', '', '')", [SUBJECT, SAYS])
    folder, refused = made()
    assert refused.triples == {"no statement": 1}
    assert b"made up" not in (folder / "graph.nt").read_bytes()


def test_redirects_are_in_the_graph(warehouse: duckdb.DuckDBPyConnection, small: None, made: Made) -> None:
    warehouse.execute("INSERT INTO redirect VALUES ('e9', 'e1'), ('e8', 'gone'), ('> <', 'e1')")
    folder, _ = made()
    replaced = [q for q in parse(path=folder / "graph.nt") if q.predicate.value.endswith("isReplacedBy")]
    assert [(quad.subject.value, quad.object.value) for quad in replaced] == [(f"{CG}id/e9", SUBJECT)]
