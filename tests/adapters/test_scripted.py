"""The recognisers that do not recognise."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from simulator.adapters.scripted import NoRecogniser, ScriptedRecogniser

SECOND = np.zeros(16_000, dtype=np.float32)


def test_scripted_replies_come_in_order_and_then_there_are_none() -> None:
    recogniser = ScriptedRecogniser(["I am sorry", "Let me check"])
    texts = []
    for _ in range(3):
        turn = recogniser.begin_turn()
        turn.feed(SECOND)
        texts.append(turn.finish().text)
    assert texts == ["I am sorry", "Let me check", ""]


def test_scripted_words_fill_the_sound_in_order() -> None:
    turn = ScriptedRecogniser(["I will check the order now"], confidence=0.9).begin_turn()
    for _ in range(3):
        turn.feed(SECOND)
    heard = turn.finish()
    spans = [word.span for word in heard.words if word.span is not None]
    assert len(spans) == 6
    assert spans[0].start_s == 0
    assert spans[-1].end_s == pytest.approx(3)
    assert all(before.end_s == pytest.approx(after.start_s) for before, after in pairwise(spans))
    assert spans[3].duration_s > spans[0].duration_s
    assert {word.confidence for word in heard.words} == {0.9, heard.confidence}
    assert heard.recogniser == "scripted"


def test_scripted_words_appear_one_by_one() -> None:
    turn = ScriptedRecogniser(["one two three four five"]).begin_turn()
    partials = [turn.feed(SECOND[:4000]) for _ in range(8)]
    assert partials[0] == ""
    assert partials[-1] == "one two three four five"
    assert partials == sorted(partials, key=len)


def test_scripted_words_have_no_confidence_unless_given_one() -> None:
    turn = ScriptedRecogniser(["hello"]).begin_turn()
    assert turn.finish().confidence is None


def test_none_hears_nothing_and_says_so() -> None:
    recogniser = NoRecogniser()
    turn = recogniser.begin_turn(("Ms Novak",))
    assert turn.feed(SECOND) == ""
    heard = turn.finish()
    assert (heard.words, heard.confidence, heard.recogniser) == ((), None, "none")
    assert (recogniser.name, recogniser.label) == ("none", "no recognition")
