"""A part of a release that fits on a picture: one organisation and what is related to it.

What belongs here: choosing entities and relations. What does not: where they are drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commons_graph.publish.namespaces import ENTITY
from commons_graph.publish.releases import Release
from commons_graph.publish.sql import open_public

MOST = {"Group": 6, "Organization": 5, "Person": 6, "Project": 4, "Event": 4}
"""How many entities of a class are drawn; other classes are not."""


@dataclass(frozen=True, slots=True)
class Node:
    """An entity to draw."""

    entity: str
    cls: str
    label: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A relation between two entities; `name` is the property's local name."""

    subject: str
    name: str
    object: str


def excerpt(release: Release, label: str = "") -> tuple[list[Node], list[Edge]]:
    """Give the organisation of this label (else the one with most relations), what is around it, and their relations.

    Raises `SystemExit` when there is no such organisation.
    """
    with open_public(release.database) as connection:
        rows = connection.execute("SELECT entity, class, label FROM entity").fetchall()
        triples = connection.execute(
            "SELECT DISTINCT subject, predicate, object FROM triple WHERE object_kind = 'iri' ORDER BY ALL"
        ).fetchall()
    nodes = {row[0]: Node(*row) for row in rows if row[1] in MOST}
    found = (Edge(s.removeprefix(ENTITY), _local(p), o.removeprefix(ENTITY)) for s, p, o in triples)
    edges = [edge for edge in found if edge.subject in nodes and edge.object in nodes and edge.subject != edge.object]
    kept = _around(nodes, edges, label)
    return [nodes[entity] for entity in kept], [edge for edge in edges if {edge.subject, edge.object} <= set(kept)]


def _local(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]


def _around(nodes: Mapping[str, Node], edges: Sequence[Edge], label: str) -> list[str]:
    """Start with the organisation; add what has most relations with those chosen, up to `MOST` of a class."""
    degree = Counter(end for edge in edges for end in (edge.subject, edge.object))
    bodies = [node for node in nodes.values() if node.cls == "Organization" and label in ("", node.label)]
    if not bodies:
        raise SystemExit(f"docs/draw.py: the release has no organisation {label!r}")
    kept = [max(bodies, key=lambda node: (degree[node.entity], node.label)).entity]
    room = Counter(MOST) - Counter(["Organization"])
    while True:
        ties = Counter(edge.object for edge in edges if edge.subject in kept)
        ties += Counter(edge.subject for edge in edges if edge.object in kept)
        free = [entity for entity in ties if entity not in kept and room[nodes[entity].cls] > 0]
        if not free:
            return kept
        best = max(free, key=lambda entity: (ties[entity], degree[entity], nodes[entity].label))
        kept.append(best)
        room[nodes[best].cls] -= 1
