"""Values to JSON and back: nothing is lost."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.domain.errors import SimulatorError
from simulator.domain.feedback import Feedback
from simulator.domain.measures import Baseline, Confidence, Level, OverlapKind, Pace, TurnTaking, VoiceMeasures
from simulator.domain.reply import Reply
from simulator.domain.scenario import Scenario
from simulator.domain.technique import Detection
from simulator.domain.turn import CustomerTurn, Span
from simulator.domain.utterance import Utterance, Word, WordSource
from simulator.practice.json_values import from_json, to_json

numbers = st.floats(-1e6, 1e6)
maybe = st.none() | numbers
spans = st.tuples(numbers, st.floats(0, 1e4)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
words = st.builds(Word, st.text(max_size=8), st.none() | spans, st.none() | st.floats(0, 1))
utterances = st.builds(
    Utterance,
    st.lists(words, max_size=4).map(tuple),
    st.sampled_from(["vosk", "none"]),
    st.sampled_from(WordSource),
    st.none() | st.floats(0, 1),
    st.booleans(),
    st.none() | st.text(max_size=20),
)
voices = st.builds(
    VoiceMeasures,
    duration_s=numbers,
    speech_s=maybe,
    pace=st.builds(Pace, st.none() | st.integers(0, 99), maybe, confidence=st.sampled_from(Confidence)),
    level=st.builds(Level, maybe, maybe, clipped=st.booleans()),
    speech=st.lists(spans, max_size=3).map(tuple),
)
timings = st.builds(TurnTaking, maybe, st.lists(spans, max_size=2).map(tuple), maybe, st.sampled_from(OverlapKind))
replies = st.builds(Reply, st.none() | spans, st.none() | utterances, st.none() | voices, st.none() | timings)


@given(replies)
def test_a_reply_comes_back_as_it_was(reply: Reply) -> None:
    assert from_json(Reply, json.loads(json.dumps(to_json(reply)))) == reply


def test_a_scenario_comes_back_as_it_was(late_delivery: Scenario) -> None:
    assert from_json(Scenario, json.loads(json.dumps(to_json(late_delivery)))) == late_delivery


def test_whole_numbers_of_json_become_the_declared_kind() -> None:
    turn = from_json(CustomerTurn, {"text": "Hello", "temper": 9, "span": {"start_s": 0, "end_s": 2}})
    assert turn == CustomerTurn("Hello", 9.0, Span(0.0, 2.0))
    assert isinstance(turn.temper, float)


def test_what_older_data_does_not_have_takes_its_default_and_unknown_keys_are_passed_over() -> None:
    old = {"technique": "use_name", "evidence": [], "colour": "blue"}
    assert from_json(Detection, old) == Detection("use_name")
    known = {field.name for field in fields(Baseline)}
    data: dict[str, Any] = {name: None for name in known if name.endswith(("_fs", "_s", "_hz", "_db", "_dbfs"))}
    assert from_json(Baseline, {**data, "speech_s": 14}).speech_s == 14.0


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {"headline": 3, "items": [], "next_step": None},
        {"headline": "x"},
        {"headline": "x", "items": [{"technique": "a"}], "next_step": None},
        {"headline": "x", "items": "none", "next_step": None},
    ],
)
def test_data_that_does_not_fit_is_refused(data: Any) -> None:
    with pytest.raises(SimulatorError, match="What was stored is not a Feedback"):
        from_json(Feedback, data)
