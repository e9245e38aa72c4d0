"""The check of a query ends whatever the query is, and bounds its length. What it refuses is asked in `test_store`."""

from __future__ import annotations

import pytest

from commons_graph.errors import CommonsError
from commons_graph.publish.guard import check


def test_a_long_query_is_refused() -> None:
    with pytest.raises(CommonsError, match="characters"):
        check("SELECT * { " + "?s ?p ?o . " * 20_000 + "}")


@pytest.mark.parametrize("text", ["'" * 99_999, '"""a' * 24_000, "<" * 99_999, "'''\\" * 24_000, '""""' * 24_000])
def test_the_check_of_a_hostile_query_ends(text: str) -> None:
    check(text)
