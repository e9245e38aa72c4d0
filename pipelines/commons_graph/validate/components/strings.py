"""sh:minLength, sh:maxLength, sh:pattern, sh:languageIn, sh:uniqueLang: the text of values and its language.

The text of an IRI is the IRI; a blank node has none and breaks every constraint on its text.
"""

# ruff: noqa: S608  # SQL is put together here from names that the compiler made and terms that `quote` wrote

from __future__ import annotations

from commons_graph.validate import regex
from commons_graph.validate.components.context import NOTHING, Component, Context
from commons_graph.validate.terms import quote


def min_length(context: Context) -> str:
    """Values of fewer characters (code points)."""
    return _wrong(context, f"length(t.text) >= {context.constraint.number}")


def max_length(context: Context) -> str:
    """Values of more characters (code points)."""
    return _wrong(context, f"length(t.text) <= {context.constraint.number}")


def pattern(context: Context) -> str:
    """Values in which the regular expression is not found."""
    found = regex.translate(context.constraint.text, context.constraint.flags, "sh:pattern")
    function = "regexp_matches" if found.engine == "re2" else "sh_python_match"
    return _wrong(context, f"{function}(t.text, {quote(found.pattern)})")


def _wrong(context: Context, right: str) -> str:
    return f"SELECT v.focus, v.value FROM {context.value_terms} WHERE t.kind = 'blank' OR NOT {right}"


def language_in(context: Context) -> str:
    """Values without one of the languages; `en` stands for `en-GB` too."""
    tags = [quote(term.text.lower()) for term in context.constraint.terms]
    right = " OR ".join(f"t.lang = {tag} OR starts_with(t.lang, {tag} || '-')" for tag in tags) or "false"
    return f"SELECT v.focus, v.value FROM {context.value_terms} WHERE t.lang = '' OR NOT ({right})"


def unique_lang(context: Context) -> str:
    """Focus nodes with two values of one language, once for each such language."""
    return (
        f"SELECT v.focus, {NOTHING} AS value FROM {context.value_terms} WHERE t.lang <> '' "
        "GROUP BY v.focus, t.lang HAVING count(*) > 1"
    )


COMPONENTS: dict[str, Component] = {
    "MinLength": min_length,
    "MaxLength": max_length,
    "Pattern": pattern,
    "LanguageIn": language_in,
    "UniqueLang": unique_lang,
}
