"""What results say: the shape's own message, or a plain sentence about the constraint.

What belongs here: the sentences. What does not: anything else about a constraint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from commons_graph.validate.shapes import Constraint
from commons_graph.validate.terms import Term, local_name

if TYPE_CHECKING:
    from commons_graph.validate.checks import Check

_SENTENCES = {
    "Class": "is not of class {terms}",
    "Datatype": "is not a well-formed {terms}",
    "NodeKind": "is not of kind {terms}",
    "MinCount": "fewer than {number} values",
    "MaxCount": "more than {number} values",
    "MinExclusive": "is not greater than {terms}",
    "MinInclusive": "is not {terms} or greater",
    "MaxExclusive": "is not less than {terms}",
    "MaxInclusive": "is not {terms} or less",
    "MinLength": "is shorter than {number} characters",
    "MaxLength": "is longer than {number} characters",
    "Pattern": "does not match the pattern {text}",
    "LanguageIn": "is not in one of the languages {terms}",
    "UniqueLang": "several values in one language",
    "Equals": "is not equally a value of {terms}",
    "Disjoint": "is a value of {terms} too",
    "LessThan": "is not less than the value of {terms}",
    "LessThanOrEquals": "is greater than the value of {terms}",
    "Not": "conforms to a shape that it must not conform to",
    "And": "does not conform to all the shapes",
    "Or": "conforms to none of the shapes",
    "Xone": "does not conform to exactly one of the shapes",
    "Node": "does not conform to the shape {shapes}",
    "QualifiedMinCount": "fewer than {number} values conform to the shape {shapes}",
    "QualifiedMaxCount": "more than {number} values conform to the shape {shapes}",
    "Closed": "a property that the shape does not list",
    "HasValue": "the value {terms} is missing",
    "In": "is not in the list",
    "SPARQL": "found by a SPARQL constraint",
    "Custom": "breaks a custom constraint",
}


def message(check: Check) -> str:
    """Give the message of a check's results: the shape's own in its language, else a plain sentence."""
    own = choose(check.constraint.terms, check.language) if check.constraint.component == "SPARQL" else ""
    return own or choose(check.shape.messages, check.language) or sentence(check.constraint)


def choose(messages: tuple[Term, ...], language: str) -> str:
    """Give the message in a language, else in English, else without language, else any; '' when there is none."""
    by_language = {term.lang: term.text for term in reversed(messages)}
    for wanted in (language, "en", ""):
        if wanted in by_language:
            return by_language[wanted]
    return next(iter(by_language.values()), "")


def sentence(constraint: Constraint) -> str:
    """Give a plain English sentence about what breaks a constraint."""
    return _SENTENCES[constraint.component].format(
        terms=", ".join(local_name(term.text) if term.kind == "iri" else term.text for term in constraint.terms[:10]),
        shapes=", ".join(local_name(shape.name) for shape in constraint.shapes),
        number=constraint.number,
        text=constraint.text,
    )
