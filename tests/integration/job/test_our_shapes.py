"""For each of our shapes alone the SQL gives what pySHACL gives, on graphs made to meet and to break that shape.

What belongs here: our shapes one by one. What does not: all of them at once, and all components (test_pyshacl.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from both import PHASES, Triple, by_pyshacl, by_sql
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, RDFS, SH, BNode, Graph, URIRef
from rdflib.term import Node

from commons_graph.validate import compile, graph
from commons_graph.validate.checks import Check
from commons_graph.validate.parse_values import term
from commons_graph.validate.terms import RDF as RDF_NS
from commons_graph.validate.terms import RDFS as RDFS_NS
from commons_graph.validate.terms import XSD, Term, literal
from commons_graph.validate.wanted import wanted

ONTOLOGY = Path(__file__).parents[3] / "ontology"
SHAPES, COMMONS = graph(ONTOLOGY / "shapes.ttl"), graph(ONTOLOGY / "commons.ttl")
CHECKS: dict[str, list[Check]] = {}
for check in compile(SHAPES):
    CHECKS.setdefault(check.shape.name, []).append(check)
TYPE, SUBCLASS = Term(RDF_NS + "type"), Term(RDFS_NS + "subClassOf")
LABEL = Term(RDFS_NS + "label")
SUBCLASSES = [(term(s), SUBCLASS, term(o)) for s, _, o in COMMONS.triples((None, RDFS.subClassOf, None))]
ENTITIES = [Term(f"https://w3id.org/commons-graph/id/e{number}") for number in range(5)]
IRIS = ["https://x.org/", "http://x.org/a b", "ftp://x", "https://fr.wikipedia.org/wiki/X", "https://x.org/a@b.fr"]
TEXTS = [
    "",
    " a",
    "Ann Li",
    "A B C D E F G",
    "LA COOP DES COMMUNS",
    "[[x]]",
    "a@b.fr",
    "é" * 161,
    "d" * 501,
    "Groupe 7",
]
DATES = [literal(text, XSD + "date") for text in ("2023-12-31", "2024-02-29", "2025-01-01")]
NUMBERS = [literal(text, XSD + "decimal") for text in ("-0.1", "0", "0.5", "1.0", "7")]
OTHERS = [
    *map(Term, IRIS),
    *(literal(text, lang=lang) for text in TEXTS for lang in ("", "en", "fr")),
    *(literal(text, XSD + kind) for text in ("2025-13-01", "x") for kind in ("date", "integer")),
    literal("2024", XSD + "gYear"),
    Term("_:b1", "blank"),
]


def alone(name: str) -> Graph:
    """A shapes graph with one of our shapes, below its own target shapes, and whatever it refers to."""
    found = Graph()
    roots = {URIRef(each.root.name) for each in CHECKS[name]} - {URIRef(name)}
    for root in roots:
        found += ((s, p, o) for s, p, o in SHAPES.triples((root, None, None)) if p != SH.property)
        found.add((root, SH.property, URIRef(name)))
    for node in {*reached(URIRef(name)), *reached(URIRef("https://w3id.org/commons-graph/shapes"))}:
        found += SHAPES.triples((node, None, None))
    return found


def reached(node: Node, seen: tuple[Node, ...] = ()) -> Iterator[Node]:
    """A shape, and the nodes that it is made of or refers to."""
    yield node
    for inner in SHAPES.objects(node):
        is_shape = (inner, RDF.type, SH.NodeShape) in SHAPES or (inner, RDF.type, SH.PropertyShape) in SHAPES
        if inner not in seen and (isinstance(inner, BNode) or is_shape):
            yield from reached(inner, (*seen, node))


def classes(name: str) -> list[Term]:
    """The classes that a shape speaks of, and those below them."""
    named = {target.term for each in CHECKS[name] for target in each.root.targets if target.kind == "class"}
    named |= {
        each for check in CHECKS[name] for part in check.parts if part.component == "Class" for each in part.terms
    }
    return sorted({sub for sub, _, above in SUBCLASSES if above in named} | named) or [Term("https://x.org/Class")]


# rdflib puts dates, numbers, texts and IRIs in one order, the standard does not: here only what both can compare.
def values(name: str) -> list[Term]:
    """Values of every kind, entities and those that the shape lists among them."""
    parts = [part for check in CHECKS[name] for part in check.parts]
    if any(part.component == "SPARQL" for part in parts):
        return ENTITIES
    if any(part.component.startswith("LessThan") for part in parts):
        return DATES
    if any(part.component.endswith("Inclusive") for part in parts):
        return NUMBERS
    listed = [each for part in parts if part.component in ("In", "HasValue") for each in part.terms]
    return [*OTHERS, *DATES, *NUMBERS, *ENTITIES, *ENTITIES, *listed]


@st.composite
def graphs(draw: st.DrawFn, name: str) -> list[Triple]:
    """Entities of the classes that a shape speaks of, with its properties and values that may break it."""
    asked = sorted(map(Term, (wanted(CHECKS[name]) or set()) - {TYPE.text, SUBCLASS.text})) or [LABEL]
    entities = st.sampled_from(ENTITIES)
    types = st.tuples(entities, st.just(TYPE), st.sampled_from(classes(name)))
    facts = st.tuples(entities, st.sampled_from(asked), st.sampled_from(values(name)))
    return draw(st.lists(types, min_size=3, max_size=7)) + draw(st.lists(facts, min_size=6, max_size=24)) + SUBCLASSES


@pytest.mark.parametrize("name", sorted(CHECKS), ids=lambda name: name.rsplit("#")[-1])
@settings(max_examples=3, deadline=None, phases=PHASES)
@given(data=st.data())
def test_one_shape(name: str, data: st.DataObject) -> None:
    shapes = alone(name)
    assert by_sql(compile(shapes), found := data.draw(graphs(name))) == by_pyshacl(shapes, found)
