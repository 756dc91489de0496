"""However loud the clip, the ear is safe."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from simulator.adapters.hearing_limiter import LOUDNESS_CEILING, PEAK_CEILING, WINDOW_S, protect_hearing

RATE_HZ = 16_000


@settings(deadline=None)
@given(arrays(np.float32, st.integers(0, 4_000), elements=st.floats(width=32, allow_nan=True, allow_infinity=True)))
def test_nothing_passes_the_peak_ceiling(samples: np.ndarray) -> None:
    limited = protect_hearing(samples, RATE_HZ)
    assert limited.shape == samples.shape
    assert limited.dtype == np.float32
    assert np.isfinite(limited).all()
    assert (np.abs(limited) <= PEAK_CEILING + 1e-6).all()


@pytest.mark.parametrize("level", [0.2, 0.5, 1.0, 8.0])
def test_a_long_loud_sound_stays_below_the_loudness_ceiling(level: float) -> None:
    noise = level * np.random.default_rng(0).standard_normal(2 * RATE_HZ).astype(np.float32)
    limited = protect_hearing(noise, RATE_HZ).astype(np.float64)
    size = round(WINDOW_S * RATE_HZ)
    loudest = max(np.sqrt(np.mean(np.square(limited[at : at + size]))) for at in range(0, len(limited) - size, 400))
    assert loudest <= LOUDNESS_CEILING * 1.1


def test_ordinary_speech_level_passes_unchanged() -> None:
    time = np.arange(RATE_HZ) / RATE_HZ
    sound = (0.1 * np.sin(2 * np.pi * 200 * time)).astype(np.float32)
    middle = slice(RATE_HZ // 10, -RATE_HZ // 10)
    np.testing.assert_allclose(protect_hearing(sound, RATE_HZ)[middle], sound[middle], atol=1e-6)


def test_a_sudden_shout_is_turned_down_without_a_click() -> None:
    time = np.arange(2 * RATE_HZ) / RATE_HZ
    sound = (np.where(time < 1.0, 0.02, 0.9) * np.sin(2 * np.pi * 200 * time)).astype(np.float32)
    limited = protect_hearing(sound, RATE_HZ)
    assert np.abs(np.diff(limited)).max() <= np.abs(np.diff(sound)).max() + 1e-6
    assert limited[0] == 0.0
