"""How one value is written under a JSON-LD context.

What belongs here: which term of a context says a property and a value without losing anything. What does not: files.
Only what contexts like ours use is known: prefixes, terms with `@id`, `@type`, `@language` and `@container`. A value
that no term fits is written in full under the property's IRI, which is always right.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from commons_graph.errors import CommonsError
from commons_graph.publish.namespaces import RDF


@dataclass(frozen=True)
class Term:
    """One property term: `type` is `@id`, `@vocab`, a datatype's IRI or ""; `language` None where not given."""

    name: str
    type: str
    language: str | None
    by_language: bool


def load_context(path: Path, prefixes: dict[str, str]) -> dict[str, Any]:
    """Give the context of a file, or the bare prefixes when there is no such file.

    Raises `CommonsError` when the file is no JSON or its `@context` no single object.
    """
    if not path.is_file():
        return dict(prefixes)
    try:
        context = json.loads(path.read_bytes())["@context"]
    except (ValueError, KeyError, TypeError) as error:
        raise CommonsError(str(path), f"this is no JSON-LD context: {error}", 'write {"@context": {…}}') from error
    if not isinstance(context, dict):
        raise CommonsError(str(path), "`@context` must be one object", "put all terms into one object")
    return context


class Terms:
    """The terms of one context, ready to write values."""

    def __init__(self, context: dict[str, Any]) -> None:
        self._context = context
        self._forms: dict[tuple[str, str, str, str], tuple[str, str]] = {}
        self._types: dict[str, str] = {}

    def write(self, predicate: str, value: str, kind: str, datatype: str, lang: str) -> tuple[str, Any, str]:
        """Give the key to write under, the value, and the language to file it by (or "")."""
        if kind == "iri" and predicate == f"{RDF}type":
            return "@type", self._type(value), ""
        shape = (predicate, kind if kind == "iri" else "literal", datatype, lang)
        if shape not in self._forms:
            self._forms[shape] = self._form(*shape)
        key, form = self._forms[shape]
        if form == "bare":
            return key, value, ""
        if form == "language map":
            return key, value, lang
        return key, _in_full(value, kind, datatype, lang), ""

    def _form(self, predicate: str, kind: str, datatype: str, lang: str) -> tuple[str, str]:
        terms = self._properties.get(predicate, [])
        for term in terms:
            if term.by_language:
                if lang and kind != "iri":
                    return term.name, "language map"
            elif _bare(term, kind, datatype, lang, self._context.get("@language")):
                return term.name, "bare"
        free = next((term.name for term in terms if not term.by_language and not term.type), predicate)
        return free, "in full"

    def _type(self, iri: str) -> str:
        if iri not in self._types:
            names = (name for name, found in self._ids.items() if found == iri)
            self._types[iri] = min(names, default=iri)
        return self._types[iri]

    @cached_property
    def _ids(self) -> dict[str, str]:
        return {name: self._expand(name) for name in self._context if not name.startswith("@")}

    @cached_property
    def _properties(self) -> dict[str, list[Term]]:
        found: dict[str, list[Term]] = {}
        for name, iri in sorted(self._ids.items()):
            if iri and ":" not in name:
                found.setdefault(iri, []).append(self._term(name))
        return found

    def _term(self, name: str) -> Term:
        told = self._context[name]
        if not isinstance(told, dict):
            return Term(name, "", None, False)
        container = told.get("@container", [])
        by_language = "@language" in ([container] if isinstance(container, str) else container)
        return Term(name, self._resolve(told.get("@type", "")), told.get("@language"), by_language)

    def _expand(self, name: str) -> str:
        told = self._context[name]
        if isinstance(told, dict):
            told = "" if "@reverse" in told else told.get("@id", name)
        return self._resolve(told or "")

    def _resolve(self, text: str) -> str:
        """Give the IRI behind a CURIE, a term or an IRI; keywords stay."""
        prefix, colon, rest = text.partition(":")
        if colon and not rest.startswith("//") and prefix in self._context:
            return self._expand(prefix) + rest
        if not colon and text and not text.startswith("@"):
            return str(self._context.get("@vocab", "")) + text
        return text


def _bare(term: Term, kind: str, datatype: str, lang: str, default: str | None) -> bool:
    """Tell whether a plain string under this term means exactly this value."""
    if kind == "iri":
        return term.type == "@id"
    if lang:
        return not term.type and (term.language if term.language is not None else default) == lang
    if datatype:
        return term.type == datatype
    return not term.type and not term.language and not default


def _in_full(value: str, kind: str, datatype: str, lang: str) -> dict[str, str]:
    if kind == "iri":
        return {"@id": value}
    if lang:
        return {"@value": value, "@language": lang}
    return {"@value": value, "@type": datatype} if datatype else {"@value": value}
