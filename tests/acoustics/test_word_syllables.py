"""Syllables of written words, against lists that were divided by hand by each language's rules."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from simulator.acoustics.word_syllables import english_by_rule, syllables_in

LISTS = Path(__file__).parent / "syllables"


@pytest.mark.parametrize("language", ["pl", "uk", "hu"])
def test_every_word_of_the_list_is_exact(language: str) -> None:
    divided = (LISTS / f"{language}.txt").read_text(encoding="utf-8").split()
    assert len(set(divided)) >= 300
    wrong = {
        word: syllables_in(word.replace("-", ""), language)
        for word in divided
        if syllables_in(word.replace("-", ""), language) != word.count("-") + 1
    }
    assert wrong == {}


@pytest.mark.parametrize(("word", "language"), [("w", "pl"), ("z", "pl"), ("в", "uk"), ("з", "uk"), ("s", "hu")])
def test_a_word_without_a_vowel_has_no_syllable(word: str, language: str) -> None:
    assert syllables_in(word, language) == 0


def test_case_and_typographic_apostrophes_do_not_matter() -> None:
    assert syllables_in("ПРИВІТ", "uk") == 2
    assert syllables_in("Don’t", "en") == 1
    assert syllables_in("COULDN'T", "en") == 2


def test_an_unknown_language_has_no_rule() -> None:
    assert syllables_in("hallo", "de") is None


def pronounced() -> dict[str, int]:
    """Every 40th word of the pronouncing dictionary, with its syllables."""
    vowels = {"AA", "AE", "AH", "AO", "AW", "AX", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW"}
    text = (files("pocketsphinx") / "model" / "en-us" / "cmudict-en-us.dict").read_text(encoding="utf-8")
    lines = (line.split() for line in text.splitlines()[::40])
    return {word: sum(s in vowels for s in sounds) for word, *sounds in lines if re.fullmatch("[a-z]+", word)}


def test_english_follows_the_pronouncing_dictionary() -> None:
    words = pronounced()
    assert len(words) > 2500
    assert sum(syllables_in(word, "en") == count for word, count in words.items()) / len(words) >= 0.98


def test_the_english_rule_alone_is_right_for_nine_words_in_ten() -> None:
    """For the words that no dictionary has."""
    words = pronounced()
    assert sum(english_by_rule(word) == count for word, count in words.items()) / len(words) >= 0.9


DIVIDED_ENGLISH = """
re-fund-ed de-liv-er-y un-for-tu-nate-ly vouch-er a-pol-o-gies track-ing re-place-ment in-voice a-mount can-celed
or-dered sched-uled ques-tion an-swer prob-lem cus-tom-er man-ag-er ware-house whole-sale com-plete-ly use-ful
care-ful-ly sure-ly state-ment move-ment hope-ful there-fore some-thing
"""


@pytest.mark.parametrize("divided", DIVIDED_ENGLISH.split())
def test_english_words_of_a_service_call(divided: str) -> None:
    assert syllables_in(divided.replace("-", ""), "en") == divided.count("-") + 1
