"""Syllables of a written word, by its language's vowel rule; in English with a pronouncing dictionary's exceptions."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

_VOWELS_UK = re.compile("[аеєиіїоуюя]")
# In gy, ly, ny and ty the y is no vowel; elsewhere (hobby) it is.
_VOWELS_HU = re.compile("[aáeéiíoóöőuúüű]|(?<![glnt])y")
# An i before another vowel only softens the consonant before it (nie, dziadek).
_VOWELS_PL = re.compile("i(?![aąeęioóuy])|[aąeęoóuy]")
_POSSESSIVE_SYLLABLE = re.compile("(?:s|x|z|ch|sh|[cgsz]e)'s$")
_SILENT_E = re.compile("[^aeiouyl]e$|[aeiouy]le$")
_SILENT_ES = re.compile("[^aeiouy]es$|[aeiouy]les$")
_SPOKEN_ES = re.compile("(?:[sxzcg]|ch|sh)es$|[^aeiouy]les$")
_SILENT_ED = re.compile("[^aeiouytd]ed$")
_SPOKEN_LED = re.compile("[^aeiouyr]led$")
_TWO_VOWELS = re.compile(
    "(?<![cgtsx])i[ao](?!u)|(?<!q)u[aeo](?=[ltn]..)|eo(?!u)|[aeiouy]ing|ie[tnr](?=[a-z])|[^aeiouy]ism$"
)
_INNER_SILENT_E = re.compile("[aeiouy][^aeiouy]+e(?:ments?|ful|fully|ly|less|lessly|ness)$")
_NOT_CONTRACTED = re.compile("[ds]n't$")


def _ukrainian(word: str) -> int:
    return len(_VOWELS_UK.findall(word))


def _hungarian(word: str) -> int:
    return len(_VOWELS_HU.findall(word))


def _polish(word: str) -> int:
    return len(_VOWELS_PL.findall(word))


def english_by_rule(word: str) -> int:
    """Vowel groups less the silent e, with the vowels that are two syllables; right for about nine words in ten."""
    if _POSSESSIVE_SYLLABLE.search(word):
        return english_by_rule(word[:-2]) + 1
    letters = re.sub("[^a-z]", "", word)
    count = len(re.findall("[aeiouy]+", letters))
    if count > 1 and (_SILENT_E.search(letters) or (_SILENT_ES.search(letters) and not _SPOKEN_ES.search(letters))):
        count -= 1
    if count > 1 and _SILENT_ED.search(letters) and not _SPOKEN_LED.search(letters):
        count -= 1
    count -= bool(_INNER_SILENT_E.search(letters))
    count += len(_TWO_VOWELS.findall(letters)) + bool(_NOT_CONTRACTED.search(word))
    return max(count, 1) if letters else 0


@cache
def _english_exceptions() -> dict[str, int]:
    from simulator.acoustics.english_exceptions import exceptions

    return exceptions()


def _english(word: str) -> int:
    known = _english_exceptions().get(word)
    return english_by_rule(word) if known is None else known


_RULES: dict[str, Callable[[str], int]] = {"uk": _ukrainian, "hu": _hungarian, "pl": _polish, "en": _english}


def syllables_in(word: str, language: str) -> int | None:
    """Syllables of one word, 0 for one without a vowel (Polish w, z); None where the language has no rule here."""
    rule = _RULES.get(language)
    if rule is None:
        return None
    return rule(word.lower().replace("’", "'"))
