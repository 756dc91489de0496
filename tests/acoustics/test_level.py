"""Level, clipping, noise floor and effort."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.acoustics.measure import calibrate, measure
from simulator.acoustics.pcm import decibels_of
from simulator.acoustics.spectrum import a_weighting
from simulator.domain.measures import Confidence
from tests.acoustics.synthetic import RATE, Sound, Talk, in_noise, speak

SPEECH = in_noise(speak(Talk(syllables=30, pauses_after=((9, 0.5), (19, 0.6)), level_dbfs=-30.0)).samples, 35.0)


def level_of(sound: Sound) -> float:
    level = measure(sound.astype(np.float32), "en").level.speech_dba_fs
    assert level is not None
    return level


@pytest.mark.parametrize(
    ("frequency_hz", "gain_db"), [(50, -30.2), (100, -19.1), (500, -3.2), (1000, 0.0), (2500, 1.3), (8000, -1.1)]
)
def test_a_weighting_is_that_of_iec_61672(frequency_hz: float, gain_db: float) -> None:
    assert decibels_of(float(a_weighting(np.array([frequency_hz]))[0])) == pytest.approx(gain_db, abs=0.1)


@settings(max_examples=12, deadline=None)
@given(st.floats(min_value=-24.0, max_value=15.0))
def test_a_gain_moves_the_level_by_just_as_much(gain_db: float) -> None:
    moved = level_of(SPEECH * np.float32(10 ** (gain_db / 20))) - level_of(SPEECH)
    assert moved == pytest.approx(gain_db, abs=0.1)


@pytest.mark.parametrize("room_db", [-120.0, -75.0])
def test_silence_around_speech_does_not_move_it(room_db: float) -> None:
    room = 10 ** (room_db / 20) * np.random.default_rng(2).standard_normal(12 * RATE)
    around = np.concatenate([room[: 8 * RATE], SPEECH, room[8 * RATE :]])
    assert level_of(around) == pytest.approx(level_of(SPEECH), abs=0.1)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_noise_20_db_below_hardly_moves_it(seed: int) -> None:
    clean = speak(Talk(syllables=30, seed=seed)).samples
    assert level_of(in_noise(clean, 20.0)) == pytest.approx(level_of(clean), abs=0.2)


def test_a_sine_of_1_khz_between_pauses_has_its_own_level() -> None:
    times = np.arange(RATE) / RATE
    tone = 0.1 * np.sin(2 * np.pi * 1000 * times)
    sound = np.concatenate([np.zeros(RATE), tone, np.zeros(RATE)])
    assert level_of(sound) == pytest.approx(20 * np.log10(0.1) - 3.01, abs=0.15)


def test_the_room_is_measured_between_the_words() -> None:
    noise = 0.001 * np.random.default_rng(1).standard_normal(len(SPEECH))
    speech = speak(Talk(syllables=30, pauses_after=((9, 0.5), (19, 0.6)))).samples
    level = measure((speech + noise[: len(speech)]).astype(np.float32), "en").level
    assert level.noise_dbfs == pytest.approx(-60.0 + 10 * np.log10(3920 / 8000), abs=1.0)


@pytest.mark.parametrize("ceiling", [0.3, 0.7, 1.0])
def test_clipping_is_flagged_and_not_scored(ceiling: float) -> None:
    calm = calibrate(speak(Talk(syllables=50)).samples)
    clipped = np.clip(speak(Talk()).samples * 25 * ceiling, -ceiling, ceiling).astype(np.float32)
    level = measure(clipped, "en", calm).level
    assert level.clipped
    assert level.relative_to_calm_db is None
    assert level.confidence is Confidence.LOW


def test_loud_speech_that_does_not_clip_is_not_flagged() -> None:
    sound = speak(Talk()).samples
    assert not measure((0.95 * sound / np.abs(sound).max()).astype(np.float32), "en").level.clipped


@pytest.mark.parametrize("gain_db", [-12.0, -6.0, 6.0, 12.0])
def test_effort_does_not_follow_the_gain(gain_db: float) -> None:
    quiet = SPEECH * np.float32(0.25)
    calm = calibrate(np.concatenate([quiet, quiet]))
    before, after = (
        measure((quiet * g).astype(np.float32), "en", calm).effort.index for g in (1.0, 10 ** (gain_db / 20))
    )
    assert before is not None
    assert after is not None
    assert abs(after - before) <= 0.2


def test_effort_rises_with_pitch_and_a_harder_voice() -> None:
    calm = calibrate(speak(Talk(syllables=50)).samples)
    raised = measure(speak(Talk(f0_hz=150.0, effort=0.8, level_dbfs=-14.0, seed=2)).samples, "en", calm).effort
    assert raised.index is not None
    assert raised.index > 1.0
    assert raised.agrees_with_level is True


def test_a_level_that_rose_without_effort_disagrees() -> None:
    calm = calibrate(speak(Talk(syllables=50, level_dbfs=-34.0)).samples)
    louder = measure(speak(Talk(level_dbfs=-22.0, seed=2)).samples, "en", calm)
    assert louder.level.relative_to_calm_db == pytest.approx(12.0, abs=1.0)
    assert louder.effort.agrees_with_level is False


def test_the_noise_of_the_effort_falls_with_the_length_of_the_reply() -> None:
    calm = calibrate(speak(Talk(syllables=50)).samples)
    short, long = (measure(speak(Talk(syllables=count, seed=2)).samples, "en", calm) for count in (14, 56))
    assert short.effort.noise_index > long.effort.noise_index > 0.0


def test_without_a_calibration_nothing_is_relative() -> None:
    measures = measure(SPEECH, "en")
    assert measures.level.relative_to_calm_db is None
    assert measures.pitch.relative_to_calm_semitones is None
    assert measures.pace.relative_to_calm is None
    assert measures.effort.index is None


def test_a_wavering_voice_has_more_spread_than_a_steady_one() -> None:
    steady = measure(speak(Talk(syllables=30, melody=0.03)).samples, "en").steadiness
    wavering = measure(speak(Talk(syllables=30, melody=0.3)).samples, "en").steadiness
    assert steady.pitch_spread_semitones is not None
    assert wavering.pitch_spread_semitones is not None
    assert wavering.pitch_spread_semitones > 3 * steady.pitch_spread_semitones
    assert steady.level_spread_db is not None
    assert steady.level_spread_db < 3.0
