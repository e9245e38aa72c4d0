"""Shapes compiled from a file, where a mistake is told with the file and the line at which its shape begins.

What belongs here: finding that line. What does not: reading files (load.py), compiling (compiling.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from rdflib import Graph

from commons_graph.errors import CommonsError
from commons_graph.validate.compiling import Compiled, compile
from commons_graph.validate.encode import Triple
from commons_graph.validate.load import graph
from commons_graph.validate.terms import local_name


def compile_file(path: Path, ontology: Graph | Iterable[Triple] | None = None, language: str = "en") -> Compiled:
    """Compile the shapes of a file; raises CommonsError as `graph` and `compile` do, with file and line."""
    shapes = graph(path)
    try:
        return compile(shapes, ontology, language)
    except CommonsError as error:
        line = line_of(path, error.place.split(",")[0])
        place = f"{path}:{line}, {error.place}" if line else f"{path}, {error.place}"
        raise CommonsError(place, error.problem, error.remedy) from None


def line_of(path: Path, name: str) -> int | None:
    """Give the line at which a shape, or for one without an IRI its owner, begins to be described in Turtle."""
    lines = path.read_text("utf-8-sig").splitlines()
    while "/" in name:
        begins = re.compile(rf"\s*(<[^>]*|[\w.-]*:){re.escape(local_name(name))}>?(\s|$)")
        found = next((number for number, line in enumerate(lines, 1) if begins.match(line)), None)
        if found:
            return found
        name = name.rpartition("/")[0]
    return None
