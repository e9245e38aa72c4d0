"""Property paths read from a graph.

What belongs here: that, and refusing what is no path or too long. What does not: what paths mean (paths.py).
"""

from __future__ import annotations

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.term import Node

from commons_graph.errors import CommonsError
from commons_graph.validate import paths
from commons_graph.validate.parse_values import members, several

OPERATORS = ("alternativePath", "inversePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath")
LONGEST = 100  # parts of a path, counted once a mention: each is a part of the SQL
_REMEDY = "give a property, a list of properties or [ sh:inversePath … ]"


def path(graph: Graph, node: Node, where: str) -> paths.Path:
    """Give the path at a node.

    Raises CommonsError for a literal, a broken list, an unknown, an endless or a very long path.
    """
    return _Reader(graph, where).read(node)


class _Reader:
    """Reads one path, and counts its parts: paths that share parts could have more of them than there is memory."""

    def __init__(self, graph: Graph, where: str) -> None:
        self.graph = graph
        self.where = where
        self._parts = 0

    def read(self, node: Node) -> paths.Path:
        self._parts += 1
        if self._parts > LONGEST:
            raise CommonsError(self.where, f"a path that contains itself, or has more than {LONGEST} parts", _REMEDY)
        if isinstance(node, URIRef):
            return paths.Predicate(str(node))
        if isinstance(node, Literal):
            raise CommonsError(self.where, f"the path is the literal '{node!s:.60}'", _REMEDY)
        if (node, RDF.first, None) in self.graph:
            return paths.Sequence(self._list(node, "path"))
        return self._operator(node)

    def _operator(self, node: Node) -> paths.Path:
        found = [(name, value) for name in OPERATORS for value in several(self.graph, node, name)]
        if len(found) != 1:
            problem = "sh:path is several paths at once" if found else "sh:path is not a path"
            raise CommonsError(self.where, problem, _REMEDY)
        name, value = found[0]
        if name == "alternativePath":
            return paths.Alternative(self._list(value, name))
        inner = self.read(value)
        if name == "inversePath":
            return paths.Inverse(inner)
        return paths.Repeat(inner, int(name == "oneOrMorePath"), name != "zeroOrOnePath")

    def _list(self, head: Node, name: str) -> tuple[paths.Path, ...]:
        parts = tuple(map(self.read, members(self.graph, head, f"{self.where}, sh:{name}")))
        if len(parts) < 2:
            raise CommonsError(self.where, "a path list of fewer than two members", "name the property itself")
        return parts
