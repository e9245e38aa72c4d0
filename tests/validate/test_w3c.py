"""The W3C's SHACL test suite: every test gives the expected report or failure, nearly all of core/ through SQL."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from fresh import fresh
from rdflib import RDF, SH, Graph, Namespace
from rdflib.term import Node

from commons_graph.errors import CommonsError
from commons_graph.validate import Compiled, compile, graph, load, validate
from commons_graph.validate.parse_path import path as read_path
from commons_graph.validate.parse_values import term
from commons_graph.validate.path_text import sparql_of

SUITE = Path(__file__).parents[2] / ".." / "shared" / "suites" / "w3c-shacl"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
Row = tuple[str, ...]


def cases(part: str) -> list[Path]:
    """Every file of a part of the suite that holds a test."""
    found = sorted((SUITE / part).rglob("*.ttl"))
    return [path for path in found if "sht:Validate" in path.read_text("utf-8")]


def local(iri: Node) -> Path:
    return Path(str(iri).removeprefix("file://"))


def expected(manifest: Graph, report: Node) -> Counter[Row]:
    return Counter(result_row(manifest, result) for result in manifest.objects(report, SH.result))


def result_row(found: Graph, result: Node) -> Row:
    """A result as text: what the suite compares, blank nodes of one file by their labels, paths by their meaning."""

    def text(predicate: Node) -> str:
        value = found.value(result, predicate)
        return "" if value is None else term(value).key

    path = found.value(result, SH.resultPath)
    written = "" if path is None else sparql_of(read_path(found, path, "test"))
    named = [SH.focusNode, SH.value, SH.sourceConstraintComponent, SH.resultSeverity, SH.sourceShape]
    return (*(text(each) for each in named), written)


@cache
def parts(path: Path) -> tuple[Path, Compiled, Graph, Node]:
    """A test's data, its compiled shapes, its manifest and the node of what it expects."""
    manifest = graph(path)
    (test,) = manifest.subjects(RDF.type, SHT.Validate)
    action = manifest.value(test, MF.action)
    data, shapes = (local(manifest.value(action, each)) for each in (SHT.dataGraph, SHT.shapesGraph))
    return data, compile(graph(shapes)), manifest, manifest.value(test, MF.result)


def run(path: Path) -> tuple[Compiled, Counter[Row], Counter[Row]]:
    data, compiled, manifest, wanted = parts(path)
    with fresh() as connection:
        load(connection, data)
        report = validate(connection, compiled).graph()
    (root,) = report.subjects(RDF.type, SH.ValidationReport)
    assert report.value(root, SH.conforms) == manifest.value(wanted, SH.conforms)
    return compiled, expected(report, root), expected(manifest, wanted)


@pytest.mark.skipif(not SUITE.exists(), reason="the suites are not beside this checkout")
@pytest.mark.parametrize(
    "path", cases("core") if SUITE.exists() else [], ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_core(path: Path) -> None:
    _, found, wanted = run(path)
    assert found == wanted


@pytest.mark.skipif(not SUITE.exists(), reason="the suites are not beside this checkout")
def test_nearly_all_of_core_runs_as_sql(capsys: pytest.CaptureFixture[str]) -> None:
    other = {path.stem: found.not_sql for path in cases("core") if (found := parts(path)[1]).not_sql}
    total = len(cases("core"))
    with capsys.disabled():
        print(f"\nW3C SHACL core: {total - len(other)} of {total} tests run as SQL; others: {other or 'none'}")
    assert len(other) <= total * 0.05


# $shapesGraph and $currentShape are optional in the standard; a shape that uses them is refused by name.
OPTIONAL = {"shapesGraph-001"}


@pytest.mark.skipif(not SUITE.exists(), reason="the suites are not beside this checkout")
@pytest.mark.parametrize(
    "path", cases("sparql") if SUITE.exists() else [], ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_sparql(path: Path) -> None:
    manifest = graph(path)
    (result,) = manifest.objects(None, MF.result)
    if result == SHT.Failure or path.stem in OPTIONAL:
        with pytest.raises(CommonsError):
            run(path)
    else:
        _, found, wanted = run(path)
        assert found == wanted
