"""Values are compared as SPARQL compares them: each pair of many beside Oxigraph, which does so too."""

from __future__ import annotations

from itertools import product

import pyoxigraph as ox
import pytest
from fresh import fresh

from commons_graph.validate.components.ordering import order_of, precedes
from commons_graph.validate.encode import prepare_order
from commons_graph.validate.terms import XSD, Term, literal
from commons_graph.validate.transfer import to_ox

STORE = ox.Store()
# Not here: booleans, which Oxigraph does not compare, and a 32-bit beside a 64-bit floating-point number, which ours
# takes for one sort.
LEXICAL = {
    "integer": ["1", "01", "-0", "+2", "3000000000"],
    "decimal": ["1.0", "1.", ".5", "-.5", "0.30000001"],
    "double": ["1", "1e0", "INF", "-INF", "NaN", "-7.5E-3"],
    "byte": ["-128", "5"],
    "date": ["2024-02-29", "2024-02-28", "2024-02-29Z", "2024-02-28-12:00", "2024-02-29+14:00", "-0044-03-15"],
    "dateTime": [
        "2024-02-29T00:00:00",
        "2024-02-28T24:00:00",
        "2024-02-29T00:00:00.5",
        "2024-02-29T00:00:00Z",
        "2024-02-28T22:00:00-02:00",
        "2024-03-01T00:00:00+02:30",
        "2024-03-01T00:00:00-00:30",
        "2025-01-01T00:00:00",
    ],
    "dateTimeStamp": ["2024-02-29T00:00:00Z"],
    "time": ["12:00:00", "12:00:00Z", "23:00:00-05:00", "12:00:00.001"],
    "gYear": ["2024", "2025", "2024Z"],
    "gYearMonth": ["2024-05", "2024-06"],
    "string": ["", "a", "b", "B", "é", "10", "9", "😀"],
}
ILL_FORMED = {
    "integer": ["x", "1.0", " 1", ""],
    "decimal": ["1e0"],
    "byte": ["256"],
    "nonNegativeInteger": ["-1"],
    "date": ["2023-02-29", "2024-02-30Z"],
    "dateTime": ["2024-02-29", "2024-02-29T24:30:00", "2024-02-29T23:59:60"],
    "gYear": ["24", "2024-05"],
    "boolean": ["TRUE"],
}


def literals(lexical: dict[str, list[str]]) -> list[Term]:
    return [literal(text, XSD + datatype) for datatype, texts in lexical.items() for text in texts]


def ordered(terms: list[Term], sign: str) -> dict[tuple[int, int], bool]:
    """Of each pair of terms by their places in the list, whether the first precedes the second, by our SQL."""
    with fresh() as connection:
        prepare_order(connection)
        places = " UNION ALL ".join(f"SELECT {at} AS at, {order_of(each)} AS place" for at, each in enumerate(terms))
        connection.execute(f"CREATE TABLE placed AS {places}")
        asked = f"SELECT v.at, o.at, coalesce({precedes(sign)}, false) FROM placed v CROSS JOIN placed o"
        return {(one, other): holds for one, other, holds in connection.execute(asked).fetchall()}


@pytest.mark.parametrize("sign", ["<", "<=", ">", ">="])
def test_values_have_the_order_of_sparql(sign: str) -> None:
    terms = [each for each in literals(LEXICAL) if sign in "<>" or each.text != "NaN"]
    ours = ordered(terms, sign)
    for (one, left), (other, right) in product(enumerate(terms), repeat=2):
        (solution,) = STORE.query(f"SELECT (({to_ox(left)} {sign} {to_ox(right)}) AS ?x) {{}}")  # type: ignore[misc]
        assert ours[one, other] == ("true" in str(solution[0])), (left.key, sign, right.key)  # type: ignore[index]


def test_what_is_ill_formed_or_of_another_sort_precedes_nothing() -> None:
    others = [literal("a", lang="en"), literal("x", "http://example.org/dt"), Term("http://example.org/a")]
    terms = [*literals(ILL_FORMED), *others, literal("5", XSD + "integer")]
    assert [pair for pair, holds in ordered(terms, "<=").items() if holds] == [(len(terms) - 1, len(terms) - 1)]
