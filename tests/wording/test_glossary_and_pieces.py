"""How a word of any language becomes pieces that the small English model knows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.wording.glossary import Glossary
from simulator.wording.learned import pieces_of
from simulator.wording.wordpieces import Wordpieces

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "call", "##ing", "##ed", "back", "i", "will", "a", "##a", "'", "cafe"]
POLISH = Glossary({"zadzwonię": "i will call", "się": "-", "hm": "?", "reklamacja": "complaint"})


@pytest.fixture
def pieces() -> Wordpieces:
    return Wordpieces(VOCABULARY)


def said(pieces: Wordpieces, text: str) -> list[str]:
    return [VOCABULARY[number] for number in pieces.numbers(text)]


def test_a_word_is_cut_into_the_longest_pieces(pieces: Wordpieces) -> None:
    assert said(pieces, "calling back") == ["call", "##ing", "back"]


def test_capitals_and_accents_do_not_matter(pieces: Wordpieces) -> None:
    assert said(pieces, "Café") == ["cafe"]


def test_a_word_that_cannot_be_spelt_is_one_unknown_piece(pieces: Wordpieces) -> None:
    assert said(pieces, "call xyz") == ["call", "[UNK]"]
    assert said(pieces, "a" * 500) == ["[UNK]"]


@given(st.text(max_size=60))
def test_any_text_becomes_known_numbers(text: str) -> None:
    assert all(0 <= number < len(VOCABULARY) for number in Wordpieces(VOCABULARY).numbers(text))


def test_a_form_that_is_not_listed_means_what_its_nearest_form_means() -> None:
    assert POLISH.meaning("reklamację") == "complaint"


def test_a_word_like_none_is_not_guessed() -> None:
    assert POLISH.meaning("kot") is None
    assert POLISH.meaning("rekin") is None


def test_a_particle_adds_nothing_and_a_word_nobody_knew_stays_unknown(pieces: Wordpieces) -> None:
    assert POLISH.meaning("się") == ""
    assert POLISH.meaning("hm") is None
    assert pieces_of("się", pieces, POLISH) == (pieces.nothing,)
    assert pieces_of("hm", pieces, POLISH) == (pieces.unknown,)


def test_another_language_is_read_in_english(pieces: Wordpieces) -> None:
    assert [VOCABULARY[n] for n in pieces_of("zadzwonię", pieces, POLISH)] == ["i", "will", "call"]


@given(st.text(max_size=30))
def test_any_word_has_a_meaning_or_none(word: str) -> None:
    meaning = POLISH.meaning(word)
    assert meaning is None or meaning in {"", "i will call", "complaint"}
