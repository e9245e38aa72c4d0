"""Every format says what graph.nt says."""

from __future__ import annotations

import gzip
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from pyoxigraph import RdfFormat, Triple, parse

from commons_graph.errors import CommonsError
from commons_graph.project import Project
from commons_graph.publish import files, public
from commons_graph.publish.before import Before
from commons_graph.publish.jsonld_terms import load_context
from commons_graph.publish.sql import open_public

State = Callable[..., str]
ID = "https://w3id.org/commons-graph/id/"
XSD = "http://www.w3.org/2001/XMLSchema#"
HOSTILE = ['"q" & <script>', "a\n\r\tb", "\x00\x07\x1f\x7f", "\uffff", "]]>", "é\u2028", "@id", "\\"]
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


@pytest.fixture
def making(
    project: Project, warehouse: duckdb.DuckDBPyConnection, small: None, state: State, tmp_path: Path
) -> Iterator[files.Making]:
    """What the files of a small graph full of traps are made from."""
    for text in HOSTILE:
        state(f"{ID}e1", "http://www.w3.org/2004/02/skos/core#altLabel", text, lang="fr")
        state(f"{ID}e1", "http://purl.org/dc/terms/description", text)
    state(f"{ID}e2", "https://schema.org/startDate", "2025-01", datatype=f"{XSD}gYearMonth")
    state(f"{ID}e2", "https://schema.org/startDate", "2025-01-17", datatype=f"{XSD}date")
    state(f"{ID}e2", "http://nowhere.example/unknown", "3", datatype=f"{XSD}integer")
    state(f"{ID}e2", "http://nowhere.example/unknown", iri="urn:x:y")
    warehouse.execute("INSERT INTO redirect VALUES ('e0', 'e1')")
    public.make(warehouse, tmp_path / "public.duckdb")
    with open_public(tmp_path / "public.duckdb") as connection:
        yield files.Making(connection, tmp_path, project.ontology_dir)


def triples(path: Path, format: RdfFormat) -> set[Triple]:
    return {quad.triple for quad in parse(path=path, format=format)}


@pytest.mark.parametrize(
    ("format", "syntax"), [("nq", RdfFormat.N_QUADS), ("ttl", RdfFormat.TURTLE), ("jsonld", RdfFormat.JSON_LD)]
)
def test_the_same_triples(making: files.Making, format: str, syntax: RdfFormat) -> None:
    for name in ("nt", format):
        files.write(making, name, making.folder / f"graph.{name}")
    expected = triples(making.folder / "graph.nt", RdfFormat.N_TRIPLES)
    if format == "nq":
        expected = {triple for triple in expected if not triple.predicate.value.endswith("isReplacedBy")}
    assert len(expected) > 25
    assert triples(making.folder / f"graph.{format}", syntax) == expected


def test_jsonld_under_bare_prefixes_and_odd_contexts(making: files.Making, tmp_path: Path) -> None:
    files.write(making, "nt", tmp_path / "graph.nt")
    expected = triples(tmp_path / "graph.nt", RdfFormat.N_TRIPLES)
    contexts = [
        {},
        {"@vocab": "http://purl.org/dc/terms/", "@language": "fr", "d": {"@id": "description", "@language": "en"}},
        {"skos": "http://www.w3.org/2004/02/skos/core#", "alt": {"@id": "skos:altLabel", "@container": "@language"}},
        {"schema": "https://schema.org/", "start": {"@id": "schema:startDate", "@type": f"{XSD}date"}},
        {
            "site": {"@id": "http://xmlns.com/foaf/0.1/homepage", "@type": "@id"},
            "back": {"@reverse": "http://a.example/p"},
        },
    ]
    for number, context in enumerate(contexts):
        (tmp_path / "context.jsonld").write_text(json.dumps({"@context": context}))
        (tmp_path / "prefixes.yaml").write_text("")
        files.write(files.Making(making.connection, tmp_path, tmp_path), "jsonld", tmp_path / f"{number}.jsonld")
        assert triples(tmp_path / f"{number}.jsonld", RdfFormat.JSON_LD) == expected


