"""Turtle, for people to read.

What belongs here: the graph as Turtle, streamed. What does not: N-Triples, which it is made from.
"""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, parse, serialize


def write_turtle(graph: Path, path: Path, prefixes: dict[str, str]) -> None:
    """Write an N-Triples file again as Turtle, holding one triple at a time in memory."""
    triples = (quad.triple for quad in parse(path=graph, format=RdfFormat.N_TRIPLES))
    serialize(triples, path, format=RdfFormat.TURTLE, prefixes=prefixes)
