"""dataset.ttl: the release described in DCAT and VoID, for data portals and harvesters.

What belongs here: the description as triples. What does not: counting (`manifest`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from commons_graph.publish.iris import publishable
from commons_graph.publish.namespaces import BASE, FOAF, RDF, XSD

DCAT = "http://www.w3.org/ns/dcat#"
DCT = "http://purl.org/dc/terms/"
SPDX = "http://spdx.org/rdf/terms#"
VOID = "http://rdfs.org/ns/void#"
MEDIA = "https://www.iana.org/assignments/media-types/"
TYPES = {
    ".nt": "application/n-triples",
    ".nq": "application/n-quads",
    ".ttl": "text/turtle",
    ".jsonld": "application/ld+json",
    ".graphml": "application/xml",
    ".parquet": "application/vnd.apache.parquet",
    ".duckdb": "application/vnd.duckdb.file",
    ".gz": "application/gzip",
}
TITLES = {
    "en": "The commons and the social and solidarity economy: a graph of who works on what with whom",
    "fr": "Les communs et l'économie sociale et solidaire : un graphe de qui travaille à quoi avec qui",
}
DESCRIPTIONS = {
    "en": "Who works on what with whom: statements ({statements}) from documents ({documents}) of sources ({sources}), "
    "each with the sentence that makes it.",
    "fr": "Qui travaille à quoi avec qui : énoncés ({statements}) tirés de documents ({documents}) de sources "
    "({sources}), chacun avec la phrase qui le dit.",
}
SEVERAL = {
    "en": "Each source has a licence of its own, see dct:source.",
    "fr": "Chaque source a sa propre licence, voir dct:source.",
}
PROJECT = "commons-graph"
Subject = NamedNode | BlankNode
Object = NamedNode | BlankNode | Literal


def write_dataset(path: Path, manifest: dict[str, Any], prefixes: dict[str, str]) -> None:
    """Write the description of a release, from its manifest, as Turtle."""
    names = {**prefixes, "dcat": DCAT, "dct": DCT, "spdx": SPDX, "void": VOID, "xsd": XSD}
    serialize(list(_triples(manifest)), path, format=RdfFormat.TURTLE, prefixes=names)


def _triples(manifest: dict[str, Any]) -> Iterator[Triple]:
    release = NamedNode(f"{BASE}release/{manifest['number']}")
    counts = manifest["counts"]
    yield from _typed(release, f"{DCAT}Dataset", f"{VOID}Dataset")
    for language, title in TITLES.items():
        yield Triple(release, NamedNode(f"{DCT}title"), Literal(title, language=language))
    yield from _described(release, manifest)
    yield from _publisher(release, NamedNode(BASE), PROJECT)
    yield _say(release, f"{DCT}issued", Literal(manifest["date"], datatype=NamedNode(f"{XSD}dateTime")))
    yield _say(release, f"{DCAT}version", Literal(str(manifest["number"])))
    yield _say(release, f"{VOID}uriSpace", Literal(f"{BASE}id/"))
    for name, key in (("triples", "triple"), ("entities", "entity"), ("documents", "document")):
        yield _say(release, f"{VOID}{name}", _number(counts[key]))
    yield from _partitions(release, counts)
    for number, source in enumerate(manifest["sources"]):
        yield from _source(release, source, BlankNode(f"publisher{number}"))
    for name, told in manifest["files"].items():
        yield from _distribution(release, name, told)


def _described(release: NamedNode, manifest: dict[str, Any]) -> Iterator[Triple]:
    """Give what the release is, and its licence where all its sources have one and the same."""
    counts, sources = manifest["counts"], manifest["sources"]
    told = {"documents": counts["document"], "sources": len(sources), "statements": counts["statement"]}
    for language, text in DESCRIPTIONS.items():
        yield _say(release, f"{DCT}description", Literal(text.format(**told), language=language))
    licences = {source["licence"] for source in sources}
    if len(licences) == 1 and all(licences):
        yield _say(release, f"{DCT}license", _term(*licences))
    elif licences:
        for language, text in SEVERAL.items():
            yield _say(release, f"{DCT}rights", Literal(text, language=language))


def _publisher(of: NamedNode, agent: Subject, name: str) -> Iterator[Triple]:
    yield _say(of, f"{DCT}publisher", agent)
    yield from _typed(agent, f"{FOAF}Agent")
    yield _say(agent, f"{FOAF}name", Literal(name))


def _partitions(release: NamedNode, counts: dict[str, Any]) -> Iterator[Triple]:
    for number, (iri, count) in enumerate(counts["types"].items()):
        part = BlankNode(f"class{number}")
        yield _say(release, f"{VOID}classPartition", part)
        yield _say(part, f"{VOID}class", NamedNode(iri))
        yield _say(part, f"{VOID}entities", _number(count))
    for number, (iri, count) in enumerate(counts["properties"].items()):
        part = BlankNode(f"property{number}")
        yield _say(release, f"{VOID}propertyPartition", part)
        yield _say(part, f"{VOID}property", NamedNode(iri))
        yield _say(part, f"{VOID}triples", _number(count))


def _source(release: NamedNode, source: dict[str, Any], publisher: BlankNode) -> Iterator[Triple]:
    node = NamedNode(f"{BASE}source/{quote(source['source'], safe='')}")
    yield _say(release, f"{DCT}source", node)
    yield from _typed(node, f"{DCAT}Dataset")
    for name, property in (("title", "title"), ("licence", "license")):
        if source[name]:
            yield _say(node, f"{DCT}{property}", _term(source[name]))
    if source["publisher"]:
        yield from _publisher(node, publisher, source["publisher"])
    yield _say(node, f"{VOID}documents", _number(source["documents"]))


def _distribution(release: NamedNode, name: str, told: dict[str, Any]) -> Iterator[Triple]:
    node, checksum = NamedNode(f"{release.value}/{quote(name)}"), BlankNode("sum" + told["sha256"] + str(len(name)))
    yield _say(release, f"{DCAT}distribution", node)
    yield from _typed(node, f"{DCAT}Distribution")
    yield _say(node, f"{DCT}title", Literal(name))
    yield _say(node, f"{DCAT}downloadURL", node)
    yield _say(node, f"{DCAT}byteSize", _number(told["bytes"]))
    if media := TYPES.get(Path(name).suffix):
        yield _say(node, f"{DCAT}mediaType", NamedNode(MEDIA + media))
    yield _say(node, f"{SPDX}checksum", checksum)
    yield _say(checksum, f"{SPDX}algorithm", NamedNode(f"{SPDX}checksumAlgorithm_sha256"))
    yield _say(checksum, f"{SPDX}checksumValue", Literal(told["sha256"], datatype=NamedNode(f"{XSD}hexBinary")))


def _typed(node: Subject, *classes: str) -> Iterator[Triple]:
    return (_say(node, f"{RDF}type", NamedNode(name)) for name in classes)


def _say(subject: Subject, predicate: str, value: Object) -> Triple:
    return Triple(subject, NamedNode(predicate), value)


def _number(count: int) -> Literal:
    return Literal(count)


def _term(text: str) -> Object:
    return NamedNode(text) if publishable(text) else Literal(text)
