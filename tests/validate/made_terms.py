"""What made shapes and data are made of (made_shapes.py): terms of every sort, also ill-formed, classes, patterns."""

from __future__ import annotations

PREFIXES = """@prefix ex: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
IRIS = [f"ex:n{number}" for number in range(5)]
NODES = [*IRIS, "_:b1", "_:b2"]
CLASSES = ["ex:A", "ex:B", "ex:A2", "ex:C"]
PROPERTIES = ["ex:p", "ex:q", "ex:r"]
LEXICAL = {
    "integer": ["1", "2", "01", "+1", "-0", "x", "300", "1.0"],
    "decimal": ["1.0", "1.", ".5"],
    "double": ["2e0", "INF", "NaN"],
    "byte": ["5", "256"],
    "nonNegativeInteger": ["-1"],
    "date": ["2024-02-29", "2023-02-29", "2024-03-01Z", "2024-13-01"],
    "dateTime": ["2024-02-29T00:00:00", "2024-02-28T23:00:00-02:00", "bad"],
    "boolean": ["true", "1", "TRUE"],
    "anyURI": ["x"],
}
TYPED = [f'"{text}"^^xsd:{datatype}' for datatype, texts in LEXICAL.items() for text in texts]
TEXTS = ['""', '"a"', '"A"', '"é"', '"e\\u0301"', '"😀a"', '"a\\nb"', '"http://example.org/n1"', '"1"', '"x"^^ex:dt']
TAGGED = ['"a"@en', '"a"@EN', '"a"@en-GB', '"a"@fr', '"b"@fr', '"b"@de-CH']
NUMBERS = ['"1"^^xsd:integer', '"2.5"^^xsd:decimal', '"2e0"^^xsd:double', '"-7"^^xsd:integer', '"10"^^xsd:integer']
DATATYPES = [f"xsd:{name}" for name in (*LEXICAL, "string")] + ["rdf:langString", "ex:dt"]
KINDS = ["IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"]
LANGUAGES = ['"en"', '"fr"', '"EN"', '"en-GB"', '"de"']
PATTERNS = ["^a", "^a.b", "A", "^[0-9]+", "[^a-z]", "^.{2}", "é", "^http", "(a|b)+", "^$"]
REPEATED = ["zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath"]
