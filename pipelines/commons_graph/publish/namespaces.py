"""The IRIs that a release writes itself, and the prefixes of its files.

What belongs here: names. What does not: reading or writing graphs.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from commons_graph.errors import CommonsError

BASE = "https://w3id.org/commons-graph/"
CG = f"{BASE}ns#"
ENTITY = f"{BASE}id/"
CONCEPT = f"{BASE}concept/"
FOAF = "http://xmlns.com/foaf/0.1/"
STATEMENT = f"{BASE}statement/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"


@cache
def prefixes(ontology: Path) -> dict[str, str]:
    """Give the prefixes of `prefixes.yaml` in the ontology's folder; raise `CommonsError` where a line is none.

    The file is one `name: IRI` a line, so that `commons query` need not load a YAML parser.
    """
    path = ontology / "prefixes.yaml"
    found: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        name, colon, iri = line.partition(": ")
        if line.strip() and not line.startswith("#"):
            if not colon:
                raise CommonsError(f"{path}:{number}", "this is no prefix", "write `name: IRI`")
            found[name.strip()] = iri.strip()
    return found


def shorten(iri: str, names: dict[str, str]) -> str:
    """Give an IRI as a CURIE where one of the prefixes fits, else the IRI itself."""
    fitting = [(len(base), f"{name}:{iri[len(base) :]}") for name, base in names.items() if iri.startswith(base)]
    return max(fitting, default=(0, iri))[1]
