"""Paths written for people, for SPARQL and in the names of shapes.

What belongs here: texts. What does not: RDF (report_path.py) and SQL (paths.py).
"""

from __future__ import annotations

from urllib.parse import quote as percent

from commons_graph.validate.paths import Alternative, Inverse, Path, Predicate, Repeat, Sequence
from commons_graph.validate.terms import local_name


def text_of(path: Path) -> str:
    """Give a path as reports write it: a predicate bare, any other as a SPARQL property path."""
    return path.iri if isinstance(path, Predicate) else sparql_of(path)


def sparql_of(path: Path) -> str:
    """Give a path in SPARQL's syntax."""
    match path:
        case Predicate(iri):
            return f"<{iri}>"
        case Inverse(inner):
            return f"^{_grouped(inner)}"
        case Sequence(parts):
            return "/".join(_grouped(part) for part in parts)
        case Alternative(parts):
            return "|".join(_grouped(part) for part in parts)
        case Repeat(inner, least, many):
            return _grouped(inner) + ("?" if not many else "+" if least else "*")


def _grouped(path: Path) -> str:
    return sparql_of(path) if isinstance(path, Predicate) else f"({sparql_of(path)})"


def name_of(path: Path) -> str:
    """Give a short form of a path that may stand in an IRI: local names, `~` for backwards, `/`, `,`, `*`, `+`."""
    match path:
        case Predicate(iri):
            return percent(local_name(iri), safe="")
        case Inverse(inner):
            return f"~{name_of(inner)}"
        case Sequence(parts):
            return "/".join(name_of(part) for part in parts)
        case Alternative(parts):
            return "(" + ",".join(name_of(part) for part in parts) + ")"
        case Repeat(inner, least, many):
            return f"({name_of(inner)})" + ("!" if not many else "+" if least else "*")
