"""Where pySHACL leaves the standard, ours keeps it: the list in docs/validation.md, one test each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from commons_graph.validate import Report

SHAPE = "ex:S a sh:NodeShape ; sh:targetClass ex:A ; "


def focus(report: Report) -> set[str]:
    return {row.focus.rsplit("/")[-1] for row in report.rows}


@pytest.mark.parametrize(
    ("shape", "data", "found"),
    [
        pytest.param(
            "sh:property [ sh:path [ sh:inversePath ( ex:p ex:q ) ] ; sh:maxCount 0 ]",
            "ex:a a ex:A . ex:x ex:p ex:y . ex:y ex:q ex:a . ex:b a ex:A . ex:b ex:r ex:a . ex:y ex:p ex:b .",
            {"a"},
            id="a sequence backwards is walked from its end",
        ),
        pytest.param("sh:minLength 0", "_:b a ex:A . ex:a a ex:A .", {"_:b"}, id="a blank node has no length"),
        pytest.param(
            'sh:property [ sh:path ex:p ; sh:pattern "a.c" ; sh:flags "q" ]',
            'ex:a a ex:A ; ex:p "a.c" . ex:b a ex:A ; ex:p "abc" .',
            {"b"},
            id="flag q: no character is special",
        ),
        pytest.param(
            'sh:property [ sh:path ex:p ; sh:pattern "^.é$" ; sh:flags "sx" ]',
            'ex:a a ex:A ; ex:p "\\né" . ex:b a ex:A ; ex:p "é" .',
            {"b"},
            id="flag s: a dot is a line feed too",
        ),
        pytest.param(
            'sh:property [ sh:path ex:p ; sh:pattern "^\\\\w+$" ]',
            'ex:a a ex:A ; ex:p "e\\u0301" . ex:b a ex:A ; ex:p "a_b" .',
            {"b"},
            id="a letter's accent is of the word, a low line is not",
        ),
        pytest.param(
            "sh:property [ sh:path ex:p ; sh:datatype xsd:integer ]",
            'ex:a a ex:A ; ex:p 1 . ex:b a ex:A ; ex:p " 1"^^xsd:integer .',
            {"b"},
            id="white space is not of a number",
        ),
        pytest.param(
            "sh:property [ sh:path ex:p ; sh:datatype xsd:dateTime ]",
            'ex:a a ex:A ; ex:p "2024-02-29T24:00:00"^^xsd:dateTime . '
            'ex:b a ex:A ; ex:p "2023-02-29T00:00:00"^^xsd:dateTime .',
            {"b"},
            id="midnight is 24:00:00 too",
        ),
        pytest.param(
            'sh:property [ sh:path ex:p ; sh:languageIn ( "*" ) ]',
            'ex:a a ex:A ; ex:p "x"@gsw-CH . ex:b a ex:A ; ex:p "x" .',
            {"b"},
            id="* is any language",
        ),
    ],
)
def test_the_standard_is_kept(check: Callable[[str, str], Report], shape: str, data: str, found: set[str]) -> None:
    assert focus(check(f"{SHAPE}{shape} .", data)) == found