def test_jsonld_has_one_entity_a_line_in_the_words_of_the_context(making: files.Making) -> None:
    path = making.folder / "graph.jsonld"
    files.write(making, "jsonld", path)
    head, *lines, tail = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    assert (head[:12], tail) == ('{"@context":', "]}")
    entities = {found["@id"]: found for found in (json.loads(line.rstrip(",")) for line in lines)}
    assert entities[f"{ID}e3"]["@type"] == "Person"
    assert not any(key.startswith("http://www.w3.org/") for key in entities[f"{ID}e3"])


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"@context": ["https://a.example/"]}'])
def test_a_context_that_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "context.jsonld").write_text(text)
    with pytest.raises(CommonsError, match=r"context\.jsonld"):
        load_context(tmp_path / "context.jsonld", {})


def test_graphml_is_xml_with_entities_and_relations(making: files.Making) -> None:
    path = making.folder / "graph.graphml"
    files.write(making, "graphml", path)
    root = ET.parse(path).getroot()
    nodes = {node.attrib["id"]: [data.text for data in node] for node in root.iter(f"{GRAPHML}node")}
    edges = [(e.attrib["source"], e.attrib["target"], e[0].text) for e in root.iter(f"{GRAPHML}edge")]
    assert nodes[f"{ID}e2"] == ["Group", "Working group Water"]
    assert set(nodes) == {f"{ID}e{n}" for n in (1, 2, 3)} | {"https://w3id.org/commons-graph/concept/water"}
    assert (f"{ID}e1", f"{ID}e2", "org:memberOf") in edges
    assert {end for source, target, _ in edges for end in (source, target)} <= set(nodes)


def test_graphml_with_hostile_labels(
    project: Project, warehouse: duckdb.DuckDBPyConnection, entity: Callable[[str, str, str], str], tmp_path: Path
) -> None:
    for number, text in enumerate(HOSTILE):
        entity(f"e{number}", "Person", text)
    public.make(warehouse, tmp_path / "public.duckdb")
    with open_public(tmp_path / "public.duckdb") as connection:
        files.write(files.Making(connection, tmp_path, project.ontology_dir), "graphml", tmp_path / "g.graphml")
    labels = [node[1].text for node in ET.parse(tmp_path / "g.graphml").getroot().iter(f"{GRAPHML}node")]
    assert labels[:2] == HOSTILE[:2]
    assert labels[2:4] == ["\ufffd\ufffd\ufffd\x7f", "\ufffd"]


def test_parquet_holds_the_public_tables(making: files.Making) -> None:
    files.write(making, "parquet", making.folder / "parquet")
    with duckdb.connect() as other:
        for table, least in (("triple", 25), ("statement", 25), ("entity", 3), ("document", 2), ("source", 1)):
            (count,) = other.execute(f"SELECT count(*) FROM '{making.folder}/parquet/{table}.parquet'").fetchall()
            assert count[0] >= least


def test_compressed_files_are_the_same_bytes_again(tmp_path: Path) -> None:
    (tmp_path / "a.nt").write_bytes(b"x" * 100)
    (tmp_path / "b.nt").write_bytes(b"x" * 9)
    assert files.compress(tmp_path / "b.nt", Before(None), least=10) == []
    assert files.compress(tmp_path / "a.nt", Before(None), least=10) == [tmp_path / "a.nt.gz"]
    first = (tmp_path / "a.nt.gz").read_bytes()
    files.compress(tmp_path / "a.nt", Before(None), least=10)
    assert gzip.decompress(first) == b"x" * 100
    assert (tmp_path / "a.nt.gz").read_bytes() == first
    assert not (tmp_path / "b.nt.gz").exists()


def test_an_unknown_format(making: files.Making) -> None:
    with pytest.raises(CommonsError, match="--format rdfxml"):
        files.write(making, "rdfxml", making.folder / "x")
