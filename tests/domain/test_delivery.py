"""Techniques heard in the voice and the timing, at their thresholds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from call_values import BASELINE, LINE, interrupting, judged, past, spoken, techniques, timing, typed, voice
from hypothesis import given
from hypothesis import strategies as st

from simulator.domain.appraisal import Appraisal
from simulator.domain.measures import Confidence, OverlapKind, VoiceMeasures
from simulator.domain.technique import Detection
from simulator.domain.turn import Span
from simulator.wording.feedback_texts import MEASURED


def detection(appraisal: Appraisal, technique: str) -> Detection | None:
    return next((each for each in appraisal.voice if each.technique == technique), None)


def strength(measures: VoiceMeasures, technique: str) -> float:
    found = detection(judged(spoken(measures)), technique)
    return 0.0 if found is None else found.strength


@pytest.mark.parametrize(
    ("level_db", "expected"), [(0.0, 0.0), (5.0, 0.0), (5.9, 0.0), (6.0, 0.5), (9.9, 0.5), (10.0, 1.0), (15.0, 1.0)]
)
def test_a_raised_voice_counts_half_from_six_and_in_full_from_ten_decibels(level_db: float, expected: float) -> None:
    assert strength(voice(level_db), "shout") == expected


@pytest.mark.parametrize(
    "measures",
    [
        voice(12.0, clipped=True),
        voice(12.0, level_confidence=Confidence.LOW),
        voice(12.0, agrees=False),
        voice(12.0, agrees=None, level_confidence=Confidence.NONE),
        replace(voice(12.0), level=replace(voice(12.0).level, relative_to_calm_db=None)),
    ],
)
def test_a_level_that_cannot_be_judged_costs_nothing_and_is_named(measures: VoiceMeasures) -> None:
    appraisal = judged(spoken(measures))
    assert detection(appraisal, "shout") is None
    assert "level" in appraisal.not_scored


def test_where_the_gain_moved_the_effort_is_trusted() -> None:
    assert strength(voice(0.0, agrees=False, effort=3.0), "shout") == 1.0
    assert strength(voice(0.0, agrees=False, effort=1.8), "shout") == 0.5
    assert strength(voice(12.0, agrees=False, effort=0.2), "shout") == 0.0


def test_an_effort_within_its_own_noise_is_not_blamed() -> None:
    measures = voice(0.0, agrees=False, effort=1.8)
    noisy = replace(measures, effort=replace(measures.effort, noise_index=2.0))
    assert strength(noisy, "shout") == 0.0


@pytest.mark.parametrize(
    ("pace", "rate", "wpm", "expected"),
    [
        (1.0, 5.0, 150.0, 0.0),
        (1.15, 5.0, 170.0, 0.0),
        (1.25, 5.0, 170.0, 0.0),
        (1.25, 5.4, 170.0, 0.5),  # 6.75 syllables/s: over the band of English
        (1.20, 4.5, 190.0, 0.5),  # over 180 words per minute
        (1.40, 4.0, 150.0, 1.0),  # far over the own calm
        (1.02, 6.6, 185.0, 0.0),  # a fast talker at the own calm pace
        (None, 7.0, 170.0, 0.0),
    ],
)
def test_rushing_is_over_the_band_or_far_over_the_own_calm_and_never_the_own_calm_itself(
    pace: float | None, rate: float, wpm: float, expected: float
) -> None:
    assert strength(voice(pace=pace, rate=rate, wpm=wpm), "rush") == expected


def test_without_a_baseline_the_band_of_the_language_decides() -> None:
    fast = voice(pace=1.0, rate=7.0, wpm=200.0)
    unknown = replace(fast, pace=replace(fast.pace, relative_to_calm=None))
    found = detection(judged(spoken(unknown), baseline=None), "rush")
    assert found is not None
    assert found.strength == 1.0


def test_without_a_baseline_a_pace_over_the_band_by_less_than_its_noise_is_not_blamed() -> None:
    fast = voice(pace=1.0, rate=6.6, wpm=185.0, noise_pace=0.06)
    unknown = replace(fast, pace=replace(fast.pace, relative_to_calm=None))
    assert detection(judged(spoken(unknown), baseline=None), "rush") is None


def test_a_pace_of_low_confidence_is_not_scored() -> None:
    appraisal = judged(spoken(voice(pace=1.6, pace_confidence=Confidence.LOW)))
    assert detection(appraisal, "rush") is None
    assert "pace" in appraisal.not_scored


def test_a_first_reply_with_energy_is_no_fault_and_leading_down_from_it_is_praised() -> None:
    first = past(spoken(voice(5.0, 1.15)))
    assert not {"shout", "rush"} & techniques(first.appraisal)
    second = judged(spoken(voice(1.0, 1.0)), history=[first])
    assert {"lower_voice", "slow_down", "match_then_lead"} <= techniques(second)
    assert dict(detection(second, "lower_voice").figures)["from_db"] == 5.0  # type: ignore[union-attr]


def test_leading_down_from_a_shout_is_lowering_but_not_meeting() -> None:
    second = techniques(judged(spoken(voice(2.0)), history=[past(spoken(voice(11.0)))]))
    assert "lower_voice" in second
    assert "match_then_lead" not in second


def test_a_fall_within_the_noise_of_the_measure_is_not_praised() -> None:
    history = [past(spoken(voice(1.0, 1.04, noise_db=1.2, noise_pace=0.1)))]
    found = techniques(judged(spoken(voice(0.0, 1.0, noise_db=1.2, noise_pace=0.1)), history=history))
    assert not {"lower_voice", "slow_down", "match_then_lead"} & found


@pytest.mark.parametrize(("level_db", "pace"), [(-9.0, 0.75)])
def test_below_the_floor_slower_and_softer_is_not_better(level_db: float, pace: float) -> None:
    found = techniques(judged(spoken(voice(level_db, pace)), history=[past(spoken(voice(4.0, 1.1)))]))
    assert not {"lower_voice", "slow_down"} & found


def test_a_voice_that_rises_again_is_not_leading() -> None:
    history = [past(spoken(voice(2.0))), past(spoken(voice(0.0)))]
    assert "lower_voice" not in techniques(judged(spoken(voice(5.0)), history=history))


def test_an_even_voice_is_steady_and_an_uneven_or_shouting_one_is_not() -> None:
    assert "steady_voice" in techniques(judged(spoken(voice(spread_db=2.5))))
    assert "steady_voice" not in techniques(judged(spoken(voice(spread_db=6.0))))
    assert "steady_voice" not in techniques(judged(spoken(voice(12.0, spread_db=2.5))))
    assert "steady_voice" not in techniques(judged(spoken(voice(spread_db=None))))


def test_a_lively_speaker_is_held_against_their_own_spread() -> None:
    lively = replace(BASELINE, level_spread_db=5.0, pitch_spread_semitones=3.0)
    assert "steady_voice" in techniques(judged(spoken(voice(spread_db=6.0)), baseline=lively))


@pytest.mark.parametrize(("overlap_s", "expected"), [(0.5, 0.4), (1.5, 1.0)])
def test_talking_over_the_customer_counts_by_its_length(overlap_s: float, expected: float) -> None:
    found = detection(judged(spoken(turn_taking=interrupting(overlap_s))), "interrupt")
    assert found is not None
    assert found.strength == expected
    assert found.evidence[0].text == f"{overlap_s:.1f} s"


def test_taking_the_floor_at_a_pause_with_the_name_is_timely() -> None:
    entry = timing(-3.0, timely_entry=True, overlap_kind=OverlapKind.INTERRUPTION, overlap_s=1.2)
    assert techniques(judged(spoken(turn_taking=entry), "use_name")) >= {"timely_entry", "use_name"}
    without_name = techniques(judged(spoken(turn_taking=entry), "ask_facts"))
    assert not {"timely_entry", "interrupt"} & without_name


def test_coming_in_at_a_pause_without_a_good_opening_is_neither_patient_nor_an_interruption() -> None:
    entry = timing(-6.0, timely_entry=True)
    found = techniques(judged(spoken(turn_taking=entry), "ask_facts"))
    assert not {"patient_start", "let_them_vent", "timely_entry", "interrupt"} & found


def test_a_natural_gap_is_a_patient_start_and_a_long_one_is_not() -> None:
    assert "patient_start" in techniques(judged(spoken(turn_taking=timing(0.2))))
    assert "patient_start" not in techniques(judged(spoken(turn_taking=timing(4.0))))


def test_letting_vent_needs_a_tirade_of_an_upset_customer() -> None:
    short = replace(LINE, span=Span(0.0, 2.0))
    assert "let_them_vent" in techniques(judged(spoken()))
    assert "let_them_vent" not in techniques(judged(spoken(), customer=short))
    assert "let_them_vent" not in techniques(judged(spoken(), temper=3.0))


def test_dead_air_worries_unless_a_pause_was_announced() -> None:
    silence = spoken(turn_taking=timing(0.5, dead_air_s=12.0))
    assert "dead_air" in techniques(judged(silence))
    assert "dead_air" in techniques(judged(spoken(turn_taking=timing(11.0))))
    assert "dead_air" not in techniques(judged(silence, "request_pause"))


def test_a_furious_customer_bears_a_shorter_monologue_than_a_calm_one() -> None:
    long_talk = spoken(turn_taking=timing(longest_monologue_s=30.0))
    assert "drone_on" in techniques(judged(long_talk, temper=9.0))
    assert "drone_on" not in techniques(judged(long_talk, temper=3.0))


def test_a_typed_reply_has_no_voice_and_no_timing_to_score() -> None:
    appraisal = judged(typed(), "use_name")
    assert appraisal.voice == ()
    assert set(appraisal.not_scored) == {"pace", "level", "timing"}


def test_without_a_recogniser_the_words_are_not_scored() -> None:
    assert "words" in judged(spoken(text=None)).not_scored
    assert "words" not in judged(spoken()).not_scored


@given(
    level_db=st.floats(-20, 20),
    pace=st.floats(0.4, 2.0),
    confidence=st.sampled_from([Confidence.LOW, Confidence.NONE]),
)
def test_no_measure_of_low_confidence_is_ever_blamed(level_db: float, pace: float, confidence: Confidence) -> None:
    measures = voice(level_db, pace, level_confidence=confidence, pace_confidence=confidence)
    assert not {"shout", "rush"} & techniques(judged(spoken(measures)))


def test_the_figures_of_every_measured_technique_are_those_that_the_texts_may_use() -> None:
    lead = past(spoken(voice(5.0, 1.14)))
    replies = [
        (spoken(voice(12.0, 1.5, wpm=220), interrupting()), []),
        (spoken(voice(12.0, agrees=False, effort=3.5), timing(11.0, longest_monologue_s=60.0)), []),
        (spoken(voice(0.0, 0.95)), [lead]),
        (spoken(replace(voice(), pace=replace(voice(rate=7.0).pace, relative_to_calm=None))), []),
    ]
    found = [each for reply, history in replies for each in judged(reply, history=history).voice]
    told = {each.technique: {name for name, _ in each.figures} for each in found if each.figures}
    assert told.keys() >= {key.split(".")[0] for key in MEASURED} - {"match_then_lead"}
    for each in found:
        names = {name for name, _ in each.figures}
        allowed = [figures for key, figures in MEASURED.items() if key.split(".")[0] == each.technique]
        assert not names or not allowed or names in allowed, each
