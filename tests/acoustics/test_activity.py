"""Where speech is: pauses of a whole reply, and the live beginning and end of a turn."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.acoustics.activity import LiveActivity, pauses_between, speech_mask, speech_spans
from simulator.acoustics.measure import measure
from simulator.domain.turn import Span
from tests.acoustics.odd_sounds import odd_sounds
from tests.acoustics.synthetic import RATE, Sound, Talk, in_noise, speak

PAUSES = ((4, 0.3), (9, 0.5), (15, 0.8), (20, 1.2))
ODD = {odd.name: odd.samples for odd in odd_sounds()}
BLOCK = 320


def quiet_room(seconds: float) -> Sound:
    return (0.0008 * np.random.default_rng(5).standard_normal(round(seconds * RATE))).astype(np.float32)


@pytest.mark.parametrize("snr_db", [20.0, 30.0, 45.0])
def test_pauses_are_found_with_their_length(snr_db: float) -> None:
    spoken = speak(Talk(syllables=28, pauses_after=PAUSES))
    found = measure(in_noise(spoken.samples, snr_db), "en").pauses
    assert len(found) == len(spoken.pauses)
    errors = [abs(f.duration_s - (end - start)) for f, (start, end) in zip(found, spoken.pauses, strict=True)]
    assert np.median(errors) <= 0.03


def test_a_gap_shorter_than_a_quarter_of_a_second_is_no_pause() -> None:
    spoken = speak(Talk(pauses_after=((8, 0.15),)))
    assert measure(spoken.samples, "en").pauses == ()


def test_a_click_between_the_words_is_not_speech() -> None:
    sound = speak(Talk(pauses_after=((9, 1.0),))).samples
    at = round((measure(sound, "en").pauses[0].start_s + 0.5) * RATE)
    clicked = sound.copy()
    clicked[at : at + 80] += 0.3
    assert len(measure(clicked, "en").pauses) == 1


@pytest.mark.parametrize("level", [0.0, 0.001, 0.1])
def test_steady_noise_is_no_measurable_speech(level: float) -> None:
    noise = (level * np.random.default_rng(1).standard_normal(5 * RATE)).astype(np.float32)
    assert measure(noise, "en").speech_s is None


def test_spans_and_pauses_follow_from_the_mask() -> None:
    mask = np.zeros(200, dtype=bool)
    mask[10:50] = mask[60:100] = mask[140:190] = True
    mask[120:123] = True
    spans = speech_spans(mask)
    assert [(round(s.start_s, 2), round(s.end_s, 2)) for s in spans] == [(0.1, 1.0), (1.4, 1.9)]
    assert pauses_between((Span(0.1, 1.0), Span(1.4, 1.9))) == (Span(1.0, 1.4),)


def test_too_short_a_sound_has_no_mask() -> None:
    assert speech_mask(np.ones(5, dtype=np.float32)) is None


def listened(sound: Sound, noise_dbfs: float | None = None) -> LiveActivity:
    activity = LiveActivity(noise_dbfs)
    for at in range(0, len(sound), BLOCK):
        activity.feed(sound[at : at + BLOCK])
    return activity


@pytest.mark.parametrize("noise_dbfs", [None, -65.0])
def test_the_beginning_of_a_turn_is_noticed_within_50_ms(noise_dbfs: float | None) -> None:
    speech = speak(Talk(lead_in_s=0.0)).samples
    sound = np.concatenate([quiet_room(2.0), speech, quiet_room(1.5)])
    sound = sound + quiet_room(len(sound) / RATE)[: len(sound)]
    started = listened(sound, noise_dbfs).speech_started_s
    assert started is not None
    assert started == pytest.approx(2.0, abs=0.05)


def test_the_silence_after_a_turn_is_counted() -> None:
    speech = speak(Talk(lead_in_s=0.0)).samples
    sound = np.concatenate([quiet_room(1.0), speech, quiet_room(1.5)])
    activity = listened(sound)
    assert not activity.speaking
    assert activity.silence_s == pytest.approx(1.5, abs=0.25)


def test_a_pause_inside_a_turn_is_not_its_end_for_the_default_setting() -> None:
    sound = np.concatenate([quiet_room(1.0), speak(Talk(pauses_after=((9, 0.5),))).samples])
    activity, longest = LiveActivity(), 0.0
    for at in range(0, len(sound) - 6400, BLOCK):
        activity.feed(sound[at : at + BLOCK])
        if activity.speech_started_s is not None:
            longest = max(longest, activity.silence_s)
    assert 0.4 < longest < 0.7


@pytest.mark.parametrize("name", ["typing", "cough-like", "steady noise", "silence"])
def test_what_is_no_speech_does_not_begin_a_turn(name: str) -> None:
    assert listened(ODD[name]).speech_started_s is None


@pytest.mark.parametrize("name", ["hum alone", "babble", "music"])
def test_a_lasting_sound_does_not_hold_the_floor_for_ever(name: str) -> None:
    assert listened(ODD[name]).silence_s > 3.0


def test_typing_after_a_reply_does_not_hold_the_floor() -> None:
    typing = ODD["typing"][: 2 * RATE]
    activity = listened(np.concatenate([quiet_room(1.0), speak(Talk(lead_in_s=0.0)).samples, typing]))
    assert activity.silence_s > 1.5


def test_a_whisper_begins_a_turn_once_the_room_is_known() -> None:
    whisper = speak(Talk(whispered=True, lead_in_s=0.0)).samples
    activity = listened(np.concatenate([quiet_room(2.0), whisper]))
    assert activity.speech_started_s == pytest.approx(2.0, abs=0.1)


def test_before_any_speech_all_is_silence() -> None:
    activity = listened(quiet_room(2.0))
    assert activity.silence_s == pytest.approx(2.0)
    assert not activity.speaking
