"""The calm voice: taken, refused, and noticed to hold no longer."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.acoustics.calibration import drift_since
from simulator.acoustics.measure import calibrate, measure
from simulator.domain.errors import BadInputError
from tests.acoustics.synthetic import RATE, Sound, Talk, in_noise, pink, speak

CALM = in_noise(speak(Talk(syllables=60, pauses_after=((19, 0.6), (39, 0.6)), level_dbfs=-30.0)).samples, 35.0)
LATER = in_noise(speak(Talk(syllables=40, pauses_after=((12, 0.6), (25, 0.6)), level_dbfs=-30.0, seed=4)).samples, 35.0)


def test_a_calm_voice_is_described_by_its_measures() -> None:
    calm = calibrate(CALM, "ALSA: headset")
    assert calm.device == "ALSA: headset"
    assert not calm.provisional
    assert calm.pitch_median_hz == pytest.approx(120.0, rel=0.05)
    assert calm.sound_rate_syl_per_s == pytest.approx(4.5, rel=0.1)
    assert calm.articulation_rate_syl_per_s is None
    assert calm.level_dba_fs is not None
    assert calm.alpha_db is not None
    assert calm.noise_dbfs is not None
    assert calm.speech_s > 12.0
    assert calm.pitch_spread_semitones is not None
    assert calm.level_spread_db is not None


def test_a_first_calm_stretch_is_marked_as_provisional() -> None:
    assert calibrate(CALM, provisional=True).provisional


def test_the_same_voice_differs_from_its_calm_by_less_than_the_noise() -> None:
    measures = measure(LATER, "en", calibrate(CALM))
    assert abs(measures.level.relative_to_calm_db) < 2 * measures.level.noise_db
    assert abs(measures.pitch.relative_to_calm_semitones) < 2 * measures.pitch.noise_semitones
    assert abs(measures.pace.relative_to_calm - 1) < 2 * measures.pace.noise_relative
    assert abs(measures.effort.index) < 1.0


@pytest.mark.parametrize(
    ("sound", "told"),
    [
        (CALM[: 2 * RATE], "are needed"),
        (np.zeros(15 * RATE, dtype=np.float32), "Only 0.0 s"),
        (np.clip(CALM * 60, -1, 1), "clips"),
        (speak(Talk(syllables=60, whispered=True)).samples, "No voice"),
    ],
    ids=["too short", "silence", "clipped", "whispered"],
)
def test_what_cannot_serve_is_refused_with_the_reason(sound: Sound, told: str) -> None:
    with pytest.raises(BadInputError, match=told) as refused:
        calibrate(sound)
    assert refused.value.remedy


@pytest.mark.parametrize("gain_db", [-9.0, 6.0, 12.0])
def test_a_moved_gain_is_noticed_with_its_amount(gain_db: float) -> None:
    drift = drift_since(
        calibrate(CALM), measure((LATER * 10 ** (gain_db / 20)).astype(np.float32), "en", calibrate(CALM))
    )
    assert drift.gain_db == pytest.approx(gain_db, abs=2.0)
    assert drift.room_db is None
    assert drift.noticed


def test_a_louder_room_is_noticed_with_its_amount() -> None:
    calm = calibrate(CALM)
    room = pink(len(LATER), 9) * 10 ** ((calm.noise_dbfs + 12.0) / 20)
    drift = drift_since(calm, measure((LATER + room).astype(np.float32), "en", calm))
    assert drift.gain_db is None
    assert drift.room_db == pytest.approx(12.0, abs=5.0)


def test_nothing_is_noticed_where_nothing_changed() -> None:
    calm = calibrate(CALM)
    assert not drift_since(calm, measure(LATER, "en", calm)).noticed


def test_a_raised_voice_is_not_taken_for_a_moved_gain() -> None:
    calm = calibrate(CALM)
    raised = speak(Talk(syllables=40, pauses_after=((12, 0.6), (25, 0.6)), level_dbfs=-22.0, f0_hz=150.0, effort=0.6))
    measures = measure(in_noise(raised.samples, 43.0), "en", calm)
    assert measures.level.relative_to_calm_db > 5.0
    assert drift_since(calm, measures).gain_db is None
