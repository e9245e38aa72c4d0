"""Large numbers are counted, telephone numbers are dialled: what is taken out of a text, and what stays."""

from __future__ import annotations

import pytest

from commons_graph.personal import clean

AMOUNTS = ["1 012 345 678", "12 098 765 432", "345 012 345 678", "1 002 345 678 000", "9 000 012 345 678"]


@pytest.mark.parametrize("amount", AMOUNTS)
@pytest.mark.parametrize(
    "text", ["Le budget : {}.", "de {} à 2 000 000 000", "{}", "{}, dont $1 012 345 678;", "{}\n01"]
)
def test_large_numbers_in_threes_are_no_telephones(amount: str, text: str) -> None:
    assert clean(text.format(amount)) == text.format(amount)


@pytest.mark.parametrize("unit", ["habitants", "inhabitants", "tonnes", "FCFA", "CHF", "francs", "euros", "€"])
def test_what_is_counted_in_a_unit_is_no_telephone(unit: str) -> None:
    assert clean(f"plus de +12 345 678 {unit}") == f"plus de +12 345 678 {unit}"


@pytest.mark.parametrize(
    "number",
    [
        "012 345 678",
        "0033 1 23 45 67 89",
        "0033123456789",
        "+1 (555) 012-3456",
        "+1 012 345 678",
        "(555) 012-3456",
        "020 7946 0018",
        "+44 20 7946 0018",
        "(020) 7946 0018",
    ],
)
@pytest.mark.parametrize("before", ["Ada, ", "Ada (", "Tel. ", "au ", "Ada: ", ""])
def test_numbers_of_several_countries_are_taken_out(number: str, before: str) -> None:
    assert clean(f"{before}{number}, ask") == f"{before}[tel], ask"


@pytest.mark.parametrize(
    ("said", "cleaned"),
    [
        ("Tel. 1 012 345 678", "Tel. [tel]"),
        ("bureau 12 012 345 6789", "bureau 12 [tel]"),
        ("salle 12, 012 345 678", "salle 12, [tel]"),
        ("06 39 98 12 34 1 012 345 678", "[tel] 1 [tel]"),
        ("1 012 345 678 06 39 98 12 34", "1 [tel] [tel]"),
        ("(1 012 345 678)", "(1 [tel])"),
        ("salle 1 06 39 98 12 34", "salle 1 [tel]"),
    ],
)
def test_what_may_be_a_telephone_beside_other_digits_is_taken_out(said: str, cleaned: str) -> None:
    assert clean(said) == cleaned
    assert clean(cleaned) == cleaned
