"""Patterns made at random are found where Oxigraph finds them, whose \\w and \\s alone are other than XPath's."""

from __future__ import annotations

import duckdb
import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from commons_graph.validate.regex import python_match, translate
from commons_graph.validate.terms import literal
from commons_graph.validate.transfer import to_ox

STORE = ox.Store()
ATOMS = ["a", "b", "B", "é", "1", " ", ".", r"\d", r"\D", "[a-c]", "[^a]", r"\.", "(a|b)", "(?:ab)", r"\p{L}"]
ATOMS += ["^", "$", "-", "[.]", "#", "😀", r"\-", r"[^\d]", r"\n", r"[\p{Lu}a]"]
atoms = st.tuples(st.sampled_from(ATOMS), st.sampled_from(["", "", "*", "+", "?", "{1,2}"])).map("".join)


def found(pattern: str, flags: str, text: str) -> bool:
    regex = translate(pattern, flags, "test")
    if regex.engine == "python":
        return python_match(text, regex.pattern)
    sql = "SELECT regexp_matches(t, ?) FROM (VALUES (?)) AS v(t)"
    return bool(duckdb.execute(sql, [regex.pattern, text]).fetchall()[0][0])


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    pattern=st.lists(atoms, min_size=1, max_size=4).map("".join),
    flags=st.sampled_from(["", "i", "s", "m", "q", "is"]),
    text=st.text("abBéÉ1 .\n-#😀٣", max_size=4),
)
def test_patterns_are_found_as_in_sparql(pattern: str, flags: str, text: str) -> None:
    asked = f"SELECT (REGEX({to_ox(literal(text))}, {to_ox(literal(pattern))}, '{flags}') AS ?x) {{}}"
    (solution,) = STORE.query(asked)  # type: ignore[misc]
    assert found(pattern, flags, text) == ("true" in str(solution[0]))  # type: ignore[index]
