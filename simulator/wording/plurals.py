"""Which form of a word goes with a number, by the Unicode plural rules (CLDR) of the languages we speak."""

from __future__ import annotations


def plural_forms(language: str) -> int:
    """How many forms a counted word has: two in English and Hungarian, three in Polish and Ukrainian."""
    return 3 if language in ("pl", "uk") else 2


def plural_form(language: str, number: float) -> int:
    """The place of the form for `number`: 0 one, 1 few (pl, uk) or other, 2 many. Fractions take the form that
    a language uses after them (Polish and Ukrainian: the second, as in "2,5 raza")."""
    if number != int(number):
        return 1
    whole = abs(int(number))
    if plural_forms(language) == 2:
        return 0 if whole == 1 else 1
    few = whole % 10 in (2, 3, 4) and whole % 100 not in (12, 13, 14)
    if language == "pl":
        return 0 if whole == 1 else 1 if few else 2
    return 0 if whole % 10 == 1 and whole % 100 != 11 else 1 if few else 2
