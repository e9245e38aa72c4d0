"""Sections: under which heading a shape stands, so that people see a dozen headings instead of a hundred shapes.

What belongs here: reading cgs:section, and cgs:hint of the shapes below. What does not: what is counted by section.
"""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import RDFS, Graph, URIRef
from rdflib import SH as SHACL
from rdflib.term import Node

from commons_graph.validate.messages import choose
from commons_graph.validate.parse_values import HINT, term
from commons_graph.validate.terms import local_name

SECTION = URIRef("https://w3id.org/commons-graph/shapes#section")
OTHER = "section-other"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading: its local name, what people read, and the shapes below it by IRI."""

    name: str
    label: str
    shapes: tuple[str, ...]


def sections(shapes: Graph) -> tuple[Section, ...]:
    """Give the sections by name, and last the one for shapes that name no section."""
    named = {node for node in shapes.objects(None, SECTION) if isinstance(node, URIRef)}
    found = [Section(local_name(str(node)), _label(shapes, node), _below(shapes, node)) for node in sorted(named)]
    return (*found, Section(OTHER, "Shapes of no section", ()))


def hint(shapes: Graph, shape: str, language: str = "en") -> str:
    """Give what a steward can do about a shape (cgs:hint), or ''."""
    return choose(tuple(sorted(term(each) for each in shapes.objects(URIRef(shape), HINT))), language)


def _below(shapes: Graph, section: Node) -> tuple[str, ...]:
    roots = set(shapes.subjects(SECTION, section))
    inner = {node for root in roots for node in shapes.objects(root, SHACL.property)}
    return tuple(sorted(str(node) for node in roots | inner if isinstance(node, URIRef)))


def _label(shapes: Graph, node: Node) -> str:
    labels = tuple(sorted(term(each) for each in shapes.objects(node, RDFS.label)))
    return choose(labels, "en") or local_name(str(node))
