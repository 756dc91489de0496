"""What anger adds to a synthetic voice, measured on made sounds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.acoustics.harshness import HIGHEST_PEAK, Samples, harden, set_level, shift_pitch, speech_level_dbfs

RATE_HZ = 22_050


def buzz(seconds: float = 1.0, hz: float = 120.0, level: float = 0.1) -> Samples:
    """A voice-like sound: harmonics that fall by 12 dB an octave, with two soft and two loud halves."""
    time = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    sound = sum(np.sin(2 * np.pi * hz * n * time) / n**2 for n in range(1, 60))
    swell = np.where((time * 4).astype(int) % 2 == 0, 1.0, 0.3)
    return (level * swell * sound).astype(np.float32)


def share_above_1_khz_db(samples: Samples) -> float:
    power = np.abs(np.fft.rfft(samples)) ** 2
    hz = np.fft.rfftfreq(len(samples), 1 / RATE_HZ)
    return float(10 * np.log10(power[hz > 1000].sum() / power[hz <= 1000].sum()))


def test_no_roughness_changes_nothing() -> None:
    assert np.array_equal(harden(buzz(), RATE_HZ, 0), buzz())


def test_roughness_brightens_and_evens_out_step_by_step() -> None:
    made = [harden(buzz(), RATE_HZ, roughness) for roughness in (0, 0.3, 0.6, 1.0)]
    brightness = [share_above_1_khz_db(sound) for sound in made]
    assert brightness == sorted(brightness)
    assert brightness[-1] > brightness[0] + 4
    quarter = RATE_HZ // 4
    contrast = [
        speech_level_dbfs(sound[:quarter], RATE_HZ) - speech_level_dbfs(sound[quarter : 2 * quarter], RATE_HZ)
        for sound in made
    ]  # type: ignore[operator]
    assert contrast == sorted(contrast, reverse=True)
    assert contrast[0] == pytest.approx(20 * np.log10(1 / 0.3), abs=0.5)
    assert contrast[-1] < contrast[0] - 4


def test_roughness_modulates_at_70_hz() -> None:
    steady = np.sin(2 * np.pi * 1000 * np.arange(RATE_HZ) / RATE_HZ).astype(np.float32)
    spectrum = np.abs(np.fft.rfft(harden(steady, RATE_HZ, 1.0)))
    assert spectrum[930] > 50 * spectrum[900]
    assert spectrum[1070] > 50 * spectrum[1100]


@given(st.floats(-45, -12), st.floats(0.001, 1.0))
def test_the_level_is_what_was_asked_for_unless_a_peak_would_clip(level_dbfs: float, loudness: float) -> None:
    made = set_level(buzz(0.5, level=loudness), RATE_HZ, level_dbfs)
    peak = float(np.max(np.abs(made)))
    assert peak <= HIGHEST_PEAK + 1e-6
    reached = speech_level_dbfs(made, RATE_HZ)
    assert reached is not None
    assert reached == pytest.approx(level_dbfs, abs=0.05) or (
        peak == pytest.approx(HIGHEST_PEAK) and reached < level_dbfs
    )


def test_silence_around_speech_does_not_move_its_level() -> None:
    padded = np.concatenate([np.zeros(RATE_HZ, dtype=np.float32), buzz(), np.zeros(3 * RATE_HZ, dtype=np.float32)])
    assert speech_level_dbfs(padded, RATE_HZ) == pytest.approx(speech_level_dbfs(buzz(), RATE_HZ) or 0, abs=0.1)


@pytest.mark.parametrize("sound", [np.zeros(0, dtype=np.float32), np.zeros(1000, dtype=np.float32)])
def test_silence_stays_silence(sound: Samples) -> None:
    assert speech_level_dbfs(sound, RATE_HZ) is None
    assert np.array_equal(set_level(harden(sound, RATE_HZ, 1.0), RATE_HZ, -20), sound)


@pytest.mark.parametrize("semitones", [-4.0, -1.5, 0.0, 3.0, 4.0])
def test_pitch_is_shifted_by_what_was_asked_and_the_length_by_as_much(semitones: float) -> None:
    steady = np.sin(2 * np.pi * 200 * np.arange(RATE_HZ) / RATE_HZ).astype(np.float32)
    moved = shift_pitch(steady, semitones)
    ratio = 2 ** (semitones / 12)
    assert len(moved) == pytest.approx(len(steady) / ratio, abs=1)
    spectrum = np.abs(np.fft.rfft(moved * np.hanning(len(moved)), 8 * RATE_HZ))
    assert np.argmax(spectrum) / 8 == pytest.approx(200 * ratio, abs=0.3)
    middle = moved[len(moved) // 4 : -len(moved) // 4]
    assert np.sqrt(np.mean(middle**2)) == pytest.approx(np.sqrt(0.5), rel=0.01)


@given(st.integers(0, 3000), st.floats(0, 1))
def test_any_length_comes_back_finite_and_as_long(length: int, roughness: float) -> None:
    noise = np.random.default_rng(length).normal(0, 0.1, length).astype(np.float32)
    made = harden(noise, RATE_HZ, roughness)
    assert made.shape == noise.shape
    assert made.dtype == np.float32
    assert np.all(np.isfinite(made))
