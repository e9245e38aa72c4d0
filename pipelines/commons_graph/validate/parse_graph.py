"""What a shapes graph says as a whole: where its shapes begin, its own components, and what nothing here does.

What belongs here: looking at the whole graph once. What does not: any one shape (parse.py).
"""

from __future__ import annotations

from typing import TypeAlias

from rdflib import OWL, RDF, RDFS, BNode, Graph, URIRef
from rdflib import SH as SHACL
from rdflib.term import Node

from commons_graph.errors import CommonsError
from commons_graph.validate.parameters import COMBINED, COMPANIONS, PARAMETERS, TARGETS
from commons_graph.validate.terms import SH

_FURTHEST = 10  # steps back from a blank node to an IRI that names it for people
Other: TypeAlias = tuple[str, str, str]  # name, who runs it, why it is not SQL


def roots(graph: Graph) -> set[Node]:
    """Give the shapes that may have targets, and each typed shape with an IRI: nothing else is reached by itself."""
    found = {node for name in TARGETS for node in graph.subjects(URIRef(SH + name))}
    for kind in (SHACL.NodeShape, SHACL.PropertyShape):
        found.update(node for node in instances(graph, kind) if isinstance(node, URIRef))
    has_constraint = {node for name in PARAMETERS.keys() | COMBINED for node in graph.subjects(URIRef(SH + name))}
    return found | {node for node in has_constraint & classes(graph) if isinstance(node, URIRef)}


def classes(graph: Graph) -> set[Node]:
    """Give the classes that the graph declares: a shape that is one targets its instances."""
    return instances(graph, RDFS.Class) | instances(graph, OWL.Class)


def instances(graph: Graph, class_: Node) -> set[Node]:
    """Give the nodes of a class or of a subclass of it."""
    below = graph.transitive_subjects(RDFS.subClassOf, class_)
    return {node for each in below for node in graph.subjects(RDF.type, each)}


def custom_components(graph: Graph) -> dict[Node, str]:
    """Give the parameters of the constraint components that the graph declares itself, with their component."""
    return {
        path: str(component)
        for component, parameter in graph.subject_objects(SHACL.parameter)
        for path in graph.objects(parameter, SHACL.path)
    }


def undone(graph: Graph) -> tuple[Other, ...]:
    """Give what the graph asks for that nobody does: imports that are not in it, rules, parameters without others.

    Raises CommonsError for an entailment, which the standard wants refused where it is not supported.
    """
    for node, entailment in graph.subject_objects(SHACL.entailment):
        raise CommonsError(str(node), f"asks for the entailment {entailment}", "infer first, and validate the result")
    found = {(str(each), "owl:imports is not followed: add its triples to the shapes") for each in _imports(graph)}
    found |= {(_named(graph, node), "sh:rule infers nothing here: infer first") for node in graph.subjects(SHACL.rule)}
    for name, others in COMPANIONS.items():
        reason = f"sh:{name} without {' or '.join(f'sh:{other}' for other in others)} constrains nothing"
        found |= {(_named(graph, node), reason) for node in _alone(graph, name, others)}
    return tuple((name, "nobody", reason) for name, reason in sorted(found))


def _imports(graph: Graph) -> set[Node]:
    return {each for each in graph.objects(None, OWL.imports) if (each, None, None) not in graph}


def _alone(graph: Graph, name: str, others: tuple[str, ...]) -> set[Node]:
    beside = {node for other in others for node in graph.subjects(URIRef(SH + other))}
    return set(graph.subjects(URIRef(SH + name))) - beside


def _named(graph: Graph, node: Node) -> str:
    """Give a node's IRI, or that of what leads to it."""
    for _ in range(_FURTHEST):
        node = next(iter(graph.subjects(None, node)), node) if isinstance(node, BNode) else node
    return str(node)
