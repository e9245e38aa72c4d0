"""RDF terms as the compiler sees them, and their two spellings: in SQL and in a report.

What belongs here: the `Term` record, the vocabulary's IRIs, quoting. What does not: graphs, files, shapes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from commons_graph.errors import CommonsError

Kind = Literal["iri", "blank", "literal"]

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SH = "http://www.w3.org/ns/shacl#"
STRING = XSD + "string"
LANG_STRING = RDF + "langString"

_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?', re.DOTALL)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_UNESCAPES = {written: char for char, written in _ESCAPES.items()}


def quote(text: str) -> str:
    """Give a text as an SQL string literal, whatever it holds; raise CommonsError for the NUL that SQL cannot hold."""
    if "\0" in text:
        raise CommonsError(repr(text[:60]), "a shape holds a NUL character", "remove it")
    return "'" + text.replace("'", "''") + "'"


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """One IRI (absolute), blank node (text `_:x`) or literal (datatype always filled in, as RDF 1.1 has it)."""

    text: str
    kind: Kind = "iri"
    datatype: str = ""
    lang: str = ""

    @property
    def sql(self) -> str:
        """The term's identifier as an SQL expression, over the macros of encode.sql."""
        if self.kind == "literal":
            return f"sh_literal({quote(self.text)}, {quote(self.encoded_datatype)}, {quote(self.lang)})"
        return f"sh_{self.kind}({quote(self.text)})"

    @property
    def encoded_datatype(self) -> str:
        """The datatype as the tables of encode.sql hold it: '' for what is a string or tagged."""
        return "" if self.lang or self.datatype == STRING else self.datatype

    @property
    def key(self) -> str:
        """The term as reports write it: an IRI bare, a blank node as `_:x`, a literal as in N-Triples.

        >>> Term("l'eau", "literal", LANG_STRING, "fr").key
        '"l\\'eau"@fr'
        """
        if self.kind != "literal":
            return self.text
        written = '"' + "".join(_ESCAPES.get(char, char) for char in self.text) + '"'
        if self.lang:
            return f"{written}@{self.lang}"
        return written if self.datatype == STRING else f"{written}^^<{self.datatype}>"


def literal(text: str, datatype: str = "", lang: str = "") -> Term:
    """Make a literal, filling in the datatype that RDF 1.1 gives to plain and language-tagged strings."""
    if lang:
        return Term(text, "literal", LANG_STRING, lang.lower())
    return Term(text, "literal", datatype or STRING)


def from_key(key: str) -> Term:
    """Read a term back from the form that reports write; raise CommonsError when it is none."""
    if not key.startswith('"'):
        return Term(key, "blank" if key.startswith("_:") else "iri")
    found = _LITERAL.fullmatch(key)
    if not found:
        raise CommonsError(key[:80], "not a term", 'write an IRI, _:x, "text"@lang or "text"^^<datatype>')
    text = re.sub(r"\\.", lambda escape: _UNESCAPES.get(escape[0], escape[0]), found[1], flags=re.DOTALL)
    return literal(text, found[3] or "", found[2] or "")


def local_name(iri: str) -> str:
    """Give the last part of an IRI, for people.

    >>> local_name("http://xmlns.com/foaf/0.1/name")
    'name'
    """
    return re.split(r"[#/:]", iri.rstrip("#/"))[-1] or iri
