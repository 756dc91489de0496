"""How a scenario's customer is called, in the order of the language."""

from __future__ import annotations

from dataclasses import replace

import pytest
from call_values import scenario

from simulator.domain.scenario import Customer, Gender


@pytest.mark.parametrize(
    ("language", "title", "first", "last", "in_full", "addressed"),
    [
        ("en", "Ms", "Monica", "Novak", "Ms Monica Novak", "Ms Novak"),
        ("pl", "pani", "Monika", "Wiśniewska", "pani Monika Wiśniewska", "pani Wiśniewska"),
        ("hu", "asszony", "Katalin", "Tóth", "Tóth Katalin asszony", "Tóth asszony"),
        ("en", "", "Sam", "Lee", "Sam Lee", "Lee"),
    ],
)
def test_names_and_title_stand_as_the_language_says_them(
    language: str, title: str, first: str, last: str, in_full: str, addressed: str
) -> None:
    customer = Customer(title, first, last, Gender.FEMALE, (), "")
    case = replace(scenario(), language=language, customer=customer)
    assert case.customer_in_full == in_full
    assert case.customer_addressed == addressed
