"""Syllables of a written word by its language's vowel rule."""

from __future__ import annotations

import re
from collections.abc import Callable

_VOWELS_UK = re.compile("[аеєиіїоуюя]")
_VOWELS_HU = re.compile("[aáeéiíoóöőuúüűy]")
_VOWELS_PL = re.compile("i(?![aąeęioóuy])|[aąeęoóuy]")
_GROUPS_EN = re.compile("[aeiouy]+")


def _ukrainian(word: str) -> int:
    return len(_VOWELS_UK.findall(word))


def _hungarian(word: str) -> int:
    return len(_VOWELS_HU.findall(word))


def _polish(word: str) -> int:
    return len(_VOWELS_PL.findall(word))


def _english(word: str) -> int:
    groups = len(_GROUPS_EN.findall(word))
    if groups > 1 and re.search("[^aeiouyl]e$|[^aeiouy]es$", word) and not re.search("[sxz]es$|[cs]hes$|[cg]es$", word):
        groups -= 1
    if groups > 1 and re.search("[^aeioutd]ed$", word):
        groups -= 1
    return groups


_RULES: dict[str, Callable[[str], int]] = {"uk": _ukrainian, "hu": _hungarian, "pl": _polish, "en": _english}


def syllables_in(word: str, language: str) -> int | None:
    """Syllables of one word, at least 0; None where the language has no rule here."""
    rule = _RULES.get(language)
    if rule is None:
        return None
    return rule(word.lower())
