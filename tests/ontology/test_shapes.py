"""Each shape has a thing in bad.ttl that bears its name and breaks it alone, and things in good.ttl that pass it."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyshacl
import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from commons_graph.validate import compile, load, validate
from commons_graph.validate.parse_values import HINT
from commons_graph.validate.sections import sections

HERE = Path(__file__).parent
ONTOLOGY = HERE.parents[1] / "ontology"
CGS = Namespace("https://w3id.org/commons-graph/shapes#")
EX = Namespace("https://example.org/")
# Seen only through cgs:LegalForm, which asks it about a concept.
INDIRECT = {"InLegalForms"}


def _graph(*paths: Path) -> Graph:
    graph = Graph()
    for path in paths:
        graph.parse(path)
    return graph


SHAPES = _graph(ONTOLOGY / "shapes.ttl")
NAMES = sorted(str(shape).removeprefix(CGS) for shape in set(SHAPES.subjects(SH.severity)))


def _used_concepts(data: Graph) -> Graph:
    """The paragraphs of concepts.ttl that the data point to, and of the concepts broader than those."""
    concepts, used = _graph(ONTOLOGY / "concepts.ttl"), Graph()
    wanted = {term for term in data.objects() if isinstance(term, URIRef)}
    while wanted:
        concept = wanted.pop()
        if (concept, None, None) not in used:
            used += concepts.triples((concept, None, None))
            wanted.update(concepts.objects(concept, SKOS.broader))
    return used


def _found(data: Graph) -> set[tuple[str, str]]:
    """Validate, and give each broken shape with the thing that breaks it."""
    data += _graph(ONTOLOGY / "commons.ttl")
    _, report, _ = pyshacl.validate(data, shacl_graph=SHAPES, inference="none")
    results = report.objects(None, SH.result)
    return {(str(report.value(r, SH.focusNode)), str(report.value(r, SH.sourceShape))) for r in results}


def _targets(shape: Node, data: Graph) -> set[Node]:
    """The nodes of the data that a shape is about; our shapes name classes and properties only."""
    classes = {
        below
        for kind in SHAPES.objects(shape, SH.targetClass)
        for below in data.transitive_subjects(RDFS.subClassOf, kind)
    }
    typed = {node for kind in classes for node in data.subjects(RDF.type, kind)}
    return typed | {node for path in SHAPES.objects(shape, SH.targetSubjectsOf) for node in data.subjects(path)}


@pytest.fixture(scope="module")
def good() -> Graph:
    return _graph(HERE / "good.ttl", ONTOLOGY / "commons.ttl")


@pytest.fixture(scope="module")
def broken() -> set[tuple[str, str]]:
    data = _graph(HERE / "good.ttl", HERE / "bad.ttl")
    return _found(data + _used_concepts(data))


def test_a_good_graph_breaks_no_shape() -> None:
    data = _graph(HERE / "good.ttl")
    assert _found(data + _used_concepts(data)) == set()


@pytest.mark.parametrize("name", [name for name in NAMES if name not in INDIRECT])
def test_a_shape_is_broken_by_the_thing_of_its_name_which_breaks_nothing_else(
    name: str, broken: set[tuple[str, str]]
) -> None:
    assert {shape for focus, shape in broken if focus == str(EX[name])} == {str(CGS[name])}


@pytest.mark.parametrize("name", [name for name in NAMES if name not in INDIRECT])
def test_a_shape_looks_at_good_things_and_at_values_that_pass_it(name: str, good: Graph) -> None:
    shape, path = CGS[name], SHAPES.value(CGS[name], SH.path)
    seen = {node for root in (shape, *SHAPES.subjects(SH.property, shape)) for node in _targets(root, good)}
    assert seen
    if path is not None and SHAPES.value(shape, SH.maxCount) != Literal(0):
        assert any((node, path, None) in good for node in seen)


def test_our_own_concepts_break_no_shape() -> None:
    """By our own validation: pySHACL takes ten times as long, and looks at them in tests/integration/job."""
    with duckdb.connect() as connection:
        for name in ("concepts.ttl", "commons.ttl"):
            load(connection, ONTOLOGY / name)
        assert validate(connection, compile(SHAPES)).rows == ()


def test_a_bad_thing_does_not_make_a_good_one_bad(broken: set[tuple[str, str]]) -> None:
    good = {str(subject) for subject in _graph(HERE / "good.ttl").subjects()}
    assert {focus for focus, _ in broken} & good == set()


def test_there_are_at_least_sixty_constraints_and_few_queries() -> None:
    assert len(NAMES) >= 60
    assert len(set(SHAPES.objects(None, SH.sparql))) <= 4


@pytest.mark.parametrize("name", NAMES)
def test_a_shape_says_what_is_wrong_in_both_languages(name: str) -> None:
    shape = CGS[name]
    source = SHAPES.value(shape, SH.sparql) or shape
    assert {message.language for message in SHAPES.objects(source, SH.message)} == {"en", "fr"}


def test_every_class_and_property_of_the_ontology_is_in_a_shape() -> None:
    terms = _graph(ONTOLOGY / "commons.ttl")
    targets = set(SHAPES.objects(None, SH.targetClass))

    def is_targeted(kind: Node) -> bool:
        """A class is by itself or as a subclass; one that only holds classes together, by each of those."""
        below = set(terms.subjects(RDFS.subClassOf, kind))
        above = set(terms.transitive_objects(kind, RDFS.subClassOf))
        return bool(targets & above) or (bool(below) and all(map(is_targeted, below)))

    assert {str(kind) for kind in terms.subjects(RDF.type, OWL.Class) if not is_targeted(kind)} == set()
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    properties = {node for kind in kinds for node in terms.subjects(RDF.type, kind)} - {RDF.type}
    assert {str(each) for each in properties - set(SHAPES.objects())} == set()


def test_a_hint_is_given_in_both_languages() -> None:
    hinted = set(SHAPES.subjects(HINT))
    assert len(hinted) >= 20
    assert {str(shape).removeprefix(CGS) for shape in hinted} <= set(NAMES)
    assert {frozenset(hint.language for hint in SHAPES.objects(shape, HINT)) for shape in hinted} == {
        frozenset({"en", "fr"})
    }


@pytest.mark.parametrize("name", [name for name in NAMES if name not in INDIRECT])
def test_a_shape_stands_in_one_section(name: str) -> None:
    assert len([each for each in sections(SHAPES) if str(CGS[name]) in each.shapes]) == 1


def test_no_pattern_looks_around_or_back() -> None:
    patterns = [str(pattern) for pattern in SHAPES.objects(None, SH.pattern)]
    assert patterns
    assert not [pattern for pattern in patterns if "(?" in pattern or "\\1" in pattern]
