"""sh:minLength, sh:maxLength, sh:pattern, sh:languageIn, sh:uniqueLang: the text of values and its language.

The text of an IRI is the IRI; a blank node has none and breaks every constraint on its text.
"""

# ruff: noqa: S608  # SQL is put together here from names that the compiler made and terms that `quote` wrote

from __future__ import annotations

from commons_graph.validate import regex
from commons_graph.validate.components.condition import Condition, Row
from commons_graph.validate.components.context import NOTHING, Component, Context
from commons_graph.validate.shapes import Constraint
from commons_graph.validate.terms import quote


def min_length(constraint: Constraint) -> Condition:
    """Fewer characters (code points)."""
    return _wrong(f"length(t.text) >= {constraint.number}")


def max_length(constraint: Constraint) -> Condition:
    """More characters (code points)."""
    return _wrong(f"length(t.text) <= {constraint.number}")


def pattern(constraint: Constraint) -> Condition:
    """The regular expression is not found in it."""
    found = regex.translate(constraint.text, constraint.flags, "sh:pattern")
    function = "regexp_matches" if found.engine == "re2" else "sh_python_match"
    return _wrong(f"{function}(t.text, {quote(found.pattern)})")


def _wrong(right: str) -> Condition:
    return Condition(f"t.kind = 'blank' OR NOT {right}", on_term=True)


def language_in(constraint: Constraint) -> Condition:
    """Without one of the languages; `en` stands for `en-GB` too, `*` for any."""
    tags = [quote(term.text.lower()) for term in constraint.terms]
    right = " OR ".join(_speaks(tag) for tag in tags) or "false"
    return Condition(f"t.lang = '' OR NOT ({right})", on_term=True)


def _speaks(tag: str) -> str:
    return "true" if tag == "'*'" else f"t.lang = {tag} OR starts_with(t.lang, {tag} || '-')"


def unique_lang(context: Context) -> str:
    """Focus nodes with two values of one language, once for each such language."""
    return (
        f"SELECT focus, {NOTHING} AS value FROM {context.described} WHERE lang <> '' "
        "GROUP BY focus, lang HAVING count(*) > 1"
    )


COMPONENTS: dict[str, Component] = {"UniqueLang": unique_lang}
ROWS: dict[str, Row] = {
    "MinLength": min_length,
    "MaxLength": max_length,
    "Pattern": pattern,
    "LanguageIn": language_in,
}
