"""The ontology's own files: every term and concept is documented in both languages, and nothing contradicts itself."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
import yaml
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

ONTOLOGY = Path(__file__).parents[2] / "ontology"
PREFIXES: dict[str, str] = yaml.safe_load((ONTOLOGY / "prefixes.yaml").read_text(encoding="utf-8"))
PREDICATES = yaml.safe_load((ONTOLOGY / "predicates.yaml").read_text(encoding="utf-8"))
BOTH = {"en", "fr"}


def _expand(curie: str) -> URIRef:
    prefix, _, local = curie.partition(":")
    return URIRef(PREFIXES[prefix] + local)


def _languages(graph: Graph, subject: URIRef, path: URIRef) -> list[str]:
    found = [text.language or "" for text in graph.objects(subject, path) if isinstance(text, Literal) and str(text)]
    return sorted(found)


@cache
def _ontology() -> Graph:
    return Graph().parse(ONTOLOGY / "commons.ttl")


@cache
def _thesaurus() -> Graph:
    return Graph().parse(ONTOLOGY / "concepts.ttl")


def _concepts() -> list[URIRef]:
    return sorted(subject for subject in _thesaurus().subjects(RDF.type, SKOS.Concept) if isinstance(subject, URIRef))


def _terms() -> list[URIRef]:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property)
    return sorted({s for kind in kinds for s in _ontology().subjects(RDF.type, kind) if isinstance(s, URIRef)})


@pytest.mark.parametrize("path", sorted(ONTOLOGY.glob("*.ttl")), ids=lambda path: path.name)
def test_a_turtle_file_parses_with_our_prefixes_and_names_its_licence(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "CC BY-SA 4.0" in "".join(text.splitlines()[:4])
    for prefix, iri in Graph(bind_namespaces="none").parse(data=text, format="turtle").namespaces():
        assert PREFIXES[prefix] == str(iri)


def test_there_are_many_concepts() -> None:
    assert len(_concepts()) >= 250


@pytest.mark.parametrize("path", [SKOS.prefLabel, SKOS.definition], ids=["label", "definition"])
def test_every_concept_is_named_and_defined_once_in_each_language(path: URIRef) -> None:
    assert [concept for concept in _concepts() if _languages(_thesaurus(), concept, path) != ["en", "fr"]] == []


def test_every_concept_is_in_a_scheme_that_exists() -> None:
    schemes = set(_thesaurus().subjects(RDF.type, SKOS.ConceptScheme))
    assert len(schemes) == 7
    for concept in _concepts():
        mine = set(_thesaurus().objects(concept, SKOS.inScheme))
        assert mine
        assert mine <= schemes


def test_concepts_point_to_concepts_that_exist() -> None:
    for path in (SKOS.broader, SKOS.related):
        assert set(_thesaurus().objects(None, path)) <= set(_concepts())


def test_no_concept_is_broader_than_itself() -> None:
    for concept in _concepts():
        above = set(_thesaurus().transitive_objects(concept, SKOS.broader)) - {concept}
        assert all(concept not in set(_thesaurus().transitive_objects(other, SKOS.broader)) for other in above), concept


def test_a_slug_is_written_once() -> None:
    lines = (ONTOLOGY / "concepts.ttl").read_text(encoding="utf-8").splitlines()
    slugs = [line.split(" ", 1)[0] for line in lines if line.startswith("cgc:")]
    assert len(slugs) == len(set(slugs))


def test_a_label_names_one_concept_of_a_scheme() -> None:
    owners: dict[tuple[object, str | None, str], set[URIRef]] = defaultdict(set)
    for concept in _concepts():
        labels = [*_thesaurus().objects(concept, SKOS.prefLabel), *_thesaurus().objects(concept, SKOS.altLabel)]
        for scheme in _thesaurus().objects(concept, SKOS.inScheme):
            for label in labels:
                assert isinstance(label, Literal)
                owners[scheme, label.language, str(label).casefold()].add(concept)
    assert {label: found for label, found in owners.items() if len(found) > 1} == {}


def test_labels_are_trimmed_and_tagged() -> None:
    for concept in _concepts():
        for path in (SKOS.prefLabel, SKOS.altLabel):
            for label in _thesaurus().objects(concept, path):
                assert isinstance(label, Literal)
                assert str(label) == " ".join(str(label).split())
                assert label.language in BOTH


def test_every_term_is_named_and_defined_once_in_each_language() -> None:
    assert len(_terms()) > 80
    for term in _terms():
        assert _languages(_ontology(), term, RDFS.label) == ["en", "fr"], term
        assert _languages(_ontology(), term, SKOS.definition) == ["en", "fr"], term


def test_every_property_that_extractors_use_is_defined() -> None:
    used = {curie for entry in PREDICATES.values() for curie in [entry["property"], *entry.get("when", {}).values()]}
    assert {curie for curie in used if _expand(curie) not in set(_terms())} == set()


def test_nothing_is_imported() -> None:
    assert list(_ontology().objects(None, OWL.imports)) == []


def test_a_subclass_is_below_one_of_two_disjoint_classes_at_most() -> None:
    members = next(_ontology().objects(None, OWL.members))
    disjoint = set(_ontology().items(members))
    assert len(disjoint) == 8
    for term in _terms():
        above = set(_ontology().transitive_objects(term, RDFS.subClassOf)) & disjoint
        assert not [pair for pair in combinations(above, 2) if term not in pair], term


def test_every_class_and_property_of_ours_has_a_short_name_in_json_ld() -> None:
    context = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    named = {entry["@id"] if isinstance(entry, dict) else entry for entry in context.values()}
    expanded = {str(_expand(curie)) for curie in named if isinstance(curie, str) and curie.split(":")[0] in PREFIXES}
    keywords = {str(RDF.type)}
    assert {str(term) for term in _terms()} - expanded - keywords == set()


def test_json_ld_reads_as_the_same_graph() -> None:
    context = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))
    example = {
        "@context": context,
        "id": "https://w3id.org/commons-graph/id/a",
        "type": "WorkingGroup",
        "label": {"fr": "Communs et eau"},
        "groupOf": "https://w3id.org/commons-graph/id/b",
        "about": ["cgc:water-commons"],
    }
    turtle = """
        <https://w3id.org/commons-graph/id/a> a cg:WorkingGroup ; skos:prefLabel "Communs et eau"@fr ;
            org:subOrganizationOf <https://w3id.org/commons-graph/id/b> ; dct:subject cgc:water-commons ."""
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    found = set(Graph().parse(data=json.dumps(example), format="json-ld"))
    assert len(found) == 4
    assert found == set(Graph().parse(data=head + turtle))
