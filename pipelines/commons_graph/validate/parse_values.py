"""The values that shapes are written with, read from a graph: terms, lists, numbers, flags, descriptions.

What belongs here: one value at a time, each checked. What does not: paths (parse_path.py), shapes and what they mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib import SH as SHACL
from rdflib.term import Node

from commons_graph.errors import CommonsError
from commons_graph.validate.parameters import NODE_KINDS, Holds
from commons_graph.validate.terms import LANG_STRING, SH, STRING, XSD, Term, literal

HINT = URIRef("https://w3id.org/commons-graph/shapes#hint")


def term(node: Node) -> Term:
    """Give an rdflib node as a term."""
    if isinstance(node, Literal):
        return literal(str(node), str(node.datatype or ""), node.language or "")
    return Term(f"_:{node}" if isinstance(node, BNode) else str(node), "blank" if isinstance(node, BNode) else "iri")


def several(graph: Graph, node: Node, parameter: str) -> list[Node]:
    """Give the values of a sh: parameter, in a stable order for IRIs and literals and the file's for blank nodes."""
    found = list(graph.objects(node, URIRef(SH + parameter)))
    return found if any(isinstance(each, BNode) for each in found) else in_order(found)


def in_order(nodes: Iterable[Node]) -> list[Node]:
    """Give nodes sorted by what they are, whatever the order they came in."""
    return sorted(nodes, key=term)


def members(graph: Graph, head: Node, where: str) -> list[Node]:
    """Give a list's members; raise CommonsError when it is not one well-formed, ending list."""
    return list(_walk(graph, head, where))


def _walk(graph: Graph, head: Node, where: str) -> Iterator[Node]:
    seen: set[Node] = set()
    while head != RDF.nil:
        firsts, rests = list(graph.objects(head, RDF.first)), list(graph.objects(head, RDF.rest))
        if head in seen or len(firsts) != 1 or len(rests) != 1:
            raise CommonsError(where, "a broken list", "write it as ( … )")
        seen.add(head)
        yield firsts[0]
        head = rests[0]


def terms(graph: Graph, value: Node, holds: Holds, where: str) -> tuple[Term, ...]:
    """Give the term or the list of terms that a parameter holds; raise CommonsError when they are of another sort."""
    if holds in ("terms", "strings"):
        found = tuple(term(each) for each in members(graph, value, where))
    else:
        found = (term(value),)
    for each in found:
        _check(each, holds, where)
    return found


def _check(each: Term, holds: Holds, where: str) -> None:
    if holds == "iri" and each.kind != "iri":
        raise CommonsError(where, f"'{each.key:.60}' is no IRI", "give an IRI")
    if holds == "literal" and each.kind != "literal":
        raise CommonsError(where, f"'{each.key:.60}' is no literal", "give a number, a date or a string")
    if holds == "strings" and each.datatype != STRING:
        raise CommonsError(where, f"'{each.key:.60}' is no plain string", 'write it as "en"')
    if where.endswith("sh:nodeKind") and each.text.removeprefix(SH) not in NODE_KINDS:
        raise CommonsError(where, f"unknown node kind '{each.key:.60}'", "one of " + ", ".join(NODE_KINDS))


def integer(value: Node, where: str) -> int:
    """Give a whole number of 0 or more; raise CommonsError for anything else."""
    text = str(value)
    if not isinstance(value, Literal) or not (text.isascii() and text.removeprefix("+").isdecimal()) or len(text) > 18:
        raise CommonsError(where, f"'{text:.60}' is no whole number of 0 or more", "write a number such as 1")
    return int(text)


def true(value: Node, where: str) -> bool:
    """Tell whether a flag is the literal `true`; SHACL lets other spellings, such as "1", switch nothing on."""
    if not isinstance(value, Literal) or str(value.datatype) != XSD + "boolean":
        raise CommonsError(where, f"'{value!s:.60}' is neither true nor false", "write true or false")
    return str(value) == "true"


def text(value: Node, where: str) -> str:
    """Give a string's characters; raise CommonsError for anything but a plain or language-tagged string."""
    read = term(value)
    if read.datatype not in (STRING, LANG_STRING):
        raise CommonsError(where, f"'{read.key:.60}' is no string", "put it in quotes")
    return read.text


Description = tuple[str, tuple[Term, ...], bool, tuple[Term, ...]]


def description(graph: Graph, node: Node, where: str) -> Description:
    """Give a shape's severity, messages, whether it is deactivated, and its hints for the steward."""
    severities = several(graph, node, "severity") or [SHACL.Violation]
    messages = [each for each in several(graph, node, "message") if text(each, f"{where}, sh:message") is not None]
    flags = [true(each, f"{where}, sh:deactivated") for each in several(graph, node, "deactivated")]
    if len(severities) > 1 or not isinstance(severities[0], URIRef):
        raise CommonsError(where, "sh:severity is one IRI", "write sh:Violation, sh:Warning or sh:Info")
    hints = [each for each in graph.objects(node, HINT) if text(each, f"{where}, cgs:hint") is not None]
    return (
        str(severities[0]),
        tuple(sorted(term(each) for each in messages)),
        any(flags),
        tuple(sorted(term(each) for each in hints)),
    )
